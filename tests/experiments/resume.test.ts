import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadExperiment } from '../../experiments/store.ts';
import type { LoadedExperiment } from '../../experiments/stored.ts';
import { renderComparison } from '../../reports/comparison.ts';
import { command, contentsOf, environment, nashlab, type Outcome, workplace } from '../cli/command.ts';
import { yamlOf } from './specification.ts';

/** 12 cells of some 100 ms each. */
const spec = yamlOf({
  name: 'killed',
  games: '[random:n=30, tournament:n=25, "movies:genre=Romantic Comedy,items=3"]',
  solvers: '[extragradient, nash-md]',
  seeds: '[0, 1]',
  start: 'random',
  budget: '{ calls: 40000 }',
  tolerance: '0',
});

const place = workplace();
place.write('killed.yaml', spec);

const folderOf = (out: string): string => join(place.folder, out, 'killed');

/** Finished runs by id, as they lie on disk. */
function finished(out: string): Record<string, string> {
  const folder = folderOf(out);
  if (!existsSync(folder)) return {};
  const ids = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'run.json')));
  return Object.fromEntries(ids.map((id) => [id, readFileSync(join(folder, id, 'run.json'), 'utf8')]));
}

/** Starts the experiment and ends it with a signal, a while after a number of runs have been finished. */
function signalled(
  out: string,
  signal: NodeJS.Signals,
  after: number,
  delay: number,
  workers: number,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const args = [
      ...nashlab,
      'run',
      'killed.yaml',
      '--out',
      out,
      '--workers',
      String(workers),
      '--memory-limit',
      '4GB',
    ];
    const child = spawn(process.execPath, args, { cwd: place.folder, env: environment });
    let ended = false;
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += String(text);
    });
    child.stderr.on('data', (text) => {
      stderr += String(text);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      ended = true;
      resolve({ code, stdout, stderr });
    });
    const watch = async (): Promise<void> => {
      const ready = (): boolean =>
        after === 0 ? existsSync(join(place.folder, out)) : Object.keys(finished(out)).length >= after;
      while (!ended && !ready()) await sleep(1);
      await sleep(delay);
      child.kill(signal);
    };
    watch().catch(reject);
  });
}

/** Every file with its contents, but without the times of the runs and without the report, which shows them. */
function timeless(out: string): Record<string, string> {
  const { 'report.html': report, ...files } = contentsOf(folderOf(out));
  expect(report).toMatch(/^<!doctype html>/i);
  const entries = Object.entries(files).map(([name, text]): [string, string] => [
    name,
    name.endsWith('run.json') ? text.replace(/,\n "times": \{[^}]*\}/, '') : text,
  ]);
  return Object.fromEntries(entries);
}

function timelessReport(out: string): string {
  const loaded = loadExperiment(folderOf(out));
  const times = { started: '2000-01-01T00:00:00.000Z', finished: '2000-01-01T00:00:01.000Z', wallSeconds: 1 };
  const still: LoadedExperiment = { ...loaded, runs: loaded.runs.map((run) => ({ ...run, times })) };
  return renderComparison([still]);
}

beforeAll(async () => {
  // Processes that live to their end run in this one, which is to find no git checkout either.
  vi.stubEnv('GIT_DIR', environment.GIT_DIR);
  const { code, stderr } = await command(place, 'run', 'killed.yaml', '--out', 'whole', '-q');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(finished('whole'))).toHaveLength(12);
});

describe('an experiment killed with SIGKILL', () => {
  const seed = String(Date.now());
  it(`loses no finished run and ends with the bytes of an uninterrupted one (seed ${seed})`, async () => {
    const random = seedrandom(seed);
    let before: Record<string, string> = {};
    for (const [after, workers] of [
      [0, 1],
      [2, 2],
      [4, 1],
      [6, 2],
    ]) {
      const { code, stdout } = await signalled('cut', 'SIGKILL', after, Math.floor(100 * random()), workers);
      expect({ code, stdout }).toEqual({ code: null, stdout: '' });
      const now = finished('cut');
      expect(now).toMatchObject(before);
      expect(Object.keys(now).length).toBeGreaterThanOrEqual(after);
      before = now;
    }
    const open = 12 - Object.keys(before).length;
    expect(open).toBeGreaterThan(0);
    const { code, stderr } = await command(place, 'run', 'killed.yaml', '--out', 'cut', '-q');
    expect(code).toBe(0);
    expect(stderr).toBe(`${12 - open} of 12 runs were already stored\n`);
    expect(finished('cut')).toMatchObject(before);
    expect(timeless('cut')).toEqual(timeless('whole'));
    expect(timelessReport('cut')).toBe(timelessReport('whole'));

    const verified = await command(place, 'verify', 'cut/killed');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toContain('12 of 12 runs agree');
  }, 120_000);
});

describe('an experiment interrupted with Ctrl-C', () => {
  it.each([1, 2])('exits with 3, shows what is finished and says how to go on, with workers: %d', async (workers) => {
    const { code, stdout, stderr } = await signalled(`interrupted-${workers}`, 'SIGINT', 2, 10, workers);
    const ids = Object.keys(finished(`interrupted-${workers}`));
    expect(code).toBe(3);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(ids.length).toBeLessThan(12);
    expect(stderr).toMatch(
      new RegExp(
        `interrupted with ${12 - ids.length} runs open; the same command goes on from here: nashlab run killed\\.yaml --out [^\n]* --workers ${workers} --memory-limit 4000000000B\n$`,
      ),
    );
    expect(stdout).toContain('extragradient');
    expect(stdout).toContain('runs: ');
  });
});

describe('an experiment that is run again', () => {
  it('computes nothing, and says so', async () => {
    const before = finished('whole');
    const { code, stdout, stderr } = await command(place, 'run', 'killed.yaml', '--out', 'whole', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ computed: 0, resumed: 12, open: 0 });
    expect(stderr).toContain('12 of 12 runs were already stored');
    expect(finished('whole')).toEqual(before);
  });

  it('computes the cells that are missing, alone', async () => {
    const before = finished('whole');
    const [gone] = Object.keys(before);
    rmSync(join(folderOf('whole'), gone), { recursive: true });
    const { stdout } = await command(place, 'run', 'killed.yaml', '--out', 'whole', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ computed: 1, resumed: 11, open: 0 });
    const { [gone]: again, ...after } = finished('whole');
    expect(before).toMatchObject(after);
    expect(again).toBeDefined();
  });

  it('computes with --only the cells whose id starts so', async () => {
    const [id] = Object.keys(finished('whole'));
    const { stdout } = await command(place, 'run', 'killed.yaml', '--out', 'one', '--only', id.slice(0, 10), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ computed: 1, resumed: 0, open: 0 });
    expect(Object.keys(finished('one'))).toEqual([id]);
  });
});
