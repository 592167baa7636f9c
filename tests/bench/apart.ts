import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './options.ts';
import type { BenchResult } from './result.ts';

function joined(results: readonly BenchResult[]): BenchResult {
  const [first] = results;
  const all = <Row>(rows: (result: BenchResult) => readonly Row[]): Row[] => results.flatMap(rows);
  const sweep = results.find((result) => result.sweep !== undefined)?.sweep;
  return {
    ...first,
    loadAfter: results[results.length - 1].loadAfter,
    minutes: Number(results.reduce((sum, { minutes }) => sum + minutes, 0).toFixed(1)),
    skipped: [...new Set(all(({ skipped }) => skipped))],
    steps: all(({ steps }) => steps),
    batches: all(({ batches }) => batches),
    eager: all(({ eager }) => eager),
    roofline: all(({ roofline }) => roofline),
    ...(sweep === undefined ? {} : { sweep }),
    solves: all(({ solves }) => solves),
  };
}

/**
 * Runs every section in a process of its own, as a user's script would run nothing else: what V8 learns from one section would
 * slow the next one's code down.
 * @param args the command line; the program takes the last of two equal options.
 */
export function benchApart({ sections }: BenchOptions, args: readonly string[]): BenchResult {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-bench-'));
  try {
    return joined(
      sections.map((section) => {
        const file = join(folder, `${section}.json`);
        const command = [...process.execArgv, process.argv[1], ...args, '--only', section, '--json', file];
        const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
        if (status !== 0) throw new Error(`section ${section} ended with ${status}`);
        return JSON.parse(readFileSync(file, 'utf8')) as BenchResult;
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
