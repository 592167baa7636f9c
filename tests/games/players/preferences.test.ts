import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePreferences } from '../../../games/complete.ts';
import { annotatorsGame } from '../../../games/players/annotators.ts';
import { heterogeneousGame } from '../../../games/players/heterogeneous.ts';
import type { PlayersGame } from '../../../games/players/players-game.ts';
import { type PolymatrixEdge, polymatrixGame } from '../../../games/players/polymatrix.ts';
import { polymatrixPreferenceGame } from '../../../games/players/polymatrix-preference.ts';
import { preferenceGame } from '../../../games/preference.ts';
import { rowsOf } from '../../../games/rows.ts';
import { stream } from '../../../src/random/streams.ts';
import { gameOf, reference } from '../../reference.ts';
import { bruteForce, type PurePayoff, payoffsOfSeats, policyOf, purePayoffs, seatedPolicies } from './brute-force.ts';

type Rows = number[][];

function randomPreferences(uniform: () => number, actions: number): Rows {
  return completePreferences(actions, uniform);
}

function average(judge: (seat: number) => Rows): PurePayoff {
  return (seat, joint) =>
    joint.reduce((sum, other, j) => sum + (j === seat ? 0 : judge(seat)[joint[seat]][other]), 0) / (joint.length - 1);
}

/** Payoffs against the sum over joint actions; span and constant sum against all pure payoffs. */
function checkAgainst(game: PlayersGame, pure: PurePayoff, uniform: () => number): void {
  const actions = game.roleOf.map((role) => game.actions[role]);
  const policies = seatedPolicies(uniform, actions);
  for (const seats of payoffsOfSeats(game, policies))
    for (const [seat, payoffs] of seats.entries())
      for (const [a, exact] of bruteForce(pure, seat, policies).entries())
        expect(Math.abs(payoffs[a] - exact)).toBeLessThanOrEqual(1e-13 * (1 + game.payoffSpan));
  const values = actions.map((_, seat) => purePayoffs(pure, seat, actions));
  const span = Math.max(...values.map((own) => Math.max(...own) - Math.min(...own)));
  expect(Math.abs(game.payoffSpan - span)).toBeLessThanOrEqual(1e-13 * (1 + span));
  const sums: number[] = [];
  const visit = (joint: number[]): void => {
    if (joint.length < actions.length) {
      for (let a = 0; a < actions[joint.length]; a++) visit([...joint, a]);
      return;
    }
    sums.push(actions.reduce((sum, _, seat) => sum + pure(seat, joint), 0));
  };
  visit([]);
  const constant = Math.max(...sums) - Math.min(...sums) <= 1e-12;
  expect(game.sum).toBe(constant ? 'constant' : 'general');
}

const shapes = [fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer()] as const;

describe('average pairwise preference', () => {
  test('is the sum over all joint actions; its span is exact and its sum constant', () => {
    fc.assert(
      fc.property(...shapes, (players, actions, seed) => {
        const { uniform } = stream(seed, 'pairwise');
        const rows = randomPreferences(uniform, actions);
        const game = polymatrixPreferenceGame(preferenceGame(rows), players, { roles: 'own' });
        checkAgainst(
          game,
          average(() => rows),
          uniform,
        );
        expect(game.sum).toBe('constant');
      }),
      { numRuns: 40 },
    );
  });

  test('of players who share a policy is the two-player payoff, bit for bit', () => {
    const { uniform } = stream('test', 'bits');
    const preferences = preferenceGame(randomPreferences(uniform, 9));
    const policy = policyOf(uniform, 9);
    const [[two]] = payoffsOfSeats(preferences, [policy, policy]);
    for (const players of [2, 3, 7])
      for (const seats of payoffsOfSeats(
        polymatrixPreferenceGame(preferences, players),
        new Array<number[]>(players).fill(policy),
      ))
        expect(seats).toEqual(new Array<number[]>(players).fill(two));
  });

  test('is the game of the reference file, whose equilibrium is the two-player one', () => {
    const entry = reference.games.find(({ id }) => id === 'pref_cycle_2_4_8_n3') as (typeof reference.games)[number];
    const pair = gameOf(reference.games.find(({ id }) => id === 'pref_cycle_2_4_8_n2') as typeof entry);
    const game = polymatrixPreferenceGame(pair as never, 3, { roles: 'own' });
    const tensors = entry.payoffs as unknown as (number | string)[][][][];
    const value = (written: number | string): number => {
      const [top, bottom = '1'] = String(written).split('/');
      return Number(top) / Number(bottom);
    };
    const pure: PurePayoff = (seat, [a, b, c]) => value(tensors[seat][a][b][c]);
    checkAgainst(game, pure, stream('test', 'reference').uniform);
    const equilibrium = [2 / 7, 4 / 7, 1 / 7];
    for (const payoffs of payoffsOfSeats(game, [equilibrium, equilibrium, equilibrium])[0])
      for (const payoff of payoffs) expect(Math.abs(payoff - 0.5)).toBeLessThanOrEqual(1e-15);
  });
});

describe('a judge for each player', () => {
  test('is the sum over all joint actions; the sum is constant for equal judges only', () => {
    fc.assert(
      fc.property(...shapes, fc.boolean(), (players, actions, seed, equal) => {
        const { uniform } = stream(seed, 'judges');
        const first = randomPreferences(uniform, actions);
        const judges = Array.from({ length: players }, () => (equal ? first : randomPreferences(uniform, actions)));
        const game = heterogeneousGame(judges.map((rows) => preferenceGame(rows)));
        checkAgainst(
          game,
          average((seat) => judges[seat]),
          uniform,
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('players on a graph', () => {
  test('receive the sum over their edges; span and sum are exact, also where only all edges together are zero-sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.integer(),
        (players, kind, seed) => {
          const { uniform } = stream(seed, 'graph');
          const counts = Array.from({ length: players }, () => 1 + Math.floor(3 * uniform()));
          // Potentials that travel around the circle cancel in the sum over all edges, and on no edge alone.
          const potential = counts.map((count) => Array.from({ length: count }, uniform));
          const edges: PolymatrixEdge[] = [];
          for (let i = 0; i < players; i++)
            for (let j = i + 1; j < players; j++) {
              const draw = (f: (a: number, b: number) => number): Rows =>
                Array.from({ length: counts[i] }, (_, a) => Array.from({ length: counts[j] }, (__, b) => f(a, b)));
              const own = draw(uniform);
              const shift = (a: number, b: number): number =>
                (j === i + 1 ? potential[i][a] - potential[j][b] : 0) +
                (i === 0 && j === players - 1 ? potential[j][b] - potential[i][a] : 0);
              const other = kind === 0 ? draw(uniform) : draw((a, b) => 0 - own[a][b] + (kind === 2 ? shift(a, b) : 0));
              edges.push({ players: [i, j], payoffs: [own, other] });
            }
          const pure: PurePayoff = (seat, joint) =>
            edges.reduce((sum, { players: [i, j], payoffs }) => {
              if (seat !== i && seat !== j) return sum;
              return sum + payoffs[seat === i ? 0 : 1][joint[i]][joint[j]];
            }, 0);
          const game = polymatrixGame(edges, players);
          checkAgainst(game, pure, uniform);
          if (kind > 0) expect(game.sum).toBe('constant');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a population of annotators', () => {
  const certain = [
    [0.5, 1],
    [0, 0.5],
  ];
  const opposed = [
    [0.5, 0],
    [1, 0.5],
  ];

  test('is the game of the pooled preferences, with its groups beside it', () => {
    const game = annotatorsGame([preferenceGame(certain), preferenceGame(opposed)], [30, 10], {
      groups: ['many', 'few'],
    });
    expect(game.kind).toBe('preference');
    expect(rowsOf(game.matrices[0])).toEqual([
      [0.5, 0.75],
      [0.25, 0.5],
    ]);
    expect(game.groups.map(({ name, weight }) => [name, weight])).toEqual([
      ['many', 0.75],
      ['few', 0.25],
    ]);
    expect(rowsOf(game.groups[1].matrix)).toEqual(opposed);
    expect(game.payoffSpan).toBe(0.5);
  });

  test('of shares takes them as they are, bit for bit', () => {
    const shares = [0.1, 0.2, 0.7000000000004];
    const games = [certain, opposed, certain].map((rows) => preferenceGame(rows));
    const weights = annotatorsGame(games, shares).groups.map(({ weight }) => weight);
    expect(weights).toEqual(shares);
    expect(
      rowsOf(annotatorsGame(games, shares).matrices[0])
        .flat()
        .every((p) => p >= 0 && p <= 1),
    ).toBe(true);
  });
});
