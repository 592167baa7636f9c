import { describe, expect, it } from 'vitest';
import { type AlphaRankOptions, alphaRank } from '../../src/exact/alpha-rank.ts';
import { logFixation, logFixationOf } from '../../src/exact/fixation.ts';
import type { PayoffArrays } from '../../src/exact/payoff-arrays.ts';
import { stationaryDistribution } from '../../src/exact/stationary.ts';
import { reference } from '../reference.ts';
import { randomGame } from './random-game.ts';
import { arraysOf, referenceGame } from './reference-arrays.ts';

interface AlphaRankReference {
  readonly id: string;
  readonly payoff?: readonly (readonly number[])[];
  readonly population_size_m?: number;
  readonly ranking_intensity_alpha?: number;
  readonly expected_pi: readonly number[];
  readonly recomputed_pi?: readonly number[];
}
const { alpha_rank: published } = reference as unknown as { alpha_rank: AlphaRankReference[] };
const entryOf = (id: string): AlphaRankReference => published.find((entry) => entry.id === id) as AlphaRankReference;

function symmetric(rows: readonly (readonly number[])[]): PayoffArrays {
  const own = Float64Array.from(rows.flat());
  const n = rows.length;
  return { actions: [n, n], payoffs: [own, own.map((_, k) => own[(k % n) * n + Math.floor(k / n)])] };
}

/** The share of each state after many steps of the chain written out in plain arrays. */
function byPower({ actions, payoffs }: PayoffArrays, alpha: number, m: number): number[] {
  const count = payoffs[0].length;
  const choices = actions.reduce((sum, n) => sum + n - 1, 0);
  const digits = (s: number): number[] =>
    actions.map((n, i) => Math.floor(s / actions.slice(i + 1).reduce((product, each) => product * each, 1)) % n);
  const chain = Array.from({ length: count }, (_, s) => {
    const row = Array.from({ length: count }, (_, r) => {
      const changed = digits(s).flatMap((a, i) => (a === digits(r)[i] ? [] : [i]));
      if (changed.length !== 1) return 0;
      const gain = alpha * (payoffs[changed[0]][r] - payoffs[changed[0]][s]);
      let sum = 0;
      for (let l = 0; l < m; l++) sum += Math.exp(-l * gain);
      return 1 / sum / choices;
    });
    row[s] = 1 - row.reduce((sum, p) => sum + p, 0);
    return row;
  });
  let square = chain;
  for (let k = 0; k < 40; k++)
    square = square.map((row) => {
      const next = square.map((_, r) => row.reduce((sum, p, q) => sum + p * square[q][r], 0));
      const total = next.reduce((sum, p) => sum + p, 0);
      return next.map((p) => p / total);
    });
  return square[0];
}

describe('α-rank', () => {
  it('of Han et al.’s commitment game, one population of 20 at α = 0.1', () => {
    const entry = entryOf('alpharank_han2013');
    const options: AlphaRankOptions = {
      populations: 'one',
      alpha: entry.ranking_intensity_alpha,
      populationSize: entry.population_size_m,
    };
    const { mass, imbalance } = alphaRank(symmetric(entry.payoff ?? []), options);
    entry.expected_pi.forEach((p, a) => {
      expect(mass[a]).toBeCloseTo(p, 7);
      expect(mass[a]).toBeCloseTo(entry.recomputed_pi?.[a] ?? 0, 13);
    });
    expect(imbalance).toBeLessThanOrEqual(1e-14);
  });

  it('at α = ∞ of the perturbed rock, paper, scissors with wins 25, 50 and 5', () => {
    const game = symmetric([
      [0, -25, 50],
      [25, 0, -5],
      [-50, 5, 0],
    ]);
    const { mass, sinks } = alphaRank(game, { populations: 'one', perturbation: 1e-6 });
    entryOf('alpharank_inf_brps_25_50_5').expected_pi.forEach((p, a) => {
      expect(mass[a]).toBeCloseTo(p, 14);
    });
    expect(sinks).toEqual([[0, 1, 2]]);
  });

  it('at α = ∞ of the five candidates of "ml_5cand_example3"', () => {
    // The reference names the game without its margins. Of all signs of ten pairs, at most two of them ties, these alone
    // have its published shares, to 4e-16; only signs count at α = ∞.
    const game = symmetric([
      [0, -1, 1, 1, -1],
      [1, 0, -1, 1, -1],
      [-1, 1, 0, -1, 1],
      [-1, -1, 1, 0, -1],
      [1, 1, -1, 1, 0],
    ]);
    const { mass } = alphaRank(game, { populations: 'one', perturbation: 1e-6 });
    entryOf('alpharank_inf_ml_5cand_example3').expected_pi.forEach((p, a) => {
      expect(mass[a]).toBeCloseTo(p, 14);
    });
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'with a population per player is the long-run share of the chain: random game %i',
    (trial) => {
      const drawn = randomGame('alpha-rank', trial);
      const top = Math.max(...drawn.payoffs.flatMap((u) => [...u]), Number.MIN_VALUE);
      const game = { ...drawn, payoffs: drawn.payoffs.map((u) => u.map((payoff) => payoff / top)) };
      for (const alpha of [0.3, 2]) {
        const { mass, imbalance } = alphaRank(game, { alpha, populationSize: 5 });
        byPower(game, alpha, 5).forEach((p, s) => {
          expect(mass[s]).toBeCloseTo(p, 10);
        });
        expect(imbalance).toBeLessThanOrEqual(1e-12);
      }
    },
  );

  it('keeps its digits where shares are far below the smallest number', () => {
    // Two states: their shares are as the takeovers, 1 to e^(−(m−1)·α·loss) but for the factor (1 − e^(−u))/(1 − e^(−mu)).
    const game = symmetric([
      [0, 3],
      [1, 0],
    ]);
    const { logMass, imbalance } = alphaRank(game, {
      populations: 'one',
      fitness: 'local',
      alpha: 500,
      populationSize: 40,
    });
    expect(logMass[1] - logMass[0]).toBeCloseTo(-39 * 500 * 2, 6);
    expect(imbalance).toBeLessThanOrEqual(1e-10);
    const dilemma = arraysOf(referenceGame('pd_openspiel'));
    const { mass, logMass: logs, sinks } = alphaRank(dilemma, { alpha: 100, populationSize: 50 });
    expect(mass[3]).toBe(1);
    // Only the last state is better to move to from (0, 1) and (1, 0), by 1; they are left for it and hardly ever entered.
    expect(logs[1]).toBeCloseTo(-49 * 100, 6);
    expect(sinks).toEqual([[3]]);
  });

  it('at α = ∞ puts all but the perturbation into the sinks', () => {
    const game = arraysOf(referenceGame('coordination_2'));
    const { mass, sinks } = alphaRank(game, { perturbation: 1e-200 });
    expect(sinks).toEqual([[0], [3]]);
    expect([...mass].map((p) => Number(p.toFixed(12)))).toEqual([0.5, 0, 0, 0.5]);
  });

  it('at α = ∞ an equal mutant takes over with ½, whatever the population', () => {
    // b ties with a, c beats a, b beats c: by hand 3/2·a = b/2 and c = a, so the shares are 1/5, 3/5 and 1/5.
    const game = symmetric([
      [0, 0, -1],
      [0, 0, 1],
      [1, -1, 0],
    ]);
    const { mass } = alphaRank(game, { populations: 'one', perturbation: 1e-100 });
    [0.2, 0.6, 0.2].forEach((p, a) => {
      expect(mass[a]).toBeCloseTo(p, 14);
    });
  });

  it('at α = ∞ takes payoffs that differ by rounding for equal', () => {
    // The same game, its payoffs computed: 0.1 + 0.2 is not 0.3 in doubles.
    const game = symmetric([
      [0.3, 0.3, 0.1],
      [0.1 + 0.2, 0.3, 0.5],
      [0.5, 0.1, 0.3],
    ]);
    const { mass } = alphaRank(game, { populations: 'one', perturbation: 1e-100 });
    [0.2, 0.6, 0.2].forEach((p, a) => {
      expect(mass[a]).toBeCloseTo(p, 14);
    });
  });

  it('refuses what does not fit', () => {
    const game = arraysOf(referenceGame('bach_or_stravinsky'));
    expect(() => alphaRank(game, { populations: 'one' })).toThrow(/not symmetric/);
    expect(() => alphaRank(game, { alpha: 0 })).toThrow(/ranking intensity 0, at alpha/);
    expect(() => alphaRank(game, { alpha: 1, populationSize: 1 })).toThrow(/population of 1/);
    expect(() => alphaRank(game, { perturbation: 0 })).toThrow(/perturbation 0/);
    const large = { actions: [40, 40], payoffs: [new Float64Array(1600), new Float64Array(1600)] };
    expect(() => alphaRank(large)).toThrow(/1600 states; expected at most 1000/);
  });
});

describe('fixation probabilities', () => {
  it('are those of the sum over mutants, on both sides of 0 and far out', () => {
    for (const m of [2, 5, 50])
      for (const u of [-800, -3, -1e-9, 0, 1e-9, 0.2, 3, 800])
        expect(logFixation(u, m)).toBeCloseTo(
          logFixationOf(() => u, m),
          8 - Math.max(0, Math.log10(Math.abs(u) + 1)),
        );
    expect(logFixation(-800, 50)).toBeCloseTo(-800 * 49, 9);
    expect(logFixation(1e-12, 4)).toBeCloseTo(Math.log(1 / 4), 11);
  });

  it('are the closed form of the constant-sum case in one population', () => {
    // OpenSpiel's test_constant_sum_transition_matrix: u = α·m/(m − 1)·(payoff − sum/2).
    const [alpha, m] = [0.1, 20];
    const { mass } = alphaRank(
      symmetric([
        [0.5, 0.9],
        [0.1, 0.5],
      ]),
      { populations: 'one', alpha, populationSize: m },
    );
    const u = ((alpha * m) / (m - 1)) * (0.9 - 0.5);
    const ratio = Math.exp(logFixation(u, m) - logFixation(-u, m));
    expect(mass[0] / mass[1]).toBeCloseTo(ratio, 12);
  });
});

it('the stationary distribution of a chain of three states with rates of 1 and e^−1000', () => {
  const far = -1000;
  const rates = Float64Array.of(0, 0, -Infinity, far, 0, 0, far, -Infinity, 0);
  // 0 → 1 → 2 at rate 1; 1 → 0 and 2 → 0 at e^−1000: shares e^−1000, e^−1000 and 1.
  const [a, b, c] = stationaryDistribution(3, rates);
  expect(a).toBeCloseTo(far, 9);
  expect(b).toBeCloseTo(far, 9);
  expect(c).toBeCloseTo(0, 12);
});
