import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { hedge } from '../../solvers/hedge.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import { nashMd } from '../../solvers/nash-md.ts';
import type { Solver } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';
import { double, doubles, type GoldenStep, logs, reference, rows } from '../reference.ts';

const stepSize = 0.5;
// biome-ignore lint/suspicious/noExplicitAny: states differ from solver to solver
const solversOf: Readonly<Record<string, Solver<any>>> = {
  omd_step: mirrorDescent.make({ stepSize, form: 'explicit' }),
  nash_md_step: nashMd.make({ stepSize }),
  extragradient_step: extragradient.make({ stepSize }),
  mmd_step: mirrorDescent.make({ stepSize, form: 'proximal' }),
  mwu_selfplay_step: hedge.make({ stepSize }),
};

function closeTo(measured: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, a) => {
    expect(Math.abs(measured[a] - value)).toBeLessThanOrEqual(1e-15);
  });
}

function oneStep(entry: GoldenStep): number[] {
  const game = preferenceGame(rows(entry.preference_matrix));
  const temperature = entry.id === 'mwu_selfplay_step' ? 0 : double(entry.beta);
  expect(double(entry.eta)).toBe(stepSize);
  const problem = place({ game, runs: 1, temperature, reference: [logs(entry.reference)], start: [logs(entry.pi)] });
  const solver = solversOf[entry.id];
  return probabilities(solver.profile(solver.step(problem, solver.init(problem), 0)))[0];
}

describe('golden steps', () => {
  const symmetric = reference.golden_steps.filter((entry) => entry.preference_matrix !== undefined);

  it('covers every entry of the reference file', () => {
    expect([...symmetric.map((entry) => entry.id), 'open_spiel_mmd_rps'].sort()).toEqual(
      reference.golden_steps.map((entry) => entry.id).sort(),
    );
  });

  it.each(symmetric)('$id equals its 20-digit value to 1e-15', (entry) => {
    closeTo(oneStep(entry), doubles(entry.result));
  });

  it('the simultaneous two-player step of OpenSpiel’s MMD test comes out to 1e-15', () => {
    const entry = reference.golden_steps.find(({ id }) => id === 'open_spiel_mmd_rps') as GoldenStep;
    const game = zeroSumGame([
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ]);
    const uniform = new Float64Array(3).fill(-Math.log(3));
    const problem = place({
      game,
      runs: 1,
      temperature: double(entry.alpha),
      reference: [uniform, uniform],
      start: [logs(entry.p1), logs(entry.p2)],
    });
    const solver = mirrorDescent.make({ stepSize: double(entry.eta), form: 'proximal' });
    const [first, second] = probabilities(solver.profile(solver.step(problem, solver.init(problem), 0)));
    closeTo(first, doubles(entry.result_p1));
    closeTo(second, doubles(entry.result_p2));
  });
});
