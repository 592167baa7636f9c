import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { command, expectRefusal, workplace } from '../cli/command.ts';
import { circle, yamlOf } from './specification.ts';

vi.setConfig({ maxConcurrency: 2 });

const place = workplace();
const probe = fileURLToPath(new URL('./memory-probe.ts', import.meta.url));

interface Measured {
  readonly runs: number;
  /** Growth of resident memory, and its estimate, in bytes. */
  readonly measured: number;
  readonly estimate: number;
}

async function measure(solver: string, actions: number, runs: number, steps: number): Promise<Measured> {
  const args = ['--import', import.meta.resolve('tsx'), probe, solver, ...[actions, runs, steps].map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Measured;
}

describe('the estimate of a batch', () => {
  it.concurrent.each([
    ['a large matrix', 'extragradient', 1500, 1, 20],
    ['many short policies with long curves', 'extragradient', 3, 1000, 2000],
    ['a linear program', 'exact', 300, 1, 1],
  ])('lies within a factor of the memory it takes: %s', async (_, solver, actions, runs, steps) => {
    const found = await measure(solver, actions, runs, steps);
    expect(found.runs).toBe(runs);
    expect(found.measured).toBeGreaterThan(20e6);
    expect(found.estimate / found.measured).toBeGreaterThan(0.7);
    expect(found.estimate / found.measured).toBeLessThan(3);
  });
});

describe('a memory limit', () => {
  it.each(['run', 'solve'])('that is too small is refused by %s before anything is written', async (verb) => {
    place.write('circle.json', circle);
    const file = verb === 'run' ? place.write('small.yaml', yamlOf()) : 'circle.json';
    const words = ['circle.json', 'takes about', 'a memory limit of 20 MB', 'a higher --memory-limit'];
    await expectRefusal(place, [verb, file, '--memory-limit', '20MB'], 'too-large', words);
    await expectRefusal(place, [verb, file, '--memory-limit', '20'], 'bad-option', ['--memory-limit', '8GiB']);
    expect(await command(place, verb, file, '--memory-limit', '4GB')).toMatchObject({ code: 0 });
  });
});
