import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormGame } from '../../games/players/normal-form.ts';
import type { PayoffTensor } from '../../games/players/payoff-tensor.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import type { HostProfile } from '../../src/solve/problem.ts';
import { solve } from '../../src/solve/solve.ts';
import { doubles, gameOf, playersGameOf, reference, rows, totalVariation } from '../reference.ts';
import { randomForm } from './random-form.ts';
import { arraysOf } from './reference-arrays.ts';

const entries = reference.games.filter(({ players }) => players > 2);
const probabilities = (log: readonly Float64Array[]): number[][] => log.map((row) => Array.from(row, Math.exp));

/** Payoff of each action of a player, summed over all joint actions in plain arrays. */
function payoffsOf(
  actions: readonly number[],
  values: ArrayLike<number>,
  player: number,
  policies: number[][],
): number[] {
  const total = actions.reduce((product, count) => product * count, 1);
  const result = new Array<number>(actions[player]).fill(0);
  for (let k = 0; k < total; k++) {
    let weight = 1;
    let own = 0;
    let rest = k;
    for (let p = actions.length - 1; p >= 0; p--) {
      const action = rest % actions[p];
      rest = (rest - action) / actions[p];
      if (p === player) own = action;
      else weight *= policies[p][action];
    }
    result[own] += weight * values[k];
  }
  return result;
}

/** Largest span over players of log π − log ρ − u(π)/τ: the equation itself. */
function residual(entry: (typeof entries)[number], profile: HostProfile, rho: HostProfile, tau: number): number {
  const { actions, payoffs } = arraysOf(entry);
  const policies = probabilities(profile);
  const spans = policies.map((_, player) => {
    const u = payoffsOf(actions, payoffs[player], player, policies);
    const off = u.map((value, a) => profile[player][a] - rho[player][a] - value / tau);
    return Math.max(...off) - Math.min(...off);
  });
  return Math.max(...spans);
}

const temperatures = [1, 0.1, 1e-2, 1e-3];

describe('quantal response equilibria of published games of three and four players', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s: solve their equation to rounding', (_, entry) => {
    const game = playersGameOf(entry);
    for (const rho of [uniformProfile(game), randomProfile(game, entry.id)])
      for (const tau of temperatures.map((share) => share * game.payoffSpan)) {
        const { profile, gap } = quantalResponse(game, tau, rho);
        const scale = 1 + Math.max(...arraysOf(entry).payoffs.flatMap((values) => [...values].map(Math.abs))) / tau;
        expect(residual(entry, profile, rho, tau)).toBeLessThanOrEqual(64 * Number.EPSILON * scale);
        expect(gap).toBeLessThanOrEqual(1e-14 * game.payoffSpan);
      }
  });

  /** Which of the listed equilibria the path from the uniform reference ends at: measured, but the games whose list has one. */
  it.each([
    ['local_max_cut_222', 2],
    ['vdlaan_g1_222', 0],
    ['gambit_2222_three', 0],
    ['jordan_matching_pennies_3p', 0],
    ['qe_anticoord_3p_v2', 0],
    ['qe_anticoord_4p_v2', 0],
    ['pref_cycle_2_4_8_n3', 0],
  ] as const)('%s: comes to listed equilibrium %i as τ falls', (id, listed) => {
    const entry = entries.find((one) => one.id === id) as (typeof entries)[number];
    const game = playersGameOf(entry);
    const equilibria = entry.equilibria.map(({ profile }) => rows(profile));
    const [far, near] = [1e-3, 1e-4].map((share) => {
      const { profile } = quantalResponse(game, share * game.payoffSpan, uniformProfile(game));
      return equilibria.map((one) => totalVariation(probabilities(profile), one));
    });
    expect(near[listed]).toBeLessThanOrEqual(3e-4);
    expect(near[listed]).toBeLessThanOrEqual(Math.max(0.15 * far[listed], 1e-12));
    near.forEach((distance, k) => {
      if (k !== listed) expect(distance).toBeGreaterThan(0.1);
    });
  });

  it('all are there', () => {
    expect(entries).toHaveLength(7);
  });
});

describe('two players in normal form', () => {
  it.each(reference.games.filter(({ players }) => players === 2).map((entry) => [entry.id, entry] as const))(
    '%s: the path is that of the matrices',
    (_, entry) => {
      const matrix = gameOf({ id: entry.id, payoffs: entry.payoffs });
      const form = normalFormGame(entry.payoffs as unknown as readonly PayoffTensor[]);
      for (const share of [0.3, 0.02]) {
        const tau = share * (matrix.payoffSpan || 1);
        const [a, b] = [matrix, form].map((game) => quantalResponse(game, tau, uniformProfile(game)));
        expect(totalVariation(probabilities(a.profile), probabilities(b.profile))).toBeLessThanOrEqual(1e-11);
        expect(b.turn === undefined).toBe(a.turn === undefined);
      }
    },
  );

  it('of one policy, and without a matrix, too', () => {
    const preference = catalogueGame('random:n=6,seed=3');
    const [{ rows: size, values }] = preference.matrices;
    const nested = Array.from({ length: size }, (_, a) => Array.from(values.subarray(a * size, (a + 1) * size)));
    const other = nested.map((_, a) => nested.map((row) => row[a]));
    const { profile } = quantalResponse(preference, 0.03, uniformProfile(preference));
    for (const game of [
      normalFormGame([nested, other], { symmetric: true }),
      readGameDocument({ kind: 'polymatrix-preference', players: 2, matrix: nested }, 'g'),
    ])
      expect(
        totalVariation(
          probabilities(quantalResponse(game, 0.03, uniformProfile(game)).profile),
          probabilities(profile),
        ),
      ).toBeLessThanOrEqual(1e-12);
    const scores = [0, 1.5, -0.5];
    const choices = scores.map((a) => scores.map((b) => 1 / (1 + Math.exp(b - a))));
    const [lottery, pairs] = [
      readGameDocument({ kind: 'plackett-luce', players: 2, scores }, 'g'),
      readGameDocument({ kind: 'preference', matrix: choices }, 'g'),
    ].map((game) => probabilities(quantalResponse(game, 0.03, uniformProfile(game)).profile));
    expect(totalVariation(lottery, pairs)).toBeLessThanOrEqual(1e-12);
  });
});

describe('random games', () => {
  it.each([
    [[2, 3, 4], 1],
    [[3, 3, 3], 2],
    [[2, 3, 2, 3], 3],
    [[4, 2, 3, 2], 4],
  ] as const)('%j, draw %i: mirror descent with a small step comes to the same policies', async (actions, seed) => {
    const game = randomForm(actions, seed);
    const temperature = 1.5 * game.payoffSpan;
    const reference = randomProfile(game, `rho ${seed}`, 'reference');
    const start = randomProfile(game, `start ${seed}`);
    const setting = { game, runs: 1, temperature, reference, start };
    const { runs } = await solve(cpuBackend(), setting, solverNamed('mirror-descent'), {
      params: { stepSize: 0.2 / temperature },
      tolerance: 0,
      steps: 400,
    });
    const { profile } = quantalResponse(game, temperature, reference);
    expect(totalVariation(runs[0].answer.profile, probabilities(profile))).toBeLessThanOrEqual(1e-14);
  });

  it('solve their equation also where the path of the reference turns back, which the answer says', () => {
    const turned: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const game = randomForm([3, 3, 3], seed);
      const { turn, gap, path } = quantalResponse(game, 0.02 * game.payoffSpan, uniformProfile(game), { points: 12 });
      expect(gap).toBeLessThanOrEqual(1e-14 * game.payoffSpan);
      for (const point of path) expect(point.gap).toBeLessThanOrEqual(1e-14 * game.payoffSpan);
      if (turn !== undefined) turned.push(turn / game.payoffSpan);
    }
    expect(turned.length).toBeGreaterThan(0);
    for (const turn of turned) expect(turn).toBeGreaterThan(0.02);
  });
});

describe('Plackett–Luce and the average of pairs', () => {
  it.each(['shared', 'own'] as const)('differ for three players, %s policies: scores 0, 1, 2 at τ = 0.1', (roles) => {
    const scores = [0, 1, 2];
    const matrix = scores.map((a) => scores.map((b) => 1 / (1 + Math.exp(b - a))));
    for (const [document, expected] of [
      [{ kind: 'plackett-luce', players: 3, roles, scores }, [0.043841, 0.124629, 0.83153]],
      [{ kind: 'polymatrix-preference', players: 3, roles, matrix }, [0.018398, 0.089803, 0.891799]],
    ] as const) {
      const game = readGameDocument(document, 'g');
      for (const policy of probabilities(quantalResponse(game, 0.1, uniformProfile(game)).profile))
        policy.forEach((p, a) => {
          expect(Math.abs(p - expected[a])).toBeLessThanOrEqual(6e-7);
        });
    }
  });
});

describe('games that are refused', () => {
  it('too many actions over all roles, without matrices; a matrix is taken', () => {
    const game = catalogueGame('plackett-luce:players=11,n=91,roles=own');
    expect(() => quantalResponse(game, 1, uniformProfile(game))).toThrow(
      expect.objectContaining({ code: 'too-large', message: expect.stringContaining('1001 actions') }),
    );
    const two = bimatrixGame([[1, 0]], [[0, 1]]);
    expect(quantalResponse(two, 1, [normalisedLog([0]), normalisedLog([0, 0])]).gap).toBeLessThan(1e-15);
  });
});

it('the payoffs of a published game are those of its listed equilibria', () => {
  const entry = entries.find(({ id }) => id === 'vdlaan_g1_222') as (typeof entries)[number];
  const { actions, payoffs } = arraysOf(entry);
  const policies = rows(entry.equilibria[0].profile);
  doubles(entry.equilibria[0].payoffs ?? []).forEach((expected, player) => {
    const value = payoffsOf(actions, payoffs[player], player, policies).reduce(
      (sum, u, a) => sum + u * policies[player][a],
      0,
    );
    expect(value).toBeCloseTo(expected, 12);
  });
});
