import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { place } from '../place.ts';

const mirror = solverNamed('mirror-descent');

async function solved(text: string, temperature: number, options: object = {}, setting: object = {}) {
  const game = catalogueGame(text);
  const { runs } = await solve(cpuBackend(), instance(game, { temperature, ...setting }), mirror, options);
  return { game, run: runs[0] };
}

/** exp r_a/Σ exp r over all joint actions of the others, who all play π. */
function choicePayoffs(scores: readonly number[], policy: readonly number[], players: number): number[] {
  return scores.map((own) => {
    const rest = (left: number, others: number, probability: number): number =>
      left === 0
        ? probability / (1 + others / Math.exp(own))
        : policy.reduce((sum, p, k) => sum + rest(left - 1, others + Math.exp(scores[k]), probability * p), 0);
    return rest(players - 1, 0, 1);
  });
}

/** softmax(u/τ). */
function response(payoffs: readonly number[], temperature: number): number[] {
  const best = Math.max(...payoffs);
  const weights = payoffs.map((u) => Math.exp((u - best) / temperature));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}

describe('games of n players are solved', () => {
  it.each([
    'plackett-luce:players=5,n=10',
    'plackett-luce:players=3,n=4,roles=own',
    'polymatrix-preference:players=5,n=10',
    'polymatrix-preference:players=3,n=4,roles=own',
    'heterogeneous:players=3,n=4',
    'polymatrix:players=4,n=3',
    'annotators:groups=3,n=5',
  ])('%s to a regularised gap within the tolerance; theorems of two players are not claimed of more', async (text) => {
    const { game, run } = await solved(text, 0.2);
    expect(run.result).toBe('converged');
    expect(run.answer.metrics['regularized-gap']).toBeLessThanOrEqual(1e-9 * game.payoffSpan);
    if (game.roleOf.length === 2) return;
    expect(run.guarantee?.status).toBe('outside');
    expect(run.guarantee?.reason).toMatch(new RegExp(`the game has ${game.roleOf.length} players`));
  });

  it.each(['plackett-luce:3,4,roles=own', 'heterogeneous:3,4', 'polymatrix:4,3'])(
    '%s: a problem asks every role for the payoffs of its own seat',
    (text) => {
      const game = catalogueGame(text);
      const problem = place(instance(game, { temperature: 0.1 }));
      const { uniform } = stream('test', 'seats');
      const policies = game.actions.map((count) =>
        problem.ops.softmax(problem.ops.tensor(Float64Array.from({ length: count }, uniform), [1, count])),
      );
      for (const [seat, payoffs] of problem.payoffVectors(policies).entries()) {
        const alone = hostValues(problem.payoffs(seat, policies));
        hostValues(payoffs).forEach((value, a) => {
          expect(Math.abs(value - alone[a])).toBeLessThanOrEqual(1e-14);
        });
      }
    },
  );

  it('a Plackett–Luce answer is the fixed point of softmax(u/τ) with payoffs summed over all joint actions', async () => {
    const scores = [0, 0.7, 1.3, -0.4];
    const game = readGameDocument({ kind: 'plackett-luce', players: 4, scores }, 'g');
    const { runs } = await solve(cpuBackend(), instance(game, { temperature: 0.1 }), mirror, { tolerance: 1e-14 });
    const [policy] = runs[0].answer.profile.map((row) => Array.from(row));
    const payoffs = choicePayoffs(scores, policy, 4);
    response(payoffs, 0.1).forEach((p, a) => {
      expect(Math.abs(p - policy[a])).toBeLessThanOrEqual(1e-6);
    });
    const value = payoffs.reduce((sum, u, a) => sum + u * policy[a], 0);
    expect(value).toBeCloseTo(1 / 4, 12);
    expect(runs[0].answer.metrics['nash-conv']).toBeCloseTo(4 * (Math.max(...payoffs) - value), 12);
    expect(runs[0].answer.metrics['max-regret']).toBeCloseTo(Math.max(...payoffs) - value, 12);
  });

  /** The policies by iterating π ← 0.9π + 0.1·softmax(u/τ) on all joint actions in 30 digits. */
  it('with the same scores, Plackett–Luce and the average of pairs differ beyond two players, where τ > 0', async () => {
    const scores = [0, 1, 2];
    const matrix = scores.map((a) => scores.map((b) => 1 / (1 + Math.exp(b - a))));
    const answer = async (document: object): Promise<number[]> => {
      const setting = instance(readGameDocument(document, 'g'), { temperature: 0.1 });
      const { runs } = await solve(cpuBackend(), setting, mirror, { tolerance: 1e-14 });
      return Array.from(runs[0].answer.profile[0]);
    };
    for (const [players, expected] of [
      [2, [0.018398009, 0.089802826, 0.891799165]],
      [3, [0.043841065, 0.124628736, 0.8315302]],
      [10, [0.174173162, 0.248436183, 0.577390655]],
    ] as const) {
      const chosen = await answer({ kind: 'plackett-luce', players, scores });
      const pairs = await answer({ kind: 'polymatrix-preference', players, matrix });
      expected.forEach((p, a) => {
        expect(chosen[a]).toBeCloseTo(p, 6);
      });
      [0.018398009, 0.089802826, 0.891799165].forEach((p, a) => {
        expect(pairs[a]).toBeCloseTo(p, 6);
      });
    }
  });

  it('players who share a policy take the steps of two, whatever their number; equal ones of their own to 1e-13', async () => {
    const steps = { steps: 60, tolerance: 0, params: { stepSize: 0.3 } };
    const start = { start: [0.4, 0.1, 0.2, 0.3] };
    const two = await solved('random:n=4,seed=5', 0.1, steps, start);
    const [expected] = two.run.answer.logProfile;
    for (const players of [2, 3, 8]) {
      const shared = await solved(`polymatrix-preference:players=${players},n=4,seed=5`, 0.1, steps, start);
      expect(shared.run.answer.logProfile).toEqual([expected]);
      const each = { start: new Array<number[]>(players).fill(start.start) };
      const own = await solved(`polymatrix-preference:players=${players},n=4,seed=5,roles=own`, 0.1, steps, each);
      for (const row of own.run.answer.logProfile)
        row.forEach((log, a) => {
          expect(Math.abs(log - expected[a])).toBeLessThanOrEqual(1e-13);
        });
    }
  });
});
