import { describe, expect, test } from 'vitest';
import { formedGame } from '../../../games/operators/formed.ts';
import { extragradient } from '../../../solvers/extragradient.ts';
import { cpuBackend, hostValues } from '../../../src/numerics/cpu/backend.ts';
import { normalisedLog } from '../../../src/numerics/normalise.ts';
import type { Ops } from '../../../src/numerics/ops.ts';
import { stream } from '../../../src/random/streams.ts';
import type { Game } from '../../../src/solve/game.ts';
import { instance } from '../../../src/solve/instance.ts';
import type { Solver } from '../../../src/solve/solver.ts';
import { place, probabilities } from '../../place.ts';
import { temporaryFolder } from '../files.ts';
import { matrixFile, operatorSamples } from './samples.ts';

const { folder } = temporaryFolder();
/** More actions than fit one block of rows. */
const actions = 600;
const samples = Object.entries(operatorSamples(folder, actions)).map(
  ([name, game]) => [name, game, formedGame(game)] as const,
);
const runs = 3;

/** Policies from nearly uniform to nearly pure, `[runs, actions]`. */
const policies = Float64Array.from(
  [0.1, 3, 30].flatMap((spread) => {
    const { normal } = stream('operators', 'policy', spread);
    return Array.from(normalisedLog(Array.from({ length: actions }, () => spread * normal())), Math.exp);
  }),
);

function payoffsOf(game: Game, ops: Ops = cpuBackend().ops): Float64Array {
  const policy = ops.tensor(policies, [runs, actions]);
  return hostValues(game.place(ops).payoffs(0, [policy, policy]));
}

function furthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((top, value, k) => Math.max(top, Math.abs(value - b[k])), 0);
}

describe('payoffs without a matrix', () => {
  test.each(samples)('%s: are those of the matrix to rounding', (_name, game, formed) => {
    expect(furthest(payoffsOf(game), payoffsOf(formed))).toBeLessThan(1e-14);
  });

  test('a file of float32: are those of the numbers as the file holds them', () => {
    const game = matrixFile(folder, actions, 'f32');
    const payoffs = payoffsOf(game);
    for (const a of [0, 435, 436, 599])
      for (let run = 0; run < runs; run++) {
        let expected = 0;
        for (let b = 0; b < actions; b++) expected += game.preference(a, b) * policies[run * actions + b];
        expect(Math.abs(payoffs[run * actions + a] - expected)).toBeLessThan(1e-14);
      }
  });

  test.each(samples)('%s: of several runs at once are those of each alone, bit for bit', (_name, game) => {
    const together = payoffsOf(game, cpuBackend({ reproducible: true }).ops);
    for (let run = 0; run < runs; run++) {
      const { ops } = cpuBackend({ reproducible: true });
      const policy = ops.tensor(policies.subarray(run * actions, (run + 1) * actions), [1, actions]);
      const alone = hostValues(game.place(ops).payoffs(1, [policy, policy]));
      expect(alone).toEqual(together.slice(run * actions, (run + 1) * actions));
    }
  });

  test.each(samples)('%s: πᵀu = ½ for every policy, and P + Pᵀ = 1', (_name, game) => {
    const payoffs = payoffsOf(game);
    for (let run = 0; run < runs; run++) {
      let value = 0;
      for (let a = 0; a < actions; a++) value += policies[run * actions + a] * payoffs[run * actions + a];
      expect(Math.abs(value - 0.5)).toBeLessThan(1e-14);
    }
    for (let a = 0; a < actions; a += 7)
      for (let b = 0; b <= a; b += 5)
        expect(Math.abs(game.preference(a, b) + game.preference(b, a) - 1)).toBeLessThanOrEqual(2 ** -52);
  });

  test('sparse: are the same on a backend without a sparse product', () => {
    const [, sparse] = samples.find(([name]) => name === 'sparse') as (typeof samples)[number];
    const { sparseMatVec: _absent, ...ops } = cpuBackend().ops;
    expect(furthest(payoffsOf(sparse, ops), payoffsOf(sparse))).toBeLessThan(1e-14);
  });

  test.each(samples)(
    '%s: the span bounds all preferences, and is reached where it is called exact',
    (_name, game, { matrices: [{ values }] }) => {
      let [low, high] = [1, 0];
      for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
      expect(high - low).toBeLessThanOrEqual(game.payoffSpan * (1 + 1e-15));
      if (game.payoffSpanIs === 'exact') expect(high - low).toBeGreaterThanOrEqual(game.payoffSpan * (1 - 1e-14));
    },
  );

  test.each(samples)('%s: a solver takes the same path as on the matrix', (_name, game, formed) => {
    const solver: Solver<unknown> = extragradient.make({ stepSize: 0.5 });
    const walk = (walked: Game): number[] => {
      const problem = place(instance(walked, { temperature: 0.1, start: Array.from(policies.subarray(0, actions)) }));
      let state = solver.init(problem);
      for (let step = 0; step < 50; step++) state = solver.step(problem, state, step);
      return probabilities(solver.profile(state))[0];
    };
    const expected = walk(formed);
    const relative = walk(game).map((p, a) => Math.abs(p - expected[a]) / expected[a]);
    expect(Math.max(...relative)).toBeLessThan(1e-13);
  });
});
