import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { preferenceGame } from '../../games/preference.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { type CorrelatedObjective, correlatedEquilibrium } from '../../src/exact/correlated.ts';
import { coarseCorrelatedGap, correlatedGap, productDistribution } from '../../src/exact/deviation-gains.ts';
import { entropyOf } from '../../src/exact/largest-entropy.ts';
import { type PayoffArrays, payoffArrays, spansOf } from '../../src/exact/payoff-arrays.ts';
import { double, reference, rows } from '../reference.ts';
import { randomGame, randomJoint } from './random-game.ts';
import { arraysOf, referenceGame } from './reference-arrays.ts';

const objectives: readonly CorrelatedObjective[] = ['welfare', 'egalitarian', 'entropy', { player: 0 }];

/** Joint actions in row-major order, by counting. */
function jointsOf(actions: readonly number[]): number[][] {
  return actions.reduce<number[][]>(
    (found, count) => found.flatMap((joint) => Array.from({ length: count }, (_, a) => [...joint, a])),
    [[]],
  );
}

/** The best of all plans of a player, each tried: `plans` lists functions from what is told to what is played. */
function bestPlan(
  game: PayoffArrays,
  joint: Float64Array,
  player: number,
  plans: readonly (readonly number[])[],
): number {
  const joints = jointsOf(game.actions);
  const payoff = (actions: readonly number[]): number =>
    game.payoffs[player][joints.findIndex((one) => one.every((a, i) => a === actions[i]))];
  const gains = plans.map((plan) =>
    joints.reduce((sum, actions, s) => {
      const deviated = actions.map((a, i) => (i === player ? plan[a] : a));
      return sum + joint[s] * (payoff(deviated) - payoff(actions));
    }, 0),
  );
  return Math.max(...gains);
}

const span = (game: PayoffArrays): number => Math.max(...spansOf(game), Number.MIN_VALUE);

describe('gains from deviation plans', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('are those of the best plan among all, each tried: random game %i', (trial) => {
    const game = randomGame('plans', trial);
    const joint = randomJoint('plans joint', trial, game);
    const [correlated, coarse] = [correlatedGap(game, joint), coarseCorrelatedGap(game, joint)];
    for (const [player, count] of game.actions.entries()) {
      const all = jointsOf(Array.from({ length: count }, () => count));
      const same = all.filter((plan) => new Set(plan).size === 1);
      const follow = Array.from({ length: count }, (_, a) => a);
      expect(correlated.gains[player] / span(game)).toBeCloseTo(bestPlan(game, joint, player, all) / span(game), 12);
      const best = bestPlan(game, joint, player, [...same, follow]);
      expect(coarse.gains[player] / span(game)).toBeCloseTo(best / span(game), 12);
    }
    expect(correlated.gap).toBe(Math.max(...correlated.gains));
    expect(coarse.gap).toBeLessThanOrEqual(correlated.gap + 1e-12 * span(game));
  });

  it.each(reference.games.map((entry) => [entry.id, entry] as const))(
    'vanish at every Nash equilibrium of %s',
    (_, entry) => {
      const game = arraysOf(entry);
      for (const { profile } of entry.equilibria) {
        const joint = productDistribution(rows(profile));
        expect(correlatedGap(game, joint).gap).toBeLessThanOrEqual(1e-14 * span(game));
        expect(coarseCorrelatedGap(game, joint).gap).toBeLessThanOrEqual(1e-14 * span(game));
      }
    },
  );

  it('tell a coarse equilibrium from a correlated one', () => {
    // Moulin and Vial's point: rock, paper, scissors without ties, where all payoffs of a tie are bad.
    const game = payoffArrays(
      bimatrixGame(
        [
          [-3, 0, 1],
          [1, -3, 0],
          [0, 1, -3],
        ],
        [
          [-3, 1, 0],
          [0, -3, 1],
          [1, 0, -3],
        ],
      ),
    );
    const offDiagonal = Float64Array.from({ length: 9 }, (_, k) => (k % 4 === 0 ? 0 : 1 / 6));
    expect(coarseCorrelatedGap(game, offDiagonal).gap).toBe(0);
    expect(correlatedGap(game, Float64Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0)).gains[0]).toBe(1);
  });

  it('are refused for what is no distribution of the game', () => {
    const game = arraysOf(referenceGame('chicken_dare'));
    expect(() => correlatedGap(game, [0.5, 0.5])).toThrow(/2 entries.*4 probabilities.*2 × 2/);
    expect(() => correlatedGap(game, [0.5, 0.5, 0.5, 0])).toThrow(/sum 1\.5/);
    expect(() => coarseCorrelatedGap(game, [1.5, -0.5, 0, 0])).toThrow(/probabilities ≥ 0/);
    const short = { actions: [2, 2], payoffs: [new Float64Array(4), new Float64Array(3)] };
    expect(() => correlatedGap(short, [1, 0, 0, 0])).toThrow(/3 payoffs, at payoffs\[1\]; expected 4/);
    const broken = { actions: [2, 2], payoffs: [Float64Array.of(0, 1, Number.NaN, 2), new Float64Array(4)] };
    expect(() => correlatedGap(broken, [1, 0, 0, 0])).toThrow(/payoffs\[0\], joint action \(1, 0\)/);
  });
});

describe('correlated equilibria', () => {
  it('of chicken: the published one of largest welfare, and the uniform one of largest entropy', async () => {
    const entry = referenceGame<{ correlated_equilibria: { distribution: (string | number)[][]; welfare: string }[] }>(
      'chicken_dare',
    );
    const [published] = entry.correlated_equilibria;
    const game = arraysOf(entry);
    const best = await correlatedEquilibrium(game);
    rows(published.distribution)
      .flat()
      .forEach((p, s) => {
        expect(best.joint[s]).toBeCloseTo(p, 14);
      });
    expect(best.value).toBeCloseTo(double(published.welfare), 13);
    // Every incentive constraint holds with equality at the uniform distribution, which is the mixed equilibrium.
    const { joint } = await correlatedEquilibrium(game, { objective: 'entropy' });
    for (const p of joint) expect(p).toBeCloseTo(0.25, 14);
    const forPlayer = await correlatedEquilibrium(game, { objective: { player: 1 } });
    expect(forPlayer.payoffs[1]).toBeCloseTo(4, 12);
  });

  it.each(reference.games.map((entry) => [entry.id, entry] as const))(
    'of %s: gains of 0 and a proven objective, for every objective and kind',
    async (_, entry) => {
      const game = arraysOf(entry);
      const nash = entry.equilibria.map(({ profile }) => productDistribution(rows(profile)));
      for (const objective of objectives) {
        const [correlated, coarse] = await Promise.all(
          [false, true].map((kind) => correlatedEquilibrium(game, { objective, coarse: kind })),
        );
        const unit = objective === 'entropy' ? 1 : span(game);
        for (const { gains, bound, value, joint } of [correlated, coarse]) {
          expect(gains.gap).toBeLessThanOrEqual(1e-13 * span(game));
          expect(Math.abs(bound - value)).toBeLessThanOrEqual(1e-12 * unit);
          expect(joint.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 13);
          expect(joint.every((p) => p >= 0)).toBe(true);
        }
        expect(coarse.value).toBeGreaterThanOrEqual(correlated.value - 1e-12 * unit);
        if (objective !== 'entropy') continue;
        for (const joint of nash) expect(correlated.bound).toBeGreaterThanOrEqual(entropyOf(joint) - 1e-12);
      }
    },
  );

  it.each(Array.from({ length: 40 }, (_, trial) => trial))('of random games of 2 to 4 players: %i', async (trial) => {
    const game = randomGame('correlated', trial);
    for (const objective of objectives)
      for (const coarse of [false, true]) {
        const { gains, bound, value, joint, payoffs } = await correlatedEquilibrium(game, { objective, coarse });
        const unit = objective === 'entropy' ? 1 : span(game) * game.actions.length;
        expect(gains.gap).toBeLessThanOrEqual(1e-12 * span(game));
        expect(Math.abs(bound - value)).toBeLessThanOrEqual(1e-12 * unit);
        const plain = game.payoffs.map((u) => u.reduce((sum, payoff, s) => sum + payoff * joint[s], 0));
        expect(payoffs).toEqual(plain);
        if (objective === 'egalitarian') expect(value).toBe(Math.min(...plain));
        if (objective === 'entropy')
          expect(value).toBeCloseTo(-joint.reduce((sum, p) => (p > 0 ? sum + p * Math.log(p) : sum), 0), 13);
      }
  });

  it('a coarse equilibrium may be better than every correlated one', async () => {
    const row = [
      [2, 0, 0],
      [2, 0, 2],
      [1, 0, 0],
    ];
    const column = [
      [0, 0, 1],
      [0, 1, 0],
      [2, 1, 1],
    ];
    const game = payoffArrays(bimatrixGame(row, column));
    // By hand: half (1, 1) and half (2, 2) earns the row player 1 and the column player ½, as much as any action always played.
    const joint = [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0];
    expect(coarseCorrelatedGap(game, joint).gap).toBe(0);
    const coarse = await correlatedEquilibrium(game, { coarse: true });
    expect(coarse.value).toBeCloseTo(1.5, 13);
    const correlated = await correlatedEquilibrium(game);
    expect(correlated.value).toBeCloseTo(1, 13);
    expect(correlated.bound).toBeCloseTo(1, 13);
  });

  it('the largest entropy is above that of any other equilibrium', async () => {
    const game = arraysOf(referenceGame('vonstengel_6x6_75eq_small'));
    const { value, joint: most } = await correlatedEquilibrium(game, { objective: 'entropy' });
    for (const trial of [0, 1, 2, 3]) {
      const { joint } = await correlatedEquilibrium(game, { objective: { values: randomJoint('aims', trial, game) } });
      for (const share of [0.001, 0.1, 1]) {
        const mixed = most.map((p, s) => (1 - share) * p + share * joint[s]);
        expect(correlatedGap(game, mixed).gap).toBeLessThanOrEqual(1e-12 * span(game));
        expect(entropyOf(mixed)).toBeLessThan(value);
      }
    }
  });

  it('refuse what does not fit, and what is too large', async () => {
    const game = arraysOf(referenceGame('chicken_dare'));
    const wrong = (objective: CorrelatedObjective) => correlatedEquilibrium(game, { objective });
    await expect(wrong({ player: 2 })).rejects.toThrow(/player 2.*from 0 to 1/);
    await expect(wrong({ values: [1, 2] })).rejects.toThrow(/2 values.*4 finite numbers/);
    const square = (n: number) => ({ actions: [n, n], payoffs: [new Float64Array(n * n), new Float64Array(n * n)] });
    await expect(correlatedEquilibrium(square(160))).rejects.toThrow(/160 × 160 actions.*8140800 incentives/);
    await expect(correlatedEquilibrium(square(30), { objective: 'entropy' })).rejects.toThrow(/1740 constraints/);
  });

  it('payoff arrays seat the players of a symmetric game, of one with roles, and of more than two', () => {
    const { actions, payoffs } = payoffArrays(bimatrixGame([[1, 2, 3]], [[4, 5, 6]]));
    expect([actions, ...payoffs.map((u) => [...u])]).toEqual([
      [1, 3],
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const entry = referenceGame('qe_anticoord_3p_v2');
    const three = readGameDocument(
      { kind: 'normal-form', players: 3, actions: entry.actions, payoffs: entry.payoffs },
      entry.id,
    );
    expect(payoffArrays(three)).toEqual(arraysOf(entry));
    const preference = payoffArrays(
      preferenceGame([
        [0.5, 0.25],
        [0.75, 0.5],
      ]),
    );
    expect(preference.payoffs.map((u) => [...u])).toEqual([
      [0.5, 0.25, 0.75, 0.5],
      [0.5, 0.75, 0.25, 0.5],
    ]);
  });
});
