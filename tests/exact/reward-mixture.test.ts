import { describe, expect, it } from 'vitest';
import type { PairWins } from '../../src/exact/mixture-likelihood.ts';
import { rewardMixture } from '../../src/exact/reward-mixture.ts';
import { fitStrengths } from '../../src/exact/strengths.ts';
import { stream } from '../../src/random/streams.ts';

const items = 5;
const planted = [
  [2, 1, 0, -1, -2],
  [-1.5, 1.5, 0, -1, 1],
];

/** Annotators of two planted minds: so many comparisons each, of random pairs. */
function people(counts: readonly number[], comparisons: number, seed = 1) {
  const { uniform, integer } = stream(seed, 'planted minds');
  const minds = counts.flatMap((count, g) => new Array<number>(count).fill(g));
  const annotators = minds.map((mind): PairWins[] =>
    Array.from({ length: comparisons }, () => {
      const a = integer(items - 1);
      const b = a + 1 + integer(items - 1 - a);
      const won = uniform() < 1 / (1 + Math.exp(planted[mind][b] - planted[mind][a]));
      return { a, b, winsOfA: won ? 1 : 0, winsOfB: won ? 0 : 1 };
    }),
  );
  return { minds, annotators };
}

describe('groups of annotators learned by EM', () => {
  it.each([
    ['soft', false],
    ['hard', true],
  ])('%s: the objective never falls, round by round, whatever the start', (_, hard) => {
    for (const seed of [1, 2, 3, 4]) {
      const { annotators } = people([12, 8], 15, seed);
      for (const groups of [1, 2, 4]) {
        const { objective } = rewardMixture(annotators, items, { groups, seed, hard, restarts: 1 });
        for (let k = 1; k < objective.length; k++)
          expect(objective[k] - objective[k - 1]).toBeGreaterThanOrEqual(-1e-12 * Math.abs(objective[k]));
        if (groups > 1) expect(objective.length).toBeGreaterThan(2);
      }
    }
  });

  it('planted minds are found: who belongs where, the shares, and the rewards', () => {
    const { annotators, minds } = people([60, 40], 60);
    for (const hard of [false, true]) {
      const { weights, rewards, responsibilities } = rewardMixture(annotators, items, { groups: 2, seed: 0, hard });
      const right = responsibilities.filter((row, k) => row[minds[k]] > 0.5).length;
      expect(right).toBeGreaterThanOrEqual(98);
      expect(Math.abs(weights[0] - 0.6)).toBeLessThan(0.02);
      rewards.forEach((row, g) => {
        const mean = planted[g].reduce((sum, value) => sum + value, 0) / items;
        row.forEach((value, a) => {
          expect(Math.abs(value - (planted[g][a] - mean))).toBeLessThan(0.3);
        });
      });
    }
  });

  it('the log-likelihood is that of the mixture, written out; responsibilities are those of Bayes', () => {
    const { annotators } = people([6, 4], 3, 2);
    const { weights, rewards, responsibilities, logLikelihood } = rewardMixture(annotators, items, {
      groups: 2,
      seed: 5,
    });
    const joint = annotators.map((own) =>
      weights.map((weight, g) =>
        own.reduce((product, { a, b, winsOfA, winsOfB }) => {
          const p = 1 / (1 + Math.exp(rewards[g][b] - rewards[g][a]));
          return product * p ** winsOfA * (1 - p) ** winsOfB;
        }, weight),
      ),
    );
    const total = joint.reduce((sum, row) => sum + Math.log(row[0] + row[1]), 0);
    expect(Math.abs(logLikelihood - total)).toBeLessThan(1e-10);
    joint.forEach((row, k) => {
      expect(Math.abs(responsibilities[k][0] - row[0] / (row[0] + row[1]))).toBeLessThan(1e-10);
    });
    expect(responsibilities.some(([first]) => first > 0.05 && first < 0.95)).toBe(true);
    // Both halves of a round leave the answer where it is.
    weights.forEach((weight, g) => {
      const mass = responsibilities.reduce((sum, row) => sum + row[g], 0);
      expect(Math.abs(weight - mass / annotators.length)).toBeLessThan(1e-4);
      const wins = new Float64Array(items * items).fill(0.05);
      for (let a = 0; a < items; a++) wins[a * items + a] = 0;
      annotators.forEach((own, k) => {
        for (const { a, b, winsOfA, winsOfB } of own) {
          wins[a * items + b] += responsibilities[k][g] * winsOfA;
          wins[b * items + a] += responsibilities[k][g] * winsOfB;
        }
      });
      fitStrengths(items, wins).strengths.forEach((value, a) => {
        expect(Math.abs(value - rewards[g][a])).toBeLessThan(1e-3);
      });
    });
  });

  it('one group without a prior is the Bradley–Terry fit of all; ties of a prior pull towards 0', () => {
    const { annotators } = people([10, 10], 30);
    const wins = new Float64Array(items * items);
    for (const { a, b, winsOfA, winsOfB } of annotators.flat()) {
      wins[a * items + b] += winsOfA;
      wins[b * items + a] += winsOfB;
    }
    const { strengths } = fitStrengths(items, wins);
    const [plain] = rewardMixture(annotators, items, { groups: 1, seed: 0, prior: 0 }).rewards;
    plain.forEach((value, a) => {
      expect(Math.abs(value - strengths[a])).toBeLessThan(1e-12);
    });
    const [pulled] = rewardMixture(annotators, items, { groups: 1, seed: 0, prior: 50 }).rewards;
    const size = (row: ArrayLike<number>): number => Math.hypot(...Array.from(row));
    expect(size(pulled)).toBeLessThan(0.8 * size(plain));
  });

  it('depends on its seed alone, and other starts lead higher where the first ends low', () => {
    const { annotators } = people([8, 8], 10, 2);
    const climb = (restarts: number) => rewardMixture(annotators, items, { groups: 4, seed: 'x', restarts });
    expect(climb(3)).toEqual(climb(3));
    const [first, best] = [climb(1), climb(6)].map(({ objective }) => objective[objective.length - 1]);
    expect(best).toBeGreaterThan(first + 0.1);
  });

  it('refuses more groups than annotators, and rewards that are not finite', () => {
    const { annotators } = people([2, 1], 3);
    expect(() => rewardMixture(annotators, items, { groups: 4, seed: 0 })).toThrow(/4 groups of 3 annotators/);
    const sure: PairWins[][] = [[{ a: 0, b: 1, winsOfA: 3, winsOfB: 0 }]];
    expect(() => rewardMixture(sure, 2, { groups: 1, seed: 0, prior: 0 })).toThrow(/are not finite with a prior of 0/);
  });
});
