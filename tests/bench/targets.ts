import type { EagerTimes } from './eager-times.ts';
import { computingProduct, readingProduct } from './plan.ts';
import type { BenchResult } from './result.ts';
import { type ProductSize, type Roofline, shares } from './roofline.ts';
import { digits, type StepTimes } from './step-times.ts';
import { table } from './table.ts';

/** A figure that was promised, and the one measured. */
export interface Target {
  readonly what: string;
  readonly least: number;
  readonly measured: number;
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** At least this many times NumPy, by number of actions. */
function leastOverNumpy(size: number): number {
  if (size <= 30) return 10;
  return size <= 300 ? 1.5 : 1;
}

function stepTarget({ solver, size, threads, overNumpy }: StepTimes): Target[] {
  if (overNumpy === undefined) return [];
  const what = `NumPy / nashlab, ${solver}, K = ${size.toLocaleString('en')}, ${countOf(threads, 'thread')}`;
  return [{ what, least: leastOverNumpy(size), measured: overNumpy }];
}

/** At least this many times PyTorch's eager form, by number of runs. */
const leastOverTorch: Readonly<Record<number, number>> = { 1: 200, 10: 20, 200: 3 };

function rooflineTargets(ceilings: Roofline): Target[] {
  return ceilings.products.flatMap((product): Target[] => {
    const { read, peak } = shares(ceilings, product);
    const where = `K = ${product.size.toLocaleString('en')}, B = ${product.runs}, ${countOf(ceilings.threads, 'thread')}`;
    const is = ({ size, runs }: ProductSize): boolean => product.size === size && product.runs === runs;
    if (is(readingProduct)) return [{ what: `product / read bandwidth, ${where}`, least: 0.8, measured: read }];
    if (!is(computingProduct) || peak === undefined) return [];
    return [{ what: `product / BLAS peak, ${where}`, least: 0.8, measured: peak }];
  });
}

/** Only a solve that measured the gap after every step did the same work. */
function eagerTarget({ size, runs, gapsPerStep, overTorch }: EagerTimes): Target[] {
  if (gapsPerStep !== 1 || !(runs in leastOverTorch)) return [];
  const what = `PyTorch / nashlab, extragradient, K = ${size}, ${countOf(runs, 'run')}, gap every step`;
  return [{ what, least: leastOverTorch[runs], measured: overTorch }];
}

/** Every promise that this run has a figure for. */
export function targetsOf({ steps, eager, roofline, sweep }: BenchResult): Target[] {
  return [
    ...steps.flatMap(stepTarget),
    ...roofline.flatMap(rooflineTargets),
    ...eager.flatMap(eagerTarget),
    ...(sweep === undefined
      ? []
      : [{ what: 'one worker / two workers, a sweep', least: 1.7, measured: sweep.speedup }]),
  ];
}

export function isMet({ least, measured }: Target): boolean {
  return measured >= least;
}

export function targetTable(targets: readonly Target[]): string {
  return table(
    ['target', 'at least', 'measured', ''],
    targets.map((target) => [
      target.what,
      String(target.least),
      digits(target.measured),
      isMet(target) ? 'met' : 'missed',
    ]),
  );
}
