import { checkAgreement } from './agreement.ts';
import type { Contender } from './contender.ts';
import { interleave, type Pace, type Timing } from './interleave.ts';
import { basisOf, medianRatio, type Summary, summary } from './statistics.ts';
import { table } from './table.ts';
import { type Shape, workload } from './workload.ts';

/** Names of the contenders, which are also the columns of the tables. */
export const names = {
  nashlab: 'nashlab',
  averaging: 'with average',
  numpy: 'NumPy',
  loop: 'plain loop',
} as const;

export interface StepTimes extends Shape {
  readonly threads: number;
  /** Largest difference of a log-probability between contenders after the same steps. */
  readonly disagreement: number;
  readonly timings: readonly Summary[];
  /** Time of NumPy over that of nashlab; absent without NumPy. */
  readonly overNumpy?: number;
  /** Time of nashlab over that of the plain loop; absent where that was not run. */
  readonly overLoop?: number;
}

/** Opens contenders for one sitting, and closes them when it is over. */
export type Sit = <Result>(sitting: (contenders: readonly Contender[]) => Promise<Result>) => Promise<Result>;

interface Sitting {
  readonly disagreement: number;
  readonly timings: readonly Timing[];
}

/** The rounds of all sittings; chunks had as many steps as in the first, about. */
function allRounds(sittings: readonly Sitting[]): Timing[] {
  return sittings[0].timings.map((timing, k) => ({
    ...timing,
    rounds: sittings.flatMap(({ timings }) => timings[k].rounds),
  }));
}

/**
 * Checks that all contenders take the same step, then times them in turn; both in several sittings, since where a matrix
 * comes to lie in the machine's memory is luck that lasts as long as the matrix.
 */
export async function stepTimes(
  sit: Sit,
  shape: Shape,
  threads: number,
  seed: string,
  pace: Pace,
  sittings: number,
): Promise<StepTimes> {
  const work = workload(shape, seed);
  const share = { ...pace, rounds: Math.ceil(pace.rounds / sittings), limitSeconds: pace.limitSeconds / sittings };
  const sat: Sitting[] = [];
  for (let k = 0; k < sittings; k++)
    sat.push(
      await sit(async (contenders) => {
        const fitting = contenders.filter(({ fits }) => fits?.(work) ?? true);
        try {
          const disagreement = await checkAgreement(fitting, work);
          return { disagreement, timings: await interleave(fitting, share, threads) };
        } finally {
          for (const contender of contenders) await contender.clear();
        }
      }),
    );
  const basis = basisOf(threads);
  const timings = allRounds(sat);
  const named = (name: string) => timings.find((timing) => timing.name === name);
  const [nashlab, numpy, loop] = [named(names.nashlab), named(names.numpy), named(names.loop)];
  return {
    ...shape,
    threads,
    disagreement: Math.max(...sat.map(({ disagreement }) => disagreement)),
    timings: timings.map((timing) => summary(timing, basis)),
    ...(nashlab && numpy ? { overNumpy: medianRatio(numpy, nashlab, basis) } : {}),
    ...(nashlab && loop ? { overLoop: medianRatio(nashlab, loop, basis) } : {}),
  };
}

/** Three digits without an exponent. */
export function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** µs per step, median (least). */
export function microseconds(timings: readonly Summary[], name: string): string {
  const found = timings.find((timing) => timing.name === name);
  return found === undefined ? '—' : `${digits(found.median * 1e6)} (${digits(found.least * 1e6)})`;
}

const ratio = (value: number | undefined): string => (value === undefined ? '—' : digits(value));

/** One run by number of actions. */
export function stepTable(rows: readonly StepTimes[]): string {
  const columns = [names.nashlab, names.averaging, names.numpy, names.loop];
  return table(
    ['solver', 'threads', 'K', ...columns, 'NumPy / nashlab', 'nashlab / loop'],
    rows.map(({ solver, threads, size, timings, overNumpy, overLoop }) => [
      solver,
      String(threads),
      size.toLocaleString('en'),
      ...columns.map((name) => microseconds(timings, name)),
      ratio(overNumpy),
      ratio(overLoop),
    ]),
  );
}

/** Several runs at once, with the time that one run of them takes. */
export function batchTable(rows: readonly StepTimes[]): string {
  const columns = [names.nashlab, names.numpy, names.loop];
  return table(
    ['matrices', 'threads', 'K', 'B', ...columns, 'nashlab, per run', 'NumPy / nashlab'],
    rows.map(({ matrices, threads, size, runs, timings, overNumpy }) => [
      matrices,
      String(threads),
      size.toLocaleString('en'),
      runs.toLocaleString('en'),
      ...columns.map((name) => microseconds(timings, name)),
      digits(((timings.find(({ name }) => name === names.nashlab)?.median ?? Number.NaN) * 1e6) / runs),
      ratio(overNumpy),
    ]),
  );
}
