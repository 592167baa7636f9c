import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { annotatorsGame } from '../../games/players/annotators.ts';
import { preferenceGame } from '../../games/preference.ts';
import { rowsOf } from '../../games/rows.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { bradleyTerryRewards } from '../../src/exact/bradley-terry.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { GroupedGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { plainRewards } from './baselines.ts';
import { normalise, type Policy, product } from './plain.ts';

const tau = 0.2;

function population(groups: number, actions: number, seed: number): GroupedGame {
  return catalogueGame(`annotators:groups=${groups},n=${actions},seed=${seed}`) as GroupedGame;
}

const tablesOf = (game: GroupedGame): number[][][] => game.groups.map(({ matrix }) => rowsOf(matrix));

interface Setting {
  readonly temperature?: number;
  readonly reference?: readonly number[];
  readonly params?: Record<string, string | number>;
  readonly steps?: number;
}

async function answer(name: string, game: GroupedGame, { steps, params = {}, ...options }: Setting = {}) {
  const given = instance(game, { temperature: tau, ...options });
  const { runs } = await solve(cpuBackend(), given, solvers[name], {
    params,
    ...(steps === undefined ? {} : { steps, tolerance: 0 }),
  });
  return runs[0];
}

const tilted = (rho: Policy, scores: Policy, temperature = tau): number[] => {
  const top = Math.max(...scores);
  return normalise(rho.map((p, a) => p * Math.exp((scores[a] - top) / temperature)));
};
const mixed = (weights: Policy, rows: readonly Policy[]): number[] =>
  rows[0].map((_, a) => weights.reduce((sum, w, g) => sum + w * rows[g][a], 0));
const mean = (law: Policy, row: Policy): number => row.reduce((sum, value, a) => sum + law[a] * value, 0);
const covariance = (law: Policy, x: Policy, y: Policy): number =>
  mean(
    law,
    x.map((value, a) => value * y[a]),
  ) -
  mean(law, x) * mean(law, y);

function close(a: ArrayLike<number>, b: ArrayLike<number>, within: number): void {
  expect(a.length).toBe(b.length);
  Array.from(a).forEach((value, k) => {
    expect(Math.abs(value - b[k])).toBeLessThanOrEqual(within);
  });
}

/** Weights of least variance: for each set of groups the stationary point, and of those on the simplex the least. */
function leastVariance(law: Policy, scores: readonly Policy[]): number[] {
  const groups = scores.length;
  let best: { readonly weights: number[]; readonly variance: number } | undefined;
  for (let set = 1; set < 2 ** groups; set++) {
    const active = scores.map((_, g) => g).filter((g) => (set >> g) & 1);
    // Cov·w = t·1, Σ w = 1: by Gaussian elimination.
    const size = active.length + 1;
    const rows = active.map((g) => [...active.map((h) => covariance(law, scores[g], scores[h])), -1, 0]);
    rows.push([...active.map(() => 1), 0, 1]);
    for (let k = 0; k < size; k++) {
      const pivot = rows.slice(k).reduce((top, row, j) => (Math.abs(row[k]) > Math.abs(rows[top][k]) ? k + j : top), k);
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      for (let j = 0; j < size; j++)
        if (j !== k) {
          const factor = rows[j][k] / rows[k][k];
          rows[j] = rows[j].map((value, c) => value - factor * rows[k][c]);
        }
    }
    const weights = new Array<number>(groups).fill(0);
    active.forEach((g, k) => {
      weights[g] = rows[k][size] / rows[k][k];
    });
    if (weights.some((weight) => !(weight >= -1e-12))) continue;
    const u = mixed(weights, scores);
    const variance = covariance(law, u, u);
    if (best === undefined || variance < best.variance) best = { weights, variance };
  }
  return (best as NonNullable<typeof best>).weights;
}

describe('maxmin-rlhf', () => {
  it('with rewards: opposed groups of one mind and its mirror image leave the reference', async () => {
    const rows = [
      [0.5, 0.8, 0.9],
      [0.2, 0.5, 0.7],
      [0.1, 0.3, 0.5],
    ];
    const mirrored = rows.map((row) => row.map((p) => 1 - p));
    const game = annotatorsGame([preferenceGame(rows), preferenceGame(mirrored)], [9, 1]);
    const reference = [0.5, 0.2, 0.3];
    const run = await answer('maxmin-rlhf', game, { reference });
    close(run.answer.profile[0], reference, 1e-12);
  });

  it('with rewards is served by a mixture of those of the groups, zero at the reference, which equalises the worst', async () => {
    const game = population(3, 4, 1);
    const reference = [0.4, 0.3, 0.2, 0.1];
    const run = await answer('maxmin-rlhf', game, { reference });
    const rewards = tablesOf(game).map((table) => {
      const own = plainRewards(table, reference);
      return own.map((reward) => reward - mean(reference, own));
    });
    const [policy] = run.answer.profile;
    const gains = rewards.map((row) => mean(policy, row));
    // Any mixture of the groups bounds the best worst gain from above; a fine grid of mixtures comes near.
    const worth = Math.min(...gains) - tau * policy.reduce((sum, p, a) => sum + p * Math.log(p / reference[a]), 0);
    let bound = Infinity;
    for (let i = 0; i <= 100; i++)
      for (let j = 0; i + j <= 100; j++) {
        const scores = mixed([i / 100, j / 100, 1 - (i + j) / 100], rewards);
        const total = reference.reduce((sum, p, a) => sum + p * Math.exp(scores[a] / tau), 0);
        bound = Math.min(bound, tau * Math.log(total));
      }
    expect(bound - worth).toBeGreaterThanOrEqual(-1e-9);
    expect(bound - worth).toBeLessThanOrEqual(3e-3);
    expect(run.result).toBe('answered');
    expect(run.reason).toMatch(/duality gap \d\.\de-1\d; the adversary picks .*; worst group .*: reward 0\.\d+/);
  });

  it('with win rates is the same program on P_g·ρ, and against any opponent on all columns', async () => {
    const game = population(3, 5, 4);
    const uniform = new Array<number>(5).fill(0.2);
    const tables = tablesOf(game);
    const value = ([policy]: readonly Policy[], columns: readonly Policy[], temperature: number): number =>
      Math.min(...columns.map((column) => mean(policy, column))) -
      temperature * policy.reduce((sum, p) => (p > 0 ? sum + p * Math.log(p * 5) : sum), 0);
    const rates = tables.map((table) => product(table, uniform));
    const pairs = tables.flatMap((table) => table.map((_, b) => table.map((row) => row[b])));
    const rated = await answer('maxmin-rlhf', game, { params: { payoff: 'win-rate' } });
    const guarded = await answer('maxmin-rlhf', game, { params: { payoff: 'any-opponent' } });
    expect(value(rated.answer.profile, rates, tau)).toBeGreaterThan(value(guarded.answer.profile, rates, tau) + 1e-6);
    expect(value(guarded.answer.profile, pairs, tau)).toBeGreaterThan(value(rated.answer.profile, pairs, tau) + 1e-6);
  });

  it('names the group whose rewards are not finite', async () => {
    const sure = preferenceGame([
      [0.5, 1],
      [0, 0.5],
    ]);
    const open = preferenceGame([
      [0.5, 0.7],
      [0.3, 0.5],
    ]);
    const game = annotatorsGame([open, sure], [1, 1], { groups: ['fair', 'sure'] });
    await expect(answer('maxmin-rlhf', game)).rejects.toThrow(/group sure" are not finite/);
    await expect(answer('maxmin-rlhf', game, { params: { payoff: 'win-rate' } })).resolves.toBeDefined();
  });
});

describe('group-minimax', () => {
  it('of one group is the maximal lottery, of value ½', async () => {
    const game = population(1, 6, 3);
    const run = await answer('group-minimax', game, { temperature: 0 });
    expect(run.result).toBe('converged');
    expect(Math.abs((run.answer.metrics['worst-group-value'] as number) - 0.5)).toBeLessThanOrEqual(1e-12);
  });

  it('has the largest worst-group value: the limit of maxmin-rlhf, above the pooled equilibrium, at most ½', async () => {
    for (const seed of [1, 2, 3]) {
      const game = population(3, 5, seed);
      const value = (run: Awaited<ReturnType<typeof answer>>): number =>
        run.answer.metrics['worst-group-value'] as number;
      const own = await answer('group-minimax', game, { temperature: 0 });
      const pooled = await answer('exact', game, { temperature: 0 });
      const cold = await answer('maxmin-rlhf', game, { temperature: 1e-3, params: { payoff: 'any-opponent' } });
      expect(value(own)).toBeLessThanOrEqual(0.5 + 1e-12);
      expect(value(own)).toBeGreaterThan(value(pooled));
      expect(value(own) - value(cold)).toBeGreaterThanOrEqual(-1e-12);
      expect(value(own) - value(cold)).toBeLessThanOrEqual(1e-3 * Math.log(5));
      expect(statedValue(own.reason)).toBeCloseTo(value(own), 11);
    }
  });
});

/** The value that a method states. */
const statedValue = (reason: string | undefined): number => Number(/value ([\d.]+)/.exec(reason ?? '')?.[1]);

describe('group-robust', () => {
  it('with IPO losses comes to the saddle point: ρ·exp(u_α/τ), α the groups of least variance', async () => {
    for (const [sampling, reference] of [
      ['uniform', [0.25, 0.25, 0.25, 0.25]],
      ['reference', [0.4, 0.3, 0.2, 0.1]],
    ] as const)
      for (const seed of [1, 2]) {
        const game = population(4, 4, seed);
        const scores = tablesOf(game).map((table) => product(table, reference));
        const weights = leastVariance(reference, scores);
        const params = { sampling };
        const reached = await answer('group-robust', game, { reference, params, steps: 6000 });
        close(reached.answer.profile[0], tilted(reference, mixed(weights, scores)), 1e-6);
      }
  });

  it('with DPO losses comes to the saddle point: the worst mixture of two groups, found by golden section', async () => {
    const reference = [0.4, 0.3, 0.2, 0.1];
    const game = population(2, 4, 5);
    const [first, second] = tablesOf(game);
    const fitted = (alpha: number): Float64Array =>
      bradleyTerryRewards(
        preferenceGame(first.map((row, a) => row.map((p, b) => alpha * p + (1 - alpha) * second[a][b]))),
        Float64Array.from(reference, Math.log),
      );
    /** The least loss of a mixture: concave, largest at the saddle point. */
    const least = (alpha: number): number => {
      const r = fitted(alpha);
      return first.reduce(
        (sum, row, a) =>
          sum +
          row.reduce((part, p, b) => {
            const wins = alpha * p + (1 - alpha) * second[a][b];
            return part + 2 * reference[a] * reference[b] * wins * Math.log1p(Math.exp(r[b] - r[a]));
          }, 0),
        0,
      );
    };
    let [low, high] = [0, 1];
    for (let k = 0; k < 80; k++) {
      const [a, b] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
      if (least(a) < least(b)) low = a;
      else high = b;
    }
    const alpha = (low + high) / 2;
    expect(alpha * (1 - alpha)).toBeGreaterThan(0.01);
    const reached = await answer('group-robust', game, { reference, params: { loss: 'dpo' }, steps: 2000 });
    close(reached.answer.profile[0], tilted(reference, Array.from(fitted(alpha))), 1e-6);
  });

  it('with exact IPO solves: after T steps the least loss of its mixture is within 4·log G/(γτ²(T − 1)) of the saddle’s', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const game = population(5, 6, seed);
      const uniform = new Array<number>(6).fill(1 / 6);
      const scores = tablesOf(game).map((table) => product(table, uniform));
      const span = Math.max(...scores.flat()) - Math.min(...scores.flat());
      const variance = (u: Policy): number => covariance(uniform, u, u);
      const best = variance(mixed(leastVariance(uniform, scores), scores));
      for (const groupStep of [1 / span ** 2, 4 / span ** 2])
        for (const steps of [2, 5, 20, 100]) {
          const { answer: last } = await answer('group-robust', game, {
            params: { sampling: 'uniform', groupStep },
            steps,
          });
          // The policy is ρ·exp(u_α/τ): it tells u_α, of which ½·Var falls by mirror descent.
          const u = last.profile[0].map((p) => tau * Math.log(p * 6));
          const excess = (variance(u) - best) / 2;
          expect(excess).toBeGreaterThanOrEqual(-1e-12);
          expect(excess).toBeLessThanOrEqual(Math.log(5) / (groupStep * (steps - 1)));
        }
    }
  });

  it('refuses a game without groups', async () => {
    const plain = catalogueGame('random:n=4') as GroupedGame;
    for (const name of ['maxmin-rlhf', 'group-robust', 'mixture-of-judges', 'reward-ensemble'])
      await expect(answer(name, plain)).rejects.toThrow(/a game without groups; expected a population of judges/);
    await expect(answer('group-minimax', plain, { temperature: 0 })).rejects.toThrow(/a game without groups/);
  });
});

describe('mixture-of-judges', () => {
  it('gives every judge its threshold, the best of all policies that do', async () => {
    const game = population(3, 5, 1);
    const rho = new Array<number>(5).fill(0.2);
    const rates = tablesOf(game).map((table) => product(table, rho));
    const shares = game.groups.map(({ weight }) => weight);
    const free = tilted(rho, mixed(shares, rates));
    expect(Math.min(...rates.map((row) => mean(free, row)))).toBeLessThan(0.51);
    let before = Infinity;
    for (const threshold of [0.3, 0.51, 0.53, 0.55]) {
      const { answer: found } = await answer('mixture-of-judges', game, { params: { threshold } });
      const worst = found.metrics['worst-group-win-rate'] as number;
      expect(worst).toBeGreaterThanOrEqual(threshold - 1e-12);
      if (threshold === 0.3) close(found.profile[0], free, 1e-12);
      else expect(worst).toBeLessThanOrEqual(threshold + 1e-12);
      const [policy] = found.profile;
      const worth = mean(policy, mixed(shares, rates)) - tau * policy.reduce((s, p) => s + p * Math.log(5 * p), 0);
      expect(worth).toBeLessThanOrEqual(before);
      before = worth;
    }
  });

  it('names what is possible where its threshold is not: between what a policy reaches and what none does', async () => {
    const game = population(3, 5, 1);
    const error = await answer('mixture-of-judges', game, { params: { threshold: 0.7 } }).catch((thrown) => thrown);
    expect(error.message).toMatch(/threshold 0.7 of "mixture-of-judges": no policy .* is granted more than/);
    const [none, some] = [/more than ([\d.]+)/, /below ([\d.]+)/].map((words) =>
      Number(words.exec(error.message)?.[1]),
    );
    expect(none - some).toBeGreaterThanOrEqual(0);
    expect(none - some).toBeLessThan(2e-4);
    const { answer: found } = await answer('mixture-of-judges', game, { params: { threshold: some - 1e-5 } });
    expect(found.metrics['worst-group-win-rate']).toBeGreaterThanOrEqual(some - 1.1e-5);
  });

  it('with rewards maximises those of the groups by their shares', async () => {
    const game = population(2, 4, 2);
    const reference = [0.4, 0.3, 0.2, 0.1];
    const params = { threshold: 0, payoff: 'reward' };
    const { answer: found } = await answer('mixture-of-judges', game, { reference, params });
    const rewards = tablesOf(game).map((table) => plainRewards(table, reference));
    const shares = game.groups.map(({ weight }) => weight);
    close(found.profile[0], tilted(reference, mixed(shares, rewards)), 1e-9);
  });
});

describe('reward-ensemble', () => {
  it('is ρ·exp(r/τ) of the smallest reward, or of the mean less the penalised variance, each zero at the reference', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 50 }), async (groups, seed) => {
        const game = population(groups, 4, seed);
        const reference = [0.4, 0.3, 0.2, 0.1];
        const shares = game.groups.map(({ weight }) => weight);
        const rewards = tablesOf(game).map((table) => {
          const own = plainRewards(table, reference);
          return own.map((reward) => reward - mean(reference, own));
        });
        const average = mixed(shares, rewards);
        const expected = {
          'worst-case': average.map((_, a) => Math.min(...rewards.map((row) => row[a]))),
          mean: average,
          'uncertainty-weighted': average.map((value, a) =>
            rewards.reduce((sum, row, g) => sum - 0.7 * shares[g] * (row[a] - value) ** 2, value),
          ),
        };
        for (const [aggregate, scores] of Object.entries(expected)) {
          const { answer: found } = await answer('reward-ensemble', game, {
            reference,
            params: { aggregate, penalty: 0.7 },
          });
          close(found.profile[0], tilted(reference, scores), 1e-8);
        }
      }),
      { numRuns: 8 },
    );
  });
});
