import { checkAgreement } from './agreement.ts';
import type { Contender } from './contender.ts';
import { interleave, type Pace, type Timing } from './interleave.ts';
import { median, medianRatio, secondsPerStep } from './statistics.ts';
import { table } from './table.ts';
import { type SolverName, workload } from './workload.ts';

/** Names of the contenders, which are also the columns of the table. */
export const names = {
  nashlab: 'nashlab',
  averaging: 'nashlab with average',
  numpy: 'NumPy',
  bound: 'lower bound',
} as const;

export interface StepTimes {
  readonly solver: SolverName;
  readonly size: number;
  /** Largest difference of a log-probability between contenders after 50 steps. */
  readonly disagreement: number;
  readonly timings: readonly Timing[];
}

/** Checks that all contenders take the same step, then times them in turn. */
export async function stepTimes(
  contenders: readonly Contender[],
  solver: SolverName,
  size: number,
  seed: string,
  pace: Pace,
): Promise<StepTimes> {
  const disagreement = await checkAgreement(contenders, workload(solver, size, seed));
  return { solver, size, disagreement, timings: await interleave(contenders, pace) };
}

/** Median ratio of two contenders by name; undefined where one was absent. */
export function ratioOf({ timings }: StepTimes, above: string, below: string): number | undefined {
  const find = (name: string) => timings.find((timing) => timing.name === name);
  const [x, y] = [find(above), find(below)];
  return x && y && medianRatio(x, y);
}

function microseconds(timing: Timing | undefined): string {
  if (timing === undefined) return 'absent';
  const show = (seconds: number): string => (seconds * 1e6).toPrecision(3).replace(/e\+3$/, 'e3');
  const seconds = secondsPerStep(timing);
  return `${show(median(seconds))} (${show(Math.min(...seconds))})`;
}

/** Processor µs per step, median (min) of the rounds, and the median ratios. */
export function stepTable(rows: readonly StepTimes[]): string {
  const columns = Object.values(names);
  const ratio = (row: StepTimes, above: string, below: string): string =>
    ratioOf(row, above, below)?.toPrecision(3) ?? 'absent';
  return table(
    ['solver', 'K', ...columns, `${names.numpy} / ${names.nashlab}`, `${names.nashlab} / ${names.bound}`],
    rows.map((row) => [
      row.solver,
      String(row.size),
      ...columns.map((name) => microseconds(row.timings.find((timing) => timing.name === name))),
      ratio(row, names.numpy, names.nashlab),
      ratio(row, names.nashlab, names.bound),
    ]),
  );
}
