import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { stream } from '../../src/random/streams.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';
import { totalVariation } from '../reference.ts';
import { type Policy, product } from './plain.ts';
import { type Comparison, crossEntropy, logRatio, minimised, squared } from './regression.ts';

/*
 * What the losses of the papers are minimised by, found by Newton's method on the loss itself, beside one step of the
 * solver. Comparisons are the expectation over pairs and labels, so that nothing is sampled.
 */

const actions = 5;
const indices = [...Array(actions).keys()];
const draws = [1, 2, 3, 4, 5, 6].map((draw) => [draw] as const);

interface Drawn {
  readonly preferences: readonly Policy[];
  readonly policy: Policy;
  readonly reference: Policy;
  readonly other: Policy;
  /** Win rates against the policy. */
  readonly rates: Policy;
  /** A law of pairs with full support, of no particular form. */
  readonly pairs: readonly Policy[];
}

function drawn(draw: number): Drawn {
  const random = stream('regressions', draw);
  const policyOf = (): number[] => {
    const weights = indices.map(() => 0.1 + random.uniform());
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  };
  const upper = indices.map(() => indices.map(() => random.uniform()));
  const preferences = indices.map((i) => indices.map((j) => (i === j ? 0.5 : i < j ? upper[i][j] : 1 - upper[j][i])));
  const [policy, reference, other] = [policyOf(), policyOf(), policyOf()];
  const pairs = indices.map(() => indices.map(() => 0.02 + random.uniform()));
  return { preferences, policy, reference, other, rates: product(preferences, policy), pairs };
}

/** One step of a solver of the catalogue from the policy. */
function stepOf(
  name: string,
  { preferences, policy, reference }: Drawn,
  stepSize: number,
  more: object = {},
): number[] {
  const solver = (solvers[name] as SolverDefinition).make({ stepSize, ...more } as never);
  const { temperature = 0 } = more as { temperature?: number };
  const log = (row: Policy): Float64Array[] => [Float64Array.from(row, Math.log)];
  const game = preferenceGame(preferences);
  const problem = place({ game, runs: 1, temperature, reference: log(reference), start: log(policy) });
  return probabilities(solver.profile(solver.step(problem, solver.init(problem), 0)))[0];
}

/** π·e^f, normalised. */
function tilted(policy: Policy, f: Policy): number[] {
  const weights = policy.map((p, a) => p * Math.exp(f[a]));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}

const everyPair = (of: (i: number, j: number) => readonly Comparison[]): Comparison[] =>
  indices.flatMap((i) => indices.flatMap((j) => (i === j ? [] : of(i, j))));

/** The winner's log-ratio above the loser's by `margin`, for pairs of the two laws and labels of the preferences. */
const labelled = ({ preferences }: Drawn, first: Policy, second: Policy, margin: number): Comparison[] =>
  everyPair((i, j) => [
    { first: i, second: j, weight: first[i] * second[j] * preferences[i][j], target: margin },
    { first: j, second: i, weight: first[i] * second[j] * preferences[j][i], target: margin },
  ]);

const distance = (a: Policy, b: Policy): number => totalVariation([a], [b]);

describe('DNO and REBEL', () => {
  it.each(draws)('the minimiser of DNO’s cross-entropy is one step, whatever the law of pairs (draw %s)', (draw) => {
    const game = drawn(draw);
    const inverseStep = 0.6;
    const label = (i: number, j: number): number => 1 / (1 + Math.exp(game.rates[j] - game.rates[i]));
    const comparisons = everyPair((i, j) => [{ first: i, second: j, weight: game.pairs[i][j], target: label(i, j) }]);
    // The prediction is σ(η·Δ log(π/π_t)), with η the inverse step.
    const scaled = minimised(comparisons, crossEntropy, actions);
    const fitted = tilted(
      game.policy,
      scaled.map((value) => value / inverseStep),
    );
    expect(distance(stepOf('dno', game, 1 / inverseStep), fitted)).toBeLessThanOrEqual(1e-12);
  });

  it.each(draws)('the minimiser of REBEL’s square loss is one step, whatever the law of pairs (draw %s)', (draw) => {
    const game = drawn(draw);
    const comparisons = everyPair((i, j) => [
      { first: i, second: j, weight: game.pairs[i][j], target: 1.7 * (game.rates[i] - game.rates[j]) },
    ]);
    const fitted = tilted(game.policy, minimised(comparisons, squared, actions));
    expect(distance(stepOf('rebel', game, 1.7), fitted)).toBeLessThanOrEqual(1e-12);
  });

  it('a step wins against where it came from: η(P(π⁺ ≻ π) − ½) = KL(π⁺‖π) + KL(π‖π⁺)', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.double({ min: 0.01, max: 8, noNaN: true }), (draw, eta) => {
        const game = drawn(draw);
        const next = stepOf('dno', game, eta);
        const wins = next.reduce((sum, p, a) => sum + p * game.rates[a], 0) - 0.5;
        const [forth, back] = [logRatio(next, game.policy), logRatio(game.policy, next)];
        expect(Math.abs(eta * wins - forth - back)).toBeLessThanOrEqual(1e-13 * (1 + eta));
        // The published half of it.
        expect(wins).toBeGreaterThanOrEqual(forth / eta - 1e-13);
      }),
      { numRuns: 100 },
    ));
});

describe('INPO, Proposition 6: hard labels', () => {
  const tau = 0.3;
  /** log(π/π_t) + (τ/η)·log(π_t/ρ) is what its loss fits, η the inverse step: what is left is log(π/π_t). */
  const policyFrom = ({ policy, reference }: Drawn, fitted: Policy, ratio: number): number[] =>
    tilted(
      policy,
      fitted.map((value, a) => value - ratio * Math.log(policy[a] / reference[a])),
    );

  it.each(draws)('the margin 1/(2η) is the step 1/η, for pairs drawn from π_t twice (draw %s)', (draw) => {
    const game = drawn(draw);
    const inverseStep = 0.8;
    const comparisons = labelled(game, game.policy, game.policy, 1 / (2 * inverseStep));
    const fitted = policyFrom(game, minimised(comparisons, squared, actions), tau / inverseStep);
    const step = stepOf('inpo', game, 1 / inverseStep, { temperature: tau, form: 'explicit' });
    expect(distance(step, fitted)).toBeLessThanOrEqual(1e-12);
    // Read as a direct step, the margin would be η/2: the two agree at η = 1 alone.
    const direct = stepOf('inpo', game, inverseStep, { temperature: tau, form: 'explicit' });
    expect(distance(direct, fitted)).toBeGreaterThan(0.005);
  });

  it.each(draws)('the margin η/2 is the step η (draw %s)', (draw) => {
    const game = drawn(draw);
    const fitted = tilted(game.policy, minimised(labelled(game, game.policy, game.policy, 0.9), squared, actions));
    expect(distance(stepOf('hedge', game, 1.8), fitted)).toBeLessThanOrEqual(1e-12);
  });

  it.each(draws)('pairs of two different laws give another policy (draw %s)', (draw) => {
    const game = drawn(draw);
    const fitted = tilted(game.policy, minimised(labelled(game, game.policy, game.other, 0.9), squared, actions));
    expect(distance(stepOf('hedge', game, 1.8), fitted)).toBeGreaterThan(0.005);
  });
});

describe('SPPO: the least-squares surrogate', () => {
  const closest = (game: Drawn, stepSize: number): number[] =>
    stepOf('sppo', game, stepSize, { surrogate: 'least-squares' });

  it.each(draws)('no policy nearby has a smaller loss (draw %s)', (draw) => {
    const game = drawn(draw);
    const random = stream('nearby', draw);
    for (const eta of [0.1, 1, 5, 10]) {
      const loss = (next: Policy): number =>
        game.policy.reduce((sum, p, a) => sum + p * (Math.log(next[a] / p) - eta * (game.rates[a] - 0.5)) ** 2, 0);
      const best = closest(game, eta);
      expect(loss(best)).toBeLessThan(loss(stepOf('sppo', game, eta, { surrogate: 'exact' })));
      for (const size of [1e-3, 1e-2, 0.1, 1])
        for (let k = 0; k < 20; k++)
          expect(
            loss(
              tilted(
                best,
                indices.map(() => size * random.normal()),
              ),
            ),
          ).toBeGreaterThan(loss(best));
    }
  });

  it.each([0.01, 0.1, 1, 3, 10, 30])('Newton ends in rounding at η·s = %s: δ + KL(π‖π⁺)·e^δ = η(u − ½)', (eta) => {
    for (let draw = 0; draw < 60; draw++) {
      const game = drawn(draw);
      const next = closest(game, eta);
      // c is KL(π‖π⁺): the mean of the equation, whose right side has none.
      const multiplier = logRatio(game.policy, next);
      const residuals = next.map((p, a) => {
        const goal = eta * (game.rates[a] - 0.5);
        return Math.abs(Math.log(p / game.policy[a]) + (multiplier * p) / game.policy[a] - goal) / (1 + eta);
      });
      expect(Math.max(...residuals)).toBeLessThanOrEqual(4e-15);
    }
  });

  it.each(draws)(
    'it falls short of multiplicative weights by 1/(1 + Var(ηu)/2), up to the fourth order (draw %s)',
    (draw) => {
      const game = drawn(draw);
      const variance = game.policy.reduce((sum, p, a) => sum + p * (game.rates[a] - 0.5) ** 2, 0);
      const apart = (eta: number, step: number): number => distance(closest(game, eta), stepOf('hedge', game, step));
      const whole = (eta: number): number => apart(eta, eta);
      const shrunk = (eta: number): number => apart(eta, eta / (1 + (eta * eta * variance) / 2));
      expect(whole(0.1) / whole(0.05)).toBeCloseTo(8, 0);
      expect(shrunk(0.1) / shrunk(0.05)).toBeCloseTo(16, 0);
      expect(whole(0.5)).toBeLessThan(1e-3);
      expect(whole(10)).toBeGreaterThan(1e-3);
    },
  );
});
