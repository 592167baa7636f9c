import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed, solvers } from '../../solvers/catalogue.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { bestResponses, doubleOracle, pureMember } from '../../src/solve/double-oracle.ts';
import { type Game, isMatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import { solve } from '../../src/solve/solve.ts';
import { thrown } from '../games/thrown.ts';

async function run(game: Game, params: Record<string, unknown> = {}, options: SolveOptions = {}, solver = 'psro') {
  const backend = cpuBackend();
  const { runs } = await solve(backend, instance(game), solverNamed(solver), { params, ...options });
  expect(backend.liveTensors()).toBe(0);
  return runs[0];
}

const conv = (answer: Awaited<ReturnType<typeof run>>): number => answer.answer.metrics['nash-conv'] as number;
const game: Game = catalogueGame('random:n=12,seed=4');

describe('policy-space response oracles', () => {
  it('solve a game without a matrix, and see little of it', async () => {
    const large = catalogueGame('low-rank:n=1000,rank=2');
    expect(isMatrixGame(large)).toBe(false);
    for (const solver of ['psro', 'double-oracle']) {
      const found = await run(large, {}, {}, solver);
      expect(found.result).toBe('converged');
      expect(conv(found)).toBeLessThanOrEqual(1e-9);
      expect(found.oracleCalls).toBeLessThan(100);
    }
  });

  it('solve games of several players whose payoffs are no tensor', async () => {
    for (const name of [
      'plackett-luce:players=5,n=20',
      'plackett-luce:players=3,n=6,roles=own',
      'polymatrix-preference:players=4,n=8,roles=own',
    ]) {
      const several = catalogueGame(name);
      const found = await run(several, { firstMember: 'action' });
      expect(found.result).toBe('converged');
      expect(conv(found)).toBeLessThanOrEqual(1e-9 * several.payoffSpan);
    }
  });

  it('keep the record of their rounds: the gap, the calls and who is in the population', async () => {
    const found = await run(game, { firstMember: 'action' });
    const { step, oracleCalls, columns, population } = found.history;
    expect(step).toEqual(Array.from({ length: found.steps }, (_, k) => k + 1));
    expect(columns['last/nash-conv']).toHaveLength(found.steps);
    expect(columns['last/nash-conv'].at(-1)).toBeCloseTo(conv(found), 12);
    expect(oracleCalls.at(-1)).toBe(found.oracleCalls);
    const [{ role, names, record, member, weight }] = population ?? [];
    expect(role).toBe(0);
    expect(names[0]).toBe(game.labels[0][0]);
    const last = record.flatMap((at, k) => (at === found.steps - 1 ? [k] : []));
    expect(last.reduce((sum, k) => sum + weight[k], 0)).toBeCloseTo(1, 12);
    for (const k of last)
      expect(found.answer.profile[0][game.labels[0].indexOf(names[member[k]])]).toBeCloseTo(weight[k], 12);
  });

  it('add one response per round where one is asked for', async () => {
    const found = await run(game, { responses: 1, firstMember: 'action' });
    const { rounds, members } = await doubleOracle(game, {
      first: [[pureMember(game, 0, 0)]],
      meta: async (restricted) => [new Float64Array(restricted.actions[0]).fill(1 / restricted.actions[0])],
      respond: (facing) => bestResponses(game, facing, 2, 1e-13),
      tolerance: 0,
      rounds: 3,
    });
    expect(rounds.map(({ mixtures }) => mixtures[0].length)).toEqual([1, 3, 5]);
    expect(new Set(members[0]).size).toBe(5);
    expect(found.steps).toBe(found.oracleCalls);
  });

  it('answer with the best of their rounds when they are cut short, and say so', async () => {
    const cut = await run(catalogueGame('random:n=40,seed=1'), { rounds: 12, firstMember: 'action' });
    expect([cut.result, cut.steps]).toEqual(['step-limit', 12]);
    expect(cut.reason).toContain('round limit');
    const gaps = cut.history.columns['last/nash-conv'];
    expect(conv(cut)).toBeCloseTo(Math.min(...gaps), 13);
    expect(gaps.at(-1)).toBeGreaterThan(conv(cut) + 0.01);
    const aborted = await run(game, { firstMember: 'action' }, { signal: { aborted: true } });
    expect([aborted.result, aborted.steps]).toEqual(['aborted', 1]);
    expect(aborted.reason).toContain('interrupted');
    const late = await run(game, { firstMember: 'action' }, { timeLimitSeconds: 1e-9 });
    expect([late.result, late.steps]).toEqual(['aborted', 1]);
    expect(late.reason).toContain('time limit');
  });

  it('stop at the tolerance that the answer is held against', async () => {
    const [coarse, fine] = [await run(game, {}, { tolerance: 0.2 }), await run(game)];
    expect(coarse.result).toBe('converged');
    expect(conv(coarse)).toBeLessThanOrEqual(0.2);
    expect(coarse.steps).toBeLessThan(fine.steps);
    const all = await run(game, {}, { tolerance: 0 });
    expect([all.result, conv(all) <= 1e-12]).toEqual(['converged', true]);
    const several = catalogueGame('polymatrix-preference:players=3,n=4,roles=own');
    expect(conv(await run(several, { firstMember: 'action' }, { tolerance: 0 }))).toBeLessThanOrEqual(1e-11);
  });

  it('respond in proportion to ρ·exp(u/T) where asked to', async () => {
    const ranked = catalogueGame('bradley-terry:n=6');
    if (!isMatrixGame(ranked)) throw new Error(ranked.kind);
    const { values } = ranked.matrices[0];
    // All play the reference at first; its response beats it, and is what is left to play.
    const reference = [0.1, 0.3, 0.2, 0.1, 0.2, 0.1];
    const temperature = 0.2 * ranked.payoffSpan;
    const weights = reference.map((p, a) => {
      const payoff = reference.reduce((sum, q, b) => sum + q * values[6 * a + b], 0);
      return p * Math.exp(payoff / temperature);
    });
    const total = weights.reduce((sum, w) => sum + w, 0);
    const params = { oracle: 'logit', oracleTemperature: 0.2, rounds: 2 };
    const setting = instance(ranked, { reference });
    const { runs } = await solve(cpuBackend(), setting, solverNamed('psro'), { params });
    runs[0].answer.profile[0].forEach((p, a) => {
      expect(p).toBeCloseTo(weights[a] / total, 12);
    });
  });

  it('with logit responses end where none earns more: every seat within T·log A of its best', async () => {
    for (const oracleTemperature of [0.3, 0.1]) {
      const found = await run(game, { oracle: 'logit', oracleTemperature, rounds: 3000 }, { tolerance: 1e-12 });
      expect(found.reason).toContain('no response that is not a member earns more');
      expect(found.result).toBe('stalled');
      expect(conv(found)).toBeLessThanOrEqual(2 * oracleTemperature * game.payoffSpan * Math.log(12));
      // The responses mix all actions, and no mixture of them is an equilibrium of this game.
      expect(conv(found)).toBeGreaterThan(1e-6);
    }
  });

  it.each(Object.keys(solvers))('take %s as their meta-solver, or refuse it by name', async (meta) => {
    const small = catalogueGame('random:n=5,seed=1');
    try {
      const found = await run(small, { meta, metaSteps: 50, rounds: 4 });
      expect(Number.isFinite(conv(found))).toBe(true);
      expect(found.reason).toContain(`meta-solver ${meta}`);
    } catch (error) {
      if (!(error instanceof NashlabError)) throw error;
      expect(['not-applicable', 'bad-parameter', 'bad-policy']).toContain(error.code);
    }
  });

  it.each([
    ['regret-matching-plus', {}, 0.05],
    ['extragradient', { metaTemperature: 0.001, metaSteps: 20_000 }, 0.02],
    ['newton', {}, 1e-9],
    ['nash-averaging', {}, 1e-9],
  ] as const)('come as near as the meta-solver %s does', async (meta, params, gap) => {
    const found = await run(game, { meta, ...params });
    expect(conv(found)).toBeLessThanOrEqual(gap);
  });

  it('name parameters that mean nothing', async () => {
    const refusal = async (params: Record<string, unknown>, of: Game = game, solver = 'psro'): Promise<string> => {
      const { message } = await thrown(() => run(of, params, {}, solver));
      return message;
    };
    expect(await refusal({ meta: 'exakt' })).toMatch(/"exakt".*parameter "meta" of solver "psro".*exact/);
    expect(await refusal({ oracle: 'best' })).toContain('parameter "oracle" of solver "psro", "best"');
    expect(await refusal({ rounds: 0 })).toContain('parameter "rounds"');
    expect(await refusal({ responses: 1.5 })).toContain('parameter "responses"');
    expect(await refusal({ oracleTemperature: 0 })).toContain('parameter "oracleTemperature"');
    expect(await refusal({ metaTemperature: 0.1, meta: 'exact', metaSteps: -1 })).toContain('parameter "metaSteps"');
    expect(await refusal({ meta: 'hedge', metaTemperature: 0.5 })).toContain('"hedge" solves the unregularised game');
    expect(await refusal({ meta: 'exact' }, catalogueGame('plackett-luce:players=3,n=4'))).toContain('3 players');
    expect(await refusal({ meta: 'exact' }, game, 'double-oracle')).toContain('unknown parameter "meta"');
    const several = instance(game, { seeds: [1, 2] });
    const runs = await thrown(() => solve(cpuBackend(), several, solverNamed('psro')));
    expect(runs.message).toContain('"psro" on 2 runs');
  });
});
