import { catalogueGame } from '../../games/catalogue.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { clock, type Spent } from './spent.ts';
import { median, short } from './statistics.ts';
import { table } from './table.ts';
import { temperature } from './workload.ts';

const tolerance = 1e-8;

export interface SolveTimes {
  readonly size: number;
  readonly result: string;
  readonly steps: number;
  /** Each whole `solve()` with all default metrics, in order: the first one also pays for the compiler. */
  readonly spent: readonly Spent[];
  /** The same with the gap as the only metric and without the average iterate. */
  readonly gapOnly: readonly Spent[];
}

/** Times `solve()` as a user calls it, to a regularised gap of 1e-8 on the default log grid. */
export async function solveTimes(size: number, seed: string, repeats: number): Promise<SolveTimes> {
  const placed = instance(catalogueGame(`random:n=${size},seed=${seed}`), { temperature });
  const once = async (options: SolveOptions): Promise<{ readonly run: RunSolution; readonly spent: Spent }> => {
    const backend = cpuBackend();
    const elapsed = clock();
    const { runs } = await solve(backend, placed, extragradient, { tolerance, ...options });
    const { wall, processor } = elapsed();
    return { run: runs[0], spent: { wall: short(wall), processor: short(processor) } };
  };
  const spent: Spent[] = [];
  const gapOnly: Spent[] = [];
  let result = '';
  let steps = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const usual = await once({});
    ({ result, steps } = usual.run);
    spent.push(usual.spent);
    gapOnly.push((await once({ metrics: ['regularized-gap'], average: false })).spent);
  }
  return { size, result, steps, spent, gapOnly };
}

export function solveTable(rows: readonly SolveTimes[]): string {
  const milliseconds = (seconds: number): string => (seconds * 1000).toFixed(1);
  const typical = (spent: readonly Spent[], kind: keyof Spent): string =>
    milliseconds(median(spent.map((one) => one[kind])));
  return table(
    ['K', 'result', 'steps', 'first, wall ms', 'median, wall ms', 'processor ms', 'gap only, wall ms'],
    rows.map(({ size, result, steps, spent, gapOnly }) => [
      String(size),
      result,
      String(steps),
      milliseconds(spent[0].wall),
      typical(spent, 'wall'),
      typical(spent, 'processor'),
      typical(gapOnly, 'wall'),
    ]),
  );
}
