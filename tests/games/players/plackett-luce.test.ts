import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import { choiceNodes, choiceStep } from '../../../games/players/choice-nodes.ts';
import { joinOthers, power } from '../../../games/players/everyone-else.ts';
import { plackettLuceGame } from '../../../games/players/plackett-luce.ts';
import { cpuBackend, hostValues } from '../../../src/numerics/cpu/backend.ts';
import { stream } from '../../../src/random/streams.ts';
import { withMatrix } from '../../with-matrix.ts';
import { thrown } from '../thrown.ts';
import { bruteForce, type PurePayoff, payoffsOfSeats, policyOf, purePayoffs, seatedPolicies } from './brute-force.ts';

function chosen(scores: ArrayLike<number>): PurePayoff {
  return (seat, joint) => 1 / joint.reduce((sum, action) => sum + Math.exp(scores[action] - scores[joint[seat]]), 0);
}

function normals(count: number, ...names: string[]): Float64Array {
  return Float64Array.from({ length: count }, stream('test', ...names).normal);
}

describe('the probability of being chosen', () => {
  test('is the sum over all joint actions, to 1e-12 of itself, for any scores and policies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(0, 1, 6, 40),
        fc.integer(),
        (players, actions, range, seed) => {
          const { uniform } = stream(seed, 'choice');
          const scores = Float64Array.from({ length: actions }, () => 3 + range * uniform());
          const policies = seatedPolicies(uniform, new Array<number>(players).fill(actions));
          for (const seats of payoffsOfSeats(plackettLuceGame(scores, players, { roles: 'own' }), policies))
            for (const [seat, payoffs] of seats.entries())
              for (const [a, exact] of bruteForce(chosen(scores), seat, policies).entries())
                expect(Math.abs(payoffs[a] / exact - 1)).toBeLessThanOrEqual(1e-12);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of two players is Bradley–Terry to 1e-13, with the scores of the family of that name', () => {
    const game = catalogueGame('plackett-luce:players=2,n=50,seed=3');
    const [{ values }] = withMatrix(catalogueGame('bradley-terry:n=50,seed=3')).matrices;
    for (let b = 0; b < 50; b++) {
      const certain = Array.from({ length: 50 }, (_, k) => (k === b ? 1 : 0));
      const [[payoffs]] = payoffsOfSeats(game, [certain, certain]);
      for (let a = 0; a < 50; a++) expect(Math.abs(payoffs[a] - values[a * 50 + b])).toBeLessThanOrEqual(1e-13);
    }
  });

  test('adds up to 1 over a thousand players with policies of their own', () => {
    const { uniform } = stream('test', 'many');
    const game = plackettLuceGame(normals(40, 'many'), 1000, { roles: 'own' });
    const policies = Array.from({ length: 1000 }, () => policyOf(uniform, 40));
    const { ops } = cpuBackend();
    const { payoffs, everyone } = game.place(ops);
    const tensors = policies.map((policy) => ops.tensor(policy, [1, 40]));
    const seats = everyone?.(tensors) ?? [];
    const total = seats.reduce(
      (sum, tensor, i) => sum + hostValues(tensor).reduce((s, u, a) => s + u * policies[i][a], 0),
      0,
    );
    expect(Math.abs(total - 1)).toBeLessThanOrEqual(1e-12);
    hostValues(payoffs(999, tensors)).forEach((value, a) => {
      expect(Math.abs(value / hostValues(seats[999])[a] - 1)).toBeLessThanOrEqual(1e-12);
    });
  });

  test('agrees with sampled choices among a hundred players', () => {
    const [players, actions, draws] = [100, 5, 20_000];
    const { uniform } = stream('test', 'sampled');
    const scores = normals(actions, 'sampled').map((score) => 2 * score);
    const policies = Array.from({ length: players }, () => policyOf(uniform, actions));
    const [seats] = payoffsOfSeats(plackettLuceGame(scores, players, { roles: 'own' }), policies);
    const draw = (policy: readonly number[]): number => {
      let rest = uniform();
      return Math.max(
        0,
        policy.findIndex((p) => {
          rest -= p;
          return rest < 0;
        }),
      );
    };
    const samples = Array.from({ length: draws }, () => {
      let others = 0;
      for (let j = 1; j < players; j++) others += Math.exp(scores[draw(policies[j])]);
      return others;
    });
    for (let a = 0; a < actions; a++) {
      const own = Math.exp(scores[a]);
      const shares = samples.map((others) => own / (own + others));
      const mean = shares.reduce((sum, x) => sum + x, 0) / draws;
      const variance = shares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws;
      expect(Math.abs(seats[0][a] - mean)).toBeLessThanOrEqual(5 * Math.sqrt(variance / draws));
    }
  });

  test('of alike players is one of all, and that of equal policies of their own', () => {
    const game = plackettLuceGame(normals(7, 'alike'), 12);
    const policy = policyOf(stream('test', 'alike').uniform, 7);
    const [own] = payoffsOfSeats(
      game,
      Array.from({ length: 12 }, () => [...policy]),
    );
    for (const seats of payoffsOfSeats(game, new Array<number[]>(12).fill(policy)))
      for (const payoffs of seats)
        payoffs.forEach((value, a) => {
          expect(Math.abs(value / own[0][a] - 1)).toBeLessThanOrEqual(1e-13);
        });
  });

  test('neither overflows nor loses itself where scores lie a thousand apart', () => {
    const scores = Float64Array.of(-500, 0, 500);
    const [seats, all] = payoffsOfSeats(plackettLuceGame(scores, 3, { roles: 'own' }), [
      [0.2, 0.3, 0.5],
      [0.5, 0.25, 0.25],
      [0.1, 0.1, 0.8],
    ]);
    for (const payoffs of [seats[0], all[0]]) {
      expect(payoffs[0]).toBeCloseTo((0.5 * 0.1) / 3, 14);
      expect(payoffs[2]).toBeCloseTo(0.75 * 0.2 + (0.25 * 0.2 + 0.75 * 0.8) / 2 + (0.25 * 0.8) / 3, 14);
    }
  });

  test('has exactly the span it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer(), (players, n, seed) => {
        const scores = normals(n, 'span', String(seed));
        const values = purePayoffs(chosen(scores), 0, new Array<number>(players).fill(n));
        const span = Math.max(...values) - Math.min(...values);
        expect(Math.abs(plackettLuceGame(scores, players).payoffSpan - span)).toBeLessThanOrEqual(1e-14);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the nodes of the rule', () => {
  test('leave out what the proof allows: the bound of the step, and both ends', () => {
    const delta = 2 ** -54;
    const a = Math.PI / 2 - choiceStep / (2 * Math.PI);
    expect(2 / (Math.cos(a) * Math.expm1((2 * Math.PI * a) / choiceStep))).toBeLessThan(0.68 * delta);
    for (const players of [2, 30, 1e6])
      for (const spread of [0, 5, 300]) {
        const { first, last } = choiceNodes(spread, players);
        expect(players * Math.exp(first * choiceStep)).toBeLessThanOrEqual(delta * (1 + 1e-12));
        const left = players * Math.exp(last * choiceStep - spread) - spread;
        expect(left).toBeGreaterThanOrEqual(-Math.log(delta) - 1e-9);
        expect(last - first + 1).toBeLessThanOrEqual((42 + Math.log1p(spread / 37) + spread) / choiceStep + 2);
      }
  });

  test('are as many for a thousand players as for two', () => {
    const count = (players: number) => {
      const { first, last } = choiceNodes(6, players);
      return last - first + 1;
    };
    expect(Math.abs(count(1000) - count(2))).toBeLessThanOrEqual(2);
    expect(count(2)).toBeLessThan(215);
  });
});

describe('everyone else', () => {
  test('is joined without the item itself, in order', () => {
    const join = (a: string, b: string) => a + b;
    expect(joinOthers(['a', 'b', 'c', 'd'], join)).toEqual(['bcd', 'acd', 'abd', 'abc']);
    expect(joinOthers(['a', 'b'], join)).toEqual(['b', 'a']);
    expect(joinOthers(['a'], join)).toEqual([undefined]);
  });

  test('powers are products', () => {
    const { ops } = cpuBackend();
    const x = ops.tensor([0, 0.5, 0.99], [1, 3]);
    for (const exponent of [1, 2, 3, 7, 12, 999]) {
      const values = hostValues(power(ops, x, exponent));
      [0, 0.5, 0.99].forEach((base, k) => {
        expect(Math.abs(values[k] - base ** exponent)).toBeLessThanOrEqual(1e-12 * base ** exponent);
      });
    }
  });
});

describe('a Plackett–Luce game is refused', () => {
  test.each([
    ['one player', Float64Array.of(0, 1), 1, /has 1 player, at players; expected a whole number of at least 2/],
    ['half a player', Float64Array.of(0, 1), 2.5, /2\.5 players/],
    ['no action', new Float64Array(0), 3, /no actions/],
    ['an infinite score', Float64Array.of(0, Number.POSITIVE_INFINITY), 3, /score Infinity, at scores\[1\]/],
    ['scores too far apart', Float64Array.of(0, 1e9), 3, /scores that differ by 1000000000 take \d+ nodes/],
  ])('with %s', async (_, scores, players, message) => {
    expect((await thrown(() => plackettLuceGame(scores, players))).message).toMatch(message);
  });
});
