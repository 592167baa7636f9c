import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { median, short } from './statistics.ts';
import { table } from './table.ts';

export interface SweepTimes {
  readonly cells: number;
  /** Wall seconds of `nashlab run`, start and stop included, per round. */
  readonly oneWorker: readonly number[];
  readonly twoWorkers: readonly number[];
  /** Median over the rounds of one worker's time over two workers'. */
  readonly speedup: number;
}

const games = 8;
const temperatures = [0.02, 0.05, 0.1, 0.2];

/** Random games × solvers × temperatures × starts, a budget for each that none ends before. */
function experiment(seeds: number, steps: number): { readonly text: string; readonly cells: number } {
  const solvers = ['extragradient', 'mirror-prox', 'mirror-descent', 'nash-md'];
  return {
    cells: games * solvers.length * temperatures.length * seeds,
    text: stringify({
      name: 'sweep',
      question: 'How long does a sweep take?',
      games: Array.from({ length: games }, (_, game) => `random:n=60,seed=${game}`),
      solvers,
      temperatures,
      start: 'random',
      seeds: Array.from({ length: seeds }, (_, seed) => seed),
      budget: { steps },
      tolerance: 0,
    }),
  };
}

const nashlab = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function secondsOfRun(folder: string, workers: number): number {
  const out = join(folder, 'runs');
  rmSync(out, { recursive: true, force: true });
  const started = performance.now();
  const flags = ['--out', out, '--workers', String(workers), '--no-report', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, [nashlab, 'run', join(folder, 'sweep.yaml'), ...flags], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`nashlab run on ${workers} workers ended with ${status}: ${stderr.slice(-500)}`);
  return (performance.now() - started) / 1000;
}

/** A sweep as a user runs it, from the command line, with one worker and with two in turn. */
export function sweepTimes(rounds: number, seeds: number, steps: number): SweepTimes {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-bench-'));
  try {
    const { text, cells } = experiment(seeds, steps);
    writeFileSync(join(folder, 'sweep.yaml'), text);
    const oneWorker: number[] = [];
    const twoWorkers: number[] = [];
    for (let round = 0; round < rounds; round++) {
      oneWorker.push(short(secondsOfRun(folder, 1)));
      twoWorkers.push(short(secondsOfRun(folder, 2)));
    }
    return { cells, oneWorker, twoWorkers, speedup: short(median(oneWorker.map((one, k) => one / twoWorkers[k]))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function sweepTable({ cells, oneWorker, twoWorkers, speedup }: SweepTimes): string {
  const seconds = (values: readonly number[]): string => `${median(values).toFixed(1)} s`;
  return table(
    ['cells', 'one worker', 'two workers', 'speed-up'],
    [[String(cells), seconds(oneWorker), seconds(twoWorkers), speedup.toFixed(2)]],
  );
}
