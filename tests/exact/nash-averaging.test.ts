import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { entropyOf } from '../../src/exact/largest-entropy.ts';
import { maximalLottery } from '../../src/exact/maximal-lottery.ts';
import { nashAveraging } from '../../src/exact/nash-averaging.ts';
import { stream } from '../../src/random/streams.ts';
import { doubles, reference, rows } from '../reference.ts';
import { referenceGame } from './reference-arrays.ts';

const marginGame = (id: string) => zeroSumGame(rows(referenceGame(id).payoffs[0]), { name: id });

function expectPolicy(policy: ArrayLike<number>, expected: readonly number[], digits = 13): void {
  expect(policy).toHaveLength(expected.length);
  expected.forEach((p, a) => {
    expect(policy[a]).toBeCloseTo(p, digits);
  });
}

/** Margins among n agents, whole numbers from −2 to 2: ties and several equilibria are common. */
function randomMargins(trial: number, n: number): number[][] {
  const { integer } = stream('margins', trial);
  const margins = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      margins[a][b] = integer(5) - 2;
      margins[b][a] = -margins[a][b] + 0;
    }
  return margins;
}

/** The same with agent `which` once more at the end. */
function withCopy(margins: readonly (readonly number[])[], which: number): number[][] {
  const longer = margins.map((row) => [...row, row[which]]);
  return [...longer, [...longer[which]]];
}

describe('Nash averaging', () => {
  it.each(['nash_avg_eps_0', 'nash_avg_eps_1_2', 'nash_avg_eps_3_4'])(
    '%s: the published equilibrium of largest entropy',
    async (id) => {
      const entry = referenceGame<{ max_entropy_nash: (string | number)[] }>(id);
      const { profile, regret } = await nashAveraging(marginGame(id));
      for (const policy of profile) expectPolicy(policy, doubles(entry.max_entropy_nash));
      expect(regret).toBeLessThanOrEqual(1e-15);
    },
  );

  it('nash_avg_transitive: the published ratings', async () => {
    const { nash_average: expected } = referenceGame<{ nash_average: number[] }>('nash_avg_transitive');
    expectPolicy((await nashAveraging(marginGame('nash_avg_transitive'))).ratings[0], expected);
  });

  it('nash_avg_avt_game1, agents against tasks: the best agent, every task alike', async () => {
    const { profile, ratings } = await nashAveraging(marginGame('nash_avg_avt_game1'));
    expectPolicy(profile[0], [0, 0, 0, 1]);
    expectPolicy(profile[1], [1 / 3, 1 / 3, 1 / 3]);
    expectPolicy(ratings[0], [0, 1 / 3, 2 / 3, 1]);
  });

  it('rpsw: uniform, the member of largest entropy that the reference names', async () => {
    for (const policy of (await nashAveraging(marginGame('rpsw'))).profile)
      expectPolicy(policy, [0.25, 0.25, 0.25, 0.25]);
  });

  it('nashpy_issue39: the best of a segment of equilibria, found by trying', async () => {
    const [from, to] = [
      [1 / 2, 0, 1 / 2, 0],
      [1 / 3, 1 / 3, 0, 1 / 3],
    ];
    const at = (share: number) => Float64Array.from(from, (p, a) => (1 - share) * p + share * to[a]);
    const shares = Array.from({ length: 100_001 }, (_, k) => k / 100_000);
    const best = shares.reduce((top, share) => (entropyOf(at(share)) > entropyOf(at(top)) ? share : top));
    const { profile, entropy, entropyBound } = await nashAveraging(marginGame('nashpy_issue39'));
    expectPolicy(profile[0], [...at(best)], 5);
    expect(entropy[0]).toBeGreaterThanOrEqual(entropyOf(at(best)));
    expect(entropyBound[0] - entropy[0]).toBeLessThanOrEqual(1e-14);
  });

  it.each(
    reference.games
      .filter(({ kind, value_row: value }) => kind === 'zero_sum' && value !== undefined)
      .map((e) => [e.id]),
  )('%s: an equilibrium, with a proven entropy', async (id) => {
    const game = marginGame(id);
    const { regret, entropy, entropyBound } = await nashAveraging(game);
    expect(regret).toBeLessThanOrEqual(1e-14 * Math.max(1, game.payoffSpan));
    entropy.forEach((value, role) => {
      expect(Math.abs(entropyBound[role] - value)).toBeLessThanOrEqual(1e-12);
    });
  });

  it.each(Array.from({ length: 30 }, (_, trial) => trial))(
    'a copy of an agent changes nothing: random margins %i',
    async (trial) => {
      const n = 2 + (trial % 5);
      const margins = randomMargins(trial, n);
      const which = trial % n;
      const alone = await nashAveraging(zeroSumGame(margins));
      const copied = await nashAveraging(zeroSumGame(withCopy(margins, which)));
      // What agents that are equal against everyone have together.
      const shares = (policy: Float64Array, agents: number[]) => agents.reduce((sum, a) => sum + policy[a], 0);
      const equals = (rows: number[][], agent: number) =>
        rows.flatMap((row, a) => (row.join() === rows[agent].join() ? [a] : []));
      const copies = withCopy(margins, which);
      expectPolicy(
        margins.map((_, agent) => shares(copied.profile[0], equals(copies, agent))),
        margins.map((_, agent) => shares(alone.profile[0], equals(margins, agent))),
        10,
      );
      expectPolicy([...copied.ratings[0].subarray(0, n)], [...alone.ratings[0]], 10);
      expect(copied.ratings[0][n]).toBe(copied.ratings[0][which]);
    },
  );

  it('counted copies move the ratings where the equilibrium is not unique', async () => {
    // Agents 1 and 2 tie and may be mixed at will; how much better each is than agent 3 differs.
    const margins = [
      [0, 0, 1],
      [0, 0, 2],
      [-1, -2, 0],
    ];
    const counted = { duplicates: 'counted' } as const;
    const ratingOf = async (rows: number[][], options = {}) =>
      (await nashAveraging(zeroSumGame(rows), options)).ratings[0][2];
    expect(await ratingOf(margins, counted)).toBeCloseTo(-3 / 2, 13);
    expect(await ratingOf(withCopy(margins, 0), counted)).toBeCloseTo(-4 / 3, 13);
    expect(await ratingOf(withCopy(margins, 0))).toBeCloseTo(-3 / 2, 13);
  });

  it('a preference game is averaged by its margins, its ratings are probabilities', async () => {
    const game = preferenceGame([
      [0.5, 0.4, 0.9],
      [0.6, 0.5, 0.3],
      [0.1, 0.7, 0.5],
    ]);
    const { profile, ratings } = await nashAveraging(game);
    expect(profile).toHaveLength(1);
    expectPolicy(profile[0], [2 / 7, 4 / 7, 1 / 7]);
    expectPolicy(ratings[0], [0.5, 0.5, 0.5]);
  });

  it('refuses general-sum games and too many agents', async () => {
    const general = bimatrixGame(
      [
        [3, 0],
        [5, 1],
      ],
      [
        [3, 5],
        [0, 1],
      ],
    );
    await expect(nashAveraging(general)).rejects.toThrow(/general-sum/);
    const many = Array.from({ length: 1001 }, () => new Array<number>(1001).fill(0));
    await expect(nashAveraging(zeroSumGame(many))).rejects.toThrow(/1001 actions; expected at most 1000/);
  });
});

describe('nearly equal agents', () => {
  it('are averaged where the linear program fails in its usual scaling', async () => {
    // Margins above the diagonal, in billionths: at these HiGHS gives up unless it leaves rows and columns as they are.
    const above = [
      [-1508691, -922490, 737470, -320701, 180046, -77592, -21151],
      [-965330, 252640, -24156, 46671, -62814, 10540],
      [-317390, 190429, -86664, 11239, 19978],
      [-41896, 7336, 17711, -8694],
      [7038, -12110, 2579],
      [5096, -1912],
      [1423],
    ];
    const preferences = Array.from({ length: 8 }, (_, a) =>
      Array.from({ length: 8 }, (__, b) => {
        const margin = a === b ? 0 : a < b ? above[a][b - a - 1] : -above[b][a - b - 1];
        return (1e9 + 2 * margin) / 2e9;
      }),
    );
    const { regret, profile } = await nashAveraging(preferenceGame(preferences));
    expect(regret).toBeLessThan(1e-12);
    expect(profile[0].filter((p) => p > 1e-9).length).toBeGreaterThan(1);
  });
});

describe('maximal lotteries', () => {
  it('ml_5cand_smith3: C1 and C2 as published', async () => {
    const entry = referenceGame<{ c1_lottery: (string | number)[] }>('ml_5cand_smith3');
    expectPolicy(
      (await maximalLottery(marginGame('ml_5cand_smith3'), { margins: 'C1' })).lottery,
      doubles(entry.c1_lottery),
    );
    const [published] = rows(entry.equilibria[0].profile);
    const { lottery, ahead, regret } = await maximalLottery(marginGame('ml_5cand_smith3'));
    expectPolicy(lottery, published);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1e-14);
    expect(regret).toBeLessThanOrEqual(1e-14);
  });

  it.each(['vase_condorcet_winner', 'vase_condorcet_cycle'])('%s: C1 and C2 as published', async (id) => {
    const [published] = rows(referenceGame(id).equilibria[0].profile);
    for (const margins of ['C1', 'C2'] as const)
      expectPolicy((await maximalLottery(marginGame(id), { margins })).lottery, published);
  });

  it('C1 sees only who wins, C2 by how much', async () => {
    const preferences = (by: number) =>
      preferenceGame([
        [0.5, 0.5 + by, 0.25],
        [0.5 - by, 0.5, 0.75],
        [0.75, 0.25, 0.5],
      ]);
    const lotteryOf = async (by: number, margins: 'C1' | 'C2') =>
      (await maximalLottery(preferences(by), { margins })).lottery;
    expectPolicy(await lotteryOf(0.125, 'C1'), [1 / 3, 1 / 3, 1 / 3]);
    expectPolicy(await lotteryOf(0.25, 'C2'), [1 / 3, 1 / 3, 1 / 3]);
    // By Pfaffians: weight of an action is the margin of the pair it is not in; 0.5, 0.5 and 0.25.
    expectPolicy(await lotteryOf(0.125, 'C2'), [0.4, 0.4, 0.2]);
  });

  it('are refused where payoffs are no margins', async () => {
    await expect(maximalLottery(zeroSumGame([[1, 2]]))).rejects.toThrow(/no margins; expected a preference game/);
  });
});
