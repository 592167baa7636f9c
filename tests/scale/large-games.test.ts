import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Outcome {
  readonly result: string;
  readonly steps: number;
  readonly secondsPerStep: number;
  readonly peakMegabytes: number;
  readonly gap: number;
  readonly total: number;
}

async function solveLarge(game: string, temperature: number, steps: number): Promise<Outcome> {
  const script = join(import.meta.dirname, 'solve-large.ts');
  const args = ['--import', 'tsx', script, game, String(temperature), String(steps)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  process.stderr.write(`${game}: ${stdout}\n`);
  return JSON.parse(stdout) as Outcome;
}

describe('games whose matrix would not fit', () => {
  it('a million actions of rank 32 converge, certified, in 3 GB', async () => {
    const { result, gap, total, peakMegabytes } = await solveLarge('low-rank:n=1000000,rank=32,link=linear', 0.1, 200);
    expect(result).toBe('converged');
    expect(gap).toBeLessThan(1e-9);
    expect(Math.abs(total - 1)).toBeLessThan(1e-10);
    // The matrix would take 8 TB.
    expect(peakMegabytes).toBeLessThan(3000);
  });

  it('20,000 actions with a sigmoid between them take steps in 400 MB', async () => {
    const { steps, gap, peakMegabytes } = await solveLarge('low-rank:n=20000,rank=8,link=sigmoid', 0.1, 3);
    expect(steps).toBe(3);
    expect(gap).toBeLessThan(0.05);
    // The matrix would take 3.2 GB.
    expect(peakMegabytes).toBeLessThan(400);
  });
});
