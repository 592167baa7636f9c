import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { preferenceGame } from '../../games/preference.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { evaluator } from '../../src/metrics/evaluation.ts';
import { gapAgainstMixture } from '../../src/metrics/gap-against-mixture.ts';
import { klDivergence } from '../../src/numerics/divergence.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import { place } from '../place.ts';
import { double, reference } from '../reference.ts';

const logs = (policy: readonly number[]): Float64Array => Float64Array.from(policy, Math.log);

function measure(game: MatrixGame, policies: readonly (readonly number[])[], temperature: number) {
  const uniform = uniformProfile(game);
  const setting = { game, runs: 1, temperature, reference: uniform, start: uniform };
  const equilibrium = temperature > 0 ? quantalResponse(game, temperature, uniform).profile : undefined;
  const problem = place(setting);
  const placed = policies.map((policy) => problem.ops.tensor(logs(policy), [1, policy.length]));
  const { evaluation } = evaluator(setting, problem, equilibrium)(placed);
  const value = (name: string): number => {
    const into = new Float64Array(1);
    metrics[name].evaluate(evaluation, into);
    return into[0];
  };
  const improvements = game.roleOf.map((role) => evaluation.gains[role][0]);
  return { value, improvements, equilibrium };
}

const p = [
  [0.5, 0.25, 1],
  [0.75, 0.5, 0.45],
  [0, 0.55, 0.5],
];
const policy = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((weights) => weights.map((w) => w / weights.reduce((a, b) => a + b, 0)));

describe('gaps', () => {
  const game = preferenceGame(p);
  const payoffs = (x: readonly number[]): number[] => p.map((row) => row.reduce((sum, e, j) => sum + e * x[j], 0));

  it('the duality gap of a preference game is 2(max Pπ − ½), twice the exploitability', () =>
    fc.assert(
      fc.property(policy, (x) => {
        const { value, improvements } = measure(game, [x], 0);
        const gap = 2 * (Math.max(...payoffs(x)) - 0.5);
        expect(value('duality-gap')).toBeCloseTo(gap, 13);
        expect(value('exploitability')).toBeCloseTo(gap / 2, 13);
        expect(value('nash-conv')).toBeCloseTo(gap, 13);
        expect(value('max-regret')).toBeCloseTo(gap / 2, 13);
        expect(improvements).toHaveLength(2);
      }),
    ));

  it('the regularised gap is the value of the best deviation: max V − min V, computed as two game values (B.1)', () =>
    fc.assert(
      fc.property(policy, fc.constantFrom(0.05, 0.3, 2), (x, tau) => {
        const { value, equilibrium } = measure(game, [x], tau);
        // max over π₁ of ⟨π₁, Px⟩ − τ·KL(π₁‖ρ) is τ·log Σ ρ exp(Px/τ); the minimum over π₂ mirrors it.
        const best = tau * Math.log(payoffs(x).reduce((sum, u) => sum + Math.exp(u / tau) / 3, 0));
        const kl = x.reduce((sum, q) => sum + q * Math.log(3 * q), 0);
        expect(value('regularized-gap')).toBeCloseTo(2 * (best - 0.5 + tau * kl), 12);
        // V(π*, π) − ½ = τ·KL(π‖π*), exactly.
        const star = Array.from((equilibrium as readonly Float64Array[])[0], Math.exp);
        const own = star.reduce((sum, q, a) => sum + q * payoffs(x)[a], 0);
        const klStar = star.reduce((sum, q) => sum + q * Math.log(3 * q), 0);
        const toStar = x.reduce((sum, q, a) => sum + q * Math.log(q / star[a]), 0);
        expect(own - tau * klStar + tau * kl - 0.5).toBeCloseTo(tau * toStar, 12);
      }),
    ));

  it('KL keeps its first three digits far below the rounding of its terms, and is never negative', () => {
    const base = logs([0.2, 0.3, 0.5]);
    for (const size of [1e-4, 1e-8, 1e-12]) {
      // Moving mass d from one action to another changes KL by d²/2·(1/0.2 + 1/0.3) to leading order.
      const d = size;
      const moved = Float64Array.from([
        Math.log(0.2) + Math.log1p(d / 0.2),
        Math.log(0.3) + Math.log1p(-d / 0.3),
        Math.log(0.5),
      ]);
      const expected = ((d * d) / 2) * (1 / 0.2 + 1 / 0.3);
      expect(klDivergence(base, moved, 0, 0, 3) / expected).toBeCloseTo(1, 3);
    }
    expect(klDivergence(base, base, 0, 0, 3)).toBe(0);
    expect(klDivergence(logs([0, 1]), logs([0.5, 0.5]), 0, 0, 2)).toBeCloseTo(Math.log(2), 14);
    expect(klDivergence(logs([0.5, 0.5]), logs([0, 1]), 0, 0, 2)).toBe(Infinity);
  });

  it('a bimatrix game sums the gains of both players', () => {
    const battle = bimatrixGame(
      [
        [3, 0],
        [0, 2],
      ],
      [
        [2, 0],
        [0, 3],
      ],
    );
    const { value, improvements } = measure(
      battle,
      [
        [1, 0],
        [0, 1],
      ],
      0,
    );
    expect(improvements).toEqual([2, 2]);
    expect(value('nash-conv')).toBe(4);
    expect(metrics['duality-gap'].applies(battle, { regularised: false, equilibriumKnown: false })).toBe(false);
  });

  it('the example of an opponent mixture in the reference file comes out', () => {
    const [example] = reference.opponent_mixture_examples as readonly {
      opponent_mixture: (number | string)[];
      action_values: (number | string)[];
      best_response: number[];
      best_response_value: string;
    }[];
    const entry = reference.games.find(({ id }) => id === 'rps') as never as { payoffs: number[][][] };
    const rps = bimatrixGame(entry.payoffs[0], entry.payoffs[1]);
    const mixture = {
      name: 'half rock, half paper',
      members: [
        { name: 'rock', weight: 1, policy: [1, 0, 0] },
        { name: 'paper', weight: 1, policy: [0, 1, 0] },
      ],
    };
    const result = gapAgainstMixture(rps, [0, 0, 1], mixture);
    expect([result.bestResponse]).toEqual(example.best_response);
    expect(result.bestResponsePayoff).toBe(double(example.best_response_value));
    expect(result.gain).toBe(double(example.best_response_value) - double(example.action_values[2]));
    expect(result.gainAgainst).toEqual({ rock: 2, paper: -1 });
  });
});
