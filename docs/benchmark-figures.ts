import type { TopLevelSpec } from 'vega-lite';
import type { BenchResult } from '../tests/bench/result.ts';
import { names, type StepTimes } from '../tests/bench/step-times.ts';
import { type BenchmarkLine, benchmarkChart } from './benchmark-chart.ts';

function medianOf({ timings }: StepTimes, name: string): number | undefined {
  return timings.find((timing) => timing.name === name)?.median;
}

/** The points of one contender: x and y of every row where it was timed. */
function pointsOf(
  rows: readonly StepTimes[],
  name: string,
  at: (row: StepTimes, seconds: number) => { readonly x: number; readonly y: number },
): BenchmarkLine['points'] {
  return rows.flatMap((row) => {
    const seconds = medianOf(row, name);
    return seconds === undefined ? [] : [at(row, seconds)];
  });
}

const drawn = (lines: readonly BenchmarkLine[]): BenchmarkLine[] => lines.filter(({ points }) => points.length > 0);

/** Sizes whose matrix fits into no cache, so that reading it bounds the step. */
const uncached = 4096;

/** µs per step of extragradient against K, one thread, with what it takes to read the matrix twice. */
export function stepsFigure({ steps, roofline }: BenchResult): TopLevelSpec {
  const rows = steps.filter(({ solver, threads }) => solver === 'extragradient' && threads === 1);
  const at = ({ size }: StepTimes, seconds: number) => ({ x: size, y: seconds * 1e6 });
  const bandwidth = roofline.find(({ threads }) => threads === 1)?.readGBs;
  const large = bandwidth === undefined ? [] : rows.filter(({ size }) => size >= uncached);
  const lines: BenchmarkLine[] = [
    { name: 'nashlab', slot: 0, style: 'solid', points: pointsOf(rows, names.nashlab, at) },
    { name: 'NumPy', slot: 1, style: 'dashed', points: pointsOf(rows, names.numpy, at) },
    { name: 'plain loop over typed arrays', slot: 2, style: 'solid', points: pointsOf(rows, names.loop, at) },
    {
      name: 'reading the matrix twice',
      slot: 4,
      style: 'limit',
      points: large.map(({ size }) => ({ x: size, y: (16 * size ** 2) / ((bandwidth ?? 1) * 1e3) })),
    },
  ];
  return benchmarkChart(drawn(lines), {
    xTitle: 'actions K',
    yTitle: 'µs per step',
    xTicks: rows.map(({ size }) => size),
    description: 'Time per extragradient step against the number of actions, one run, one thread, float64',
  });
}

/** Steps of single runs per second against B, by size, one thread, one matrix for all runs. */
export function runsFigure({ batches }: BenchResult): TopLevelSpec {
  const rows = batches.filter(({ matrices, threads }) => matrices === 'shared' && threads === 1);
  const sizes = [...new Set(rows.map(({ size }) => size))];
  const at = ({ runs }: StepTimes, seconds: number) => ({ x: runs, y: runs / seconds });
  const lines = sizes.flatMap((size, slot): BenchmarkLine[] => {
    const own = rows.filter((row) => row.size === size);
    const words = `K = ${size.toLocaleString('en')}`;
    return [
      { name: `nashlab, ${words}`, slot, style: 'solid', points: pointsOf(own, names.nashlab, at) },
      { name: `NumPy, ${words}`, slot, style: 'dashed', points: pointsOf(own, names.numpy, at) },
    ];
  });
  return benchmarkChart(drawn(lines), {
    xTitle: 'runs at once B',
    yTitle: 'run-steps per second',
    xTicks: [...new Set(rows.map(({ runs }) => runs))],
    description:
      'Extragradient steps of single runs per second against the number of runs in a batch, one thread, float64',
  });
}

/** Products at 4,096 actions under the roof of each number of threads: GFLOP/s against operations per byte of the matrix. */
export function rooflineFigure({ roofline }: BenchResult): TopLevelSpec {
  const largest = Math.max(...roofline.flatMap(({ products }) => products.map(({ size }) => size)));
  const lines = roofline.flatMap((ceilings, slot): BenchmarkLine[] => {
    const { threads, readGBs, peakGflops = Number.POSITIVE_INFINITY } = ceilings;
    const products = ceilings.products.filter(({ size }) => size === largest);
    // 2·K²·B operations on 8·K² bytes.
    const intensity = products.map(({ runs }) => runs / 4);
    const corner = peakGflops / readGBs;
    const ends = [Math.min(...intensity), Math.max(...intensity)];
    const inside = [corner].filter((x) => x > ends[0] && x < ends[1]);
    const words = `${threads} thread${threads === 1 ? '' : 's'}`;
    return [
      {
        name: `nashlab, ${words}`,
        slot,
        style: 'solid',
        points: products.map(({ gflops }, k) => ({ x: intensity[k], y: gflops })),
      },
      {
        name: `bound, ${words}`,
        slot,
        style: 'limit',
        points: [ends[0], ...inside, ends[1]].map((x) => ({ x, y: Math.min(peakGflops, x * readGBs) })),
      },
    ];
  });
  return benchmarkChart(drawn(lines), {
    xTitle: 'operations per byte of the matrix (B/4)',
    yTitle: 'GFLOP/s',
    xTicks: [...new Set(lines.flatMap(({ style, points }) => (style === 'limit' ? [] : points.map(({ x }) => x))))],
    description: `Products at ${largest.toLocaleString('en')} actions against the measured read bandwidth and BLAS peak`,
  });
}
