import { agreementTolerance } from './agreement.ts';
import { eagerTable } from './eager-times.ts';
import { machineLines } from './machine.ts';
import type { BenchResult } from './result.ts';
import { ceilingTable, productTable } from './roofline-tables.ts';
import { solveTable } from './solve-times.ts';
import { median } from './statistics.ts';
import { batchTable, stepTable } from './step-times.ts';
import { sweepTable } from './sweep.ts';
import { targetsOf, targetTable } from './targets.ts';

const basis = 'µs per step, median (least) over the rounds: processor time on one thread, wall time on two';

/** Everything measured, as text. */
export function report(result: BenchResult): string {
  const { machine, quick, steps, batches, eager, roofline, sweep, solves, skipped, minutes, loadAfter } = result;
  const rows = [...steps, ...batches];
  const part = (length: number, head: string, body: () => string): string[] =>
    length === 0 ? [] : [`${head}\n\n${body()}`];
  const crowding = median(rows.flatMap(({ timings }) => timings.map((timing) => timing.crowding)));
  return [
    machineLines(machine),
    ...(quick ? ['A quick run: it shows that everything runs, and has no figures to quote.'] : []),
    ...part(steps.length, `One run; ${basis}`, () => stepTable(steps)),
    ...part(batches.length, `Many runs, extragradient; ${basis}`, () => batchTable(batches)),
    ...part(
      rows.length,
      `After the same steps the contenders agreed to ${Math.max(...rows.map((row) => row.disagreement)).toExponential(1)} ` +
        `in every log-probability (allowed: ${agreementTolerance}).`,
      () => `Wall time was ${crowding.toFixed(2)} × processor time.`,
    ),
    ...part(eager.length, 'Extragradient, 10 actions, gap after every step; processor µs per step, one thread', () =>
      eagerTable(eager),
    ),
    ...part(roofline.length, 'Roofline', () => `${ceilingTable(roofline)}\n\n${productTable(roofline)}`),
    ...(sweep === undefined ? [] : [`nashlab run, wall time\n\n${sweepTable(sweep)}`]),
    ...part(solves.length, 'solve() with extragradient, τ = 0.1, on the default log grid, to a gap of 1e-8', () =>
      solveTable(solves),
    ),
    ...skipped.map((reason) => `left out: ${reason}`),
    ...part(targetsOf(result).length, 'Targets', () => targetTable(targetsOf(result))),
    `${minutes} minutes; load average at the end ${loadAfter.toFixed(2)}`,
  ].join('\n\n');
}
