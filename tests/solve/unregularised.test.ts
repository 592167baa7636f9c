import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { fictitiousPlay } from '../../solvers/fictitious-play.ts';
import { gpo } from '../../solvers/gpo.ts';
import { hedge } from '../../solvers/hedge.ts';
import { regretMatchingPlus } from '../../solvers/regret-matching-plus.ts';
import { spo } from '../../solvers/spo.ts';
import { sppo } from '../../solvers/sppo.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import type { AnySolver } from '../../src/solve/solver.ts';
import { totalVariation } from '../reference.ts';

async function run(solver: AnySolver, game: Game, options: SolveOptions = {}, seed = 1): Promise<RunSolution> {
  const { runs } = await solve(cpuBackend(), instance(game, { temperature: 0, seeds: [seed] }), solver, {
    steps: 400,
    tolerance: 0,
    ...options,
  });
  return runs[0];
}

/** A cycle of three whose links differ in strength. */
const [first, second, third] = [0.9, 0.6, 0.7];
const cycle = preferenceGame([
  [0.5, first, 1 - third],
  [1 - first, 0.5, second],
  [third, 1 - second, 0.5],
]);
const bimatrix = zeroSumGame([
  [1, -2, 0.5],
  [-1, 3, 0],
]);

describe('SPO', () => {
  it.each([catalogueGame('random:n=7,seed=3'), bimatrix])(
    'with a queue of one is hedge, bit for bit, on $name',
    async (game) => {
      const [one, other] = [await run(spo, game), await run(hedge, game)];
      expect(one.answer).toEqual(other.answer);
      expect(one.oracleCalls).toBe(other.oracleCalls);
    },
  );

  it('with a long queue breaks the bound of hedge, and keeps the one that counts the queue', async () => {
    const game = catalogueGame('rps');
    const params = { queue: 40, stepSize: 0.5 };
    const { guarantee } = await run(spo, game, { params, steps: 2000 });
    expect(guarantee?.status).toBe('within');
    const hedged = {
      ...spo,
      guarantees: spo.guarantees.map(
        (own) =>
          ({ ...own, bound: (step, given, facts) => own.bound(step, { ...given, queue: 1 }, facts) }) as typeof own,
      ),
    };
    expect((await run(hedged, game, { params, steps: 2000 })).guarantee?.status).toBe('violated');
  });

  it.each([2, 5, 30])('stays within its bound with a queue of %s, at any constant step', async (queue) => {
    for (let trial = 0; trial < 30; trial++) {
      const game = trial % 3 === 0 ? bimatrix : catalogueGame(`tournament:n=${3 + (trial % 5)},seed=${trial}`);
      const stepSize = `${10 ** ((trial % 7) / 2 - 2)}/span`;
      expect((await run(spo, game, { params: { queue, stepSize } }, trial)).guarantee?.status).toBe('within');
      expect((await run(spo, game, { params: { queue } }, trial)).guarantee?.status).toBe('within');
    }
  });
});

describe('SPPO', () => {
  it('claims the theorem of multiplicative weights for the exact regression only', async () => {
    expect((await run(sppo, cycle)).guarantee?.status).toBe('within');
    const { guarantee } = await run(sppo, cycle, { params: { surrogate: 'least-squares' } });
    expect(guarantee).toMatchObject({ status: 'outside', reason: expect.stringContaining('least-squares') });
  });
});

describe('GPO', () => {
  const logit = (p: number): number => Math.log(p / (1 - p));
  const shares = (weights: readonly number[]): number[] => weights.map((w) => w / weights.reduce((a, b) => a + b));
  // Each action of a cycle is played in proportion to the link it is not part of.
  const ofScores = shares([second, third, first].map(logit));
  const ofPreferences = shares([second, third, first].map((p) => p - 0.5));

  it('comes to the equilibrium of the scores, not to that of the preferences', async () => {
    const { answer, guarantee } = await run(gpo, cycle, { steps: 100_000 });
    expect(totalVariation(answer.profile, [ofScores])).toBeLessThanOrEqual(0.003);
    expect(totalVariation([ofScores], [ofPreferences])).toBeGreaterThan(0.06);
    expect(answer.metrics['duality-gap']).toBeGreaterThan(0.02);
    expect(guarantee).toBeUndefined();
  });

  it('comes to the equilibrium of the preferences where the clip makes all links alike', async () => {
    const { answer } = await run(gpo, cycle, { steps: 100_000, params: { clip: 0.45 } });
    expect(totalVariation(answer.profile, [[1 / 3, 1 / 3, 1 / 3]])).toBeLessThanOrEqual(0.003);
  });

  it('is hedge where every preference is 0, ½ or 1', async () => {
    const game = catalogueGame('blotto:5,3');
    const [scored, plain] = [await run(gpo, game), await run(hedge, game)];
    expect(totalVariation(scored.answer.profile, plain.answer.profile)).toBeLessThanOrEqual(1e-12);
  });

  it('refuses what has no preferences, and a temperature', async () => {
    await expect(run(gpo, bimatrix)).rejects.toMatchObject({ code: 'not-applicable' });
    const warm = solve(cpuBackend(), instance(cycle, { temperature: 0.1 }), gpo);
    await expect(warm).rejects.toMatchObject({ code: 'not-applicable' });
  });
});

describe('regret matching plus', () => {
  it.each([1e300, 1e-300, -3])(
    'plays the same when payoffs are multiplied by %s, or shifted (below 0)',
    async (scale) => {
      const rows = [
        [1, -2, 0.5],
        [-1, 3, 0],
      ].map((row) => row.map((value) => Math.abs(scale) * value + (scale < 0 ? 5 : 0)));
      const [scaled, plain] = [
        await run(regretMatchingPlus, zeroSumGame(rows)),
        await run(regretMatchingPlus, bimatrix),
      ];
      expect(totalVariation(scaled.answer.profile, plain.answer.profile)).toBeLessThanOrEqual(1e-9);
    },
  );

  it('keeps to its start while it regrets nothing', async () => {
    const zeros = zeroSumGame([
      [0, 0],
      [0, 0],
    ]);
    const start = instance(zeros, { temperature: 0, seeds: [1] }).start.map((row) => row.map(Math.exp));
    const { iterates } = await run(regretMatchingPlus, zeros);
    expect(totalVariation(iterates.last?.profile as readonly number[][], start)).toBeLessThanOrEqual(1e-14);
  });

  it('has no step size, and says so', async () => {
    const asked = run(regretMatchingPlus, cycle, { params: { stepSize: 0.1 } });
    await expect(asked).rejects.toMatchObject({ code: 'bad-parameter' });
    await expect(asked).rejects.toThrow('it has none');
  });
});

describe('fictitious play', () => {
  it('shares its mass among equally good actions', async () => {
    const rps = catalogueGame('rps');
    const { runs } = await solve(cpuBackend(), instance(rps, { temperature: 0 }), fictitiousPlay, {
      steps: 50,
      tolerance: 0,
    });
    expect(totalVariation(runs[0].answer.profile, [[1 / 3, 1 / 3, 1 / 3]])).toBeLessThanOrEqual(1e-6);
    const twins = preferenceGame([
      [0.5, 0.5, 1],
      [0.5, 0.5, 1],
      [0, 0, 0.5],
    ]);
    const [policy] = (
      await solve(cpuBackend(), instance(twins, { temperature: 0 }), fictitiousPlay, { steps: 98, tolerance: 0 })
    ).runs[0].answer.profile;
    // 99 plays of which the start is one, uniform: 1/3 + 98·½ each.
    expect(policy[0]).toBeCloseTo((1 / 3 + 49) / 99, 12);
    expect(policy[1]).toBeCloseTo((1 / 3 + 49) / 99, 12);
  });

  it('comes to the equilibrium of a cycle', async () => {
    const { answer } = await run(fictitiousPlay, cycle, { steps: 50_000 });
    expect(answer.metrics['duality-gap']).toBeLessThanOrEqual(0.01);
  });
});
