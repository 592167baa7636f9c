import { describe, expect, it } from 'vitest';
import { readGameDocument } from '../../games/read-json.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import type { JointDistribution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { command, workplace } from '../cli/command.ts';
import { type PrintedSolution, solutionSchema } from '../cli/printed-json.ts';
import { arraysOf, referenceGame } from '../exact/reference-arrays.ts';
import { double, doubles, type ReferenceGame, reference, rows } from '../reference.ts';

const place = workplace();
type Params = Readonly<Record<string, number | string>>;

/** A reference game as a file would give it. */
function documentOf(entry: ReferenceGame): Record<string, unknown> {
  if (entry.players > 2)
    return { kind: 'normal-form', players: entry.players, actions: entry.actions, payoffs: entry.payoffs };
  if (entry.preference_matrix !== undefined) return { kind: 'preference', matrix: entry.preference_matrix };
  return entry.kind === 'zero_sum'
    ? { kind: 'zero-sum', matrix: entry.payoffs[0] }
    : { kind: 'bimatrix', payoffs: entry.payoffs };
}

async function answered(document: Record<string, unknown>, solver: string, params: Params = {}) {
  const game = readGameDocument(document, 'game');
  const { runs } = await solve(cpuBackend(), instance(game), solverNamed(solver), { params });
  return runs[0];
}

/** The same question to the library and to the command line, which must answer alike. */
async function asked(document: Record<string, unknown>, solver: string, params: Params = {}): Promise<PrintedSolution> {
  const run = await answered(document, solver, params);
  place.write('game.json', JSON.stringify(document));
  const set = Object.entries(params).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const { code, stdout, stderr } = await command(place, 'solve', 'game.json', '--solver', solver, '--json', ...set);
  expect(stderr).toBe('');
  const printed = solutionSchema.parse(JSON.parse(stdout));
  expect(code).toBe(run.result === 'converged' ? 0 : 1);
  // Through JSON, which knows no −0.
  const { result, joint, ratings } = JSON.parse(JSON.stringify(run)) as typeof run;
  expect(printed).toMatchObject({ result, ...(joint && { joint }), ...(ratings && { ratings }) });
  expect(printed.profile).toEqual(JSON.parse(JSON.stringify(run.answer.profile)));
  return printed;
}

function expectClose(found: ArrayLike<number> | undefined, expected: readonly number[], digits: number): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, k) => {
    expect(found?.[k]).toBeCloseTo(value, digits);
  });
}

/** All probabilities of a joint answer, row-major. */
function whole({ outcomes }: JointDistribution, actions: readonly number[]): number[] {
  const all = new Array<number>(actions.reduce((product, count) => product * count, 1)).fill(0);
  for (const { actions: joint, probability } of outcomes)
    all[joint.reduce((s, action, seat) => s * actions[seat] + action, 0)] = probability;
  return all;
}

const marginsOf = (id: string) => ({ kind: 'zero-sum', matrix: referenceGame(id).payoffs[0] });

describe('published answers, by the solvers and on the command line', () => {
  it('chicken_dare: the correlated equilibrium of largest welfare', async () => {
    const entry = referenceGame<{ correlated_equilibria: { distribution: (string | number)[][]; welfare: string }[] }>(
      'chicken_dare',
    );
    const [published] = entry.correlated_equilibria;
    const { joint, result, gap, metrics, reason } = await asked(documentOf(entry), 'correlated');
    if (joint === undefined) throw new Error('no joint distribution');
    expectClose(whole(joint, entry.actions), rows(published.distribution).flat(), 14);
    expect(joint.payoffs[0] + joint.payoffs[1]).toBeCloseTo(double(published.welfare), 13);
    expect(joint.support).toBe(3);
    expect([result, gap]).toEqual(['converged', 'ce-gap']);
    expect(metrics['ce-gap']).toBeLessThanOrEqual(1e-15);
    expect(metrics['nash-conv']).toBeGreaterThan(0.4);
    expect(reason).toMatch(/welfare 5\.33333, proven to be the largest/);
    // The second player's best is the equilibrium in which it dares.
    const best = await asked(documentOf(entry), 'correlated', { objective: 'player:2' });
    expectClose(best.joint?.payoffs, [1, 4], 12);
  });

  it('of a game whose best coarse equilibrium is no correlated one: both', async () => {
    // By hand in tests/exact/correlated.test.ts: welfare 3/2 against 1.
    const game = {
      kind: 'bimatrix',
      payoffs: [
        [
          [2, 0, 0],
          [2, 0, 2],
          [1, 0, 0],
        ],
        [
          [0, 0, 1],
          [0, 1, 0],
          [2, 1, 1],
        ],
      ],
    };
    const coarse = await asked(game, 'coarse-correlated');
    expect([coarse.gap, coarse.result]).toEqual(['cce-gap', 'converged']);
    expect((coarse.joint?.payoffs[0] ?? 0) + (coarse.joint?.payoffs[1] ?? 0)).toBeCloseTo(1.5, 13);
    expect(coarse.metrics['ce-gap']).toBeGreaterThan(0.1);
    const strict = await asked(game, 'correlated');
    expect((strict.joint?.payoffs[0] ?? 0) + (strict.joint?.payoffs[1] ?? 0)).toBeCloseTo(1, 13);
  });

  it.each(['nash_avg_eps_0', 'nash_avg_eps_1_2', 'nash_avg_eps_3_4'])('%s: the largest entropy', async (id) => {
    const entry = referenceGame<{ max_entropy_nash: (string | number)[] }>(id);
    const { profile, result, gap } = await asked(marginsOf(id), 'nash-averaging');
    for (const policy of profile) expectClose(policy, doubles(entry.max_entropy_nash), 13);
    expect([result, gap]).toEqual(['converged', 'duality-gap']);
  });

  it('nash_avg_transitive: the ratings', async () => {
    const { nash_average: expected } = referenceGame<{ nash_average: number[] }>('nash_avg_transitive');
    const { ratings, result } = await asked(marginsOf('nash_avg_transitive'), 'nash-averaging');
    expectClose(ratings?.[0], expected, 13);
    expect(result).toBe('converged');
  });

  it('ml_5cand_smith3: the lotteries C1 and C2', async () => {
    const entry = referenceGame<{ c1_lottery: (string | number)[] }>('ml_5cand_smith3');
    const [published] = rows(entry.equilibria[0].profile);
    const c1 = await asked(marginsOf('ml_5cand_smith3'), 'c1-lottery');
    expectClose(c1.profile[0], doubles(entry.c1_lottery), 13);
    expect(c1.result).toBe('answered');
    const base = await asked(marginsOf('ml_5cand_smith3'), 'maximal-lottery', { margins: 'C1' });
    expect(base.profile).toEqual(c1.profile);
    const c2 = await asked(marginsOf('ml_5cand_smith3'), 'maximal-lottery');
    expectClose(c2.profile[0], published, 13);
    expect(c2.result).toBe('converged');
  });

  const { alpha_rank: ranked } = reference as unknown as {
    alpha_rank: {
      id: string;
      payoff?: number[][];
      population_size_m?: number;
      ranking_intensity_alpha?: number;
      expected_pi: number[];
      recomputed_pi?: number[];
    }[];
  };
  const transposed = (matrix: readonly number[][]): number[][] => matrix.map((_, a) => matrix.map((row) => row[a]));
  const symmetric = (matrix: number[][]) => ({ kind: 'bimatrix', payoffs: [matrix, transposed(matrix)] });
  const one = { populations: 'one' };
  const infinite: Readonly<Record<string, number[][]>> = {
    alpharank_inf_brps_25_50_5: [
      [0, -25, 50],
      [25, 0, -5],
      [-50, 5, 0],
    ],
    // Named in the reference without its margins; these signs alone have its shares (tests/exact/alpha-rank.test.ts).
    alpharank_inf_ml_5cand_example3: [
      [0, -1, 1, 1, -1],
      [1, 0, -1, 1, -1],
      [-1, 1, 0, -1, 1],
      [-1, -1, 1, 0, -1],
      [1, 1, -1, 1, 0],
    ],
  };
  it.each(ranked.map((entry) => [entry.id, entry] as const))('%s: the shares of α-rank', async (id, entry) => {
    const finite = entry.payoff !== undefined;
    const params: Params = finite
      ? { ...one, alpha: entry.ranking_intensity_alpha as number, populationSize: entry.population_size_m as number }
      : one;
    const { profile, joint, result } = await asked(symmetric(entry.payoff ?? infinite[id]), 'alpha-rank', params);
    for (const policy of profile) expectClose(policy, entry.recomputed_pi ?? entry.expected_pi, 13);
    expectClose(profile[0], entry.expected_pi, finite ? 7 : 13);
    // One population: both players play the same action.
    expect(joint?.outcomes.every(({ actions: [a, b] }) => a === b)).toBe(true);
    expect(result).toBe('answered');
  });

  it('pd_openspiel: with a population per player, all of them defect in the long run', async () => {
    const entry = referenceGame('pd_openspiel');
    const { joint, result, gap } = await asked(documentOf(entry), 'alpha-rank', { alpha: 100 });
    expect(joint?.outcomes[0]).toEqual({ actions: [1, 1], probability: 1 });
    expect([result, gap]).toEqual(['converged', 'ce-gap']);
  });
});

describe('every reference game ends in an answer with its certificate, or in a refusal by name', () => {
  it.each(reference.games.map((entry) => [entry.id, entry] as const))('%s', async (_, entry) => {
    const document = documentOf(entry);
    const span = readGameDocument(document, 'game').payoffSpan || 1;
    const arrays = arraysOf(entry);
    for (const [solver, params] of [
      ['correlated', { objective: 'egalitarian' }],
      ['coarse-correlated', { objective: 'entropy' }],
      ['alpha-rank', {}],
      ['alpha-rank', { alpha: 1 / span }],
    ] as const) {
      const { result, gap, answer, joint, reason } = await answered(document, solver, params);
      expect(reason).toMatch(/proven to be the largest|in balance to \de[-+]/);
      const total = joint?.outcomes.reduce((sum, { probability }) => sum + probability, 0);
      expect(total).toBeCloseTo(1, 12);
      const all = whole(joint as JointDistribution, arrays.actions);
      arrays.payoffs.forEach((values, player) => {
        const earned = values.reduce((sum, payoff, s) => sum + payoff * all[s], 0);
        expect(Math.abs(earned - (joint?.payoffs[player] as number))).toBeLessThanOrEqual(1e-12 * span);
      });
      expect(joint?.outcomes.map(({ probability }) => probability)).toEqual(
        joint?.outcomes.map(({ probability }) => probability).sort((a, b) => b - a),
      );
      expect(answer.profile.every((row) => row.every((p) => p >= 0))).toBe(true);
      const value = answer.metrics[gap] as number;
      expect(value).toBeLessThanOrEqual(span * entry.players);
      if (solver === 'alpha-rank') expect(result).toBe(value <= 1e-9 * span ? 'converged' : 'answered');
      else expect([result, value <= 1e-12 * span]).toEqual(['converged', true]);
      // An equilibrium of the stricter kind leaves less to gain.
      expect(answer.metrics['cce-gap']).toBeLessThanOrEqual((answer.metrics['ce-gap'] as number) + 1e-15 * span);
    }
    const averaged = answered(document, 'nash-averaging');
    if (entry.players === 2 && readGameDocument(document, 'game').sum === 'constant')
      await expect(averaged).resolves.toMatchObject({ result: 'converged' });
    else await expect(averaged).rejects.toThrow(NashlabError);
    const lottery = answered(document, 'maximal-lottery');
    await lottery.then(
      ({ result }) => expect(result).toBe('converged'),
      (error) => expect(error).toMatchObject({ code: 'not-applicable' }),
    );
  });
});
