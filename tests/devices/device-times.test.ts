import { expect, it } from 'vitest';
import { NashlabError } from '../../src/core/errors.ts';
import type { Backend } from '../../src/numerics/backend.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { type DeviceTimes, deviceTimes, type Plan } from './device-times.ts';
import { timesTable } from './times-table.ts';

const pace = { rounds: 1, chunkSeconds: 1e-6, warmSeconds: 1e-6, limitSeconds: 1 };
const plan: Plan = { sizes: [5, 3], runs: [2], seconds: 60, memoryBytes: 2 ** 30, pace };
const cpu = { name: 'cpu', bytesPerEntry: 8, open: async () => cpuBackend() };
const lost = new NashlabError('device-lost', { what: 'unplugged' });

/** A CPU whose reads fail from the given one on. */
function failing(reads: number): Backend {
  const backend = cpuBackend();
  let left = reads;
  return { ...backend, read: (x) => (left-- > 0 ? backend.read(x) : Promise.reject(lost)) };
}

const words = (times: readonly DeviceTimes[]): string[] =>
  times.map((one) => `${one.size} ${one.backend}: ${'leftOut' in one ? one.leftOut : 'timed'}`);

it('times the small sizes first, and compares policies with the CPU', async () => {
  const scaled = {
    ...cpu,
    name: 'skewed',
    open: async (): Promise<Backend> => {
      const backend = cpuBackend();
      const { ops } = backend;
      return { ...backend, ops: { ...ops, matVec: (m, v) => ops.mul(ops.matVec(m, v), 1.5) } };
    },
  };
  const times = await deviceTimes([cpu, scaled], plan, () => undefined);
  expect(words(times)).toEqual(['3 cpu: timed', '3 skewed: timed', '5 cpu: timed', '5 skewed: timed']);
  const differences = times.map((one) => ('leftOut' in one ? Number.NaN : one.difference));
  expect(differences[0]).toBe(0);
  expect(differences[1]).toBeGreaterThan(1e-3);
});

it('names what does not open, and goes on after a device that goes away while it is timed', async () => {
  const absent = { ...cpu, name: 'absent', open: () => Promise.reject(new Error('no adapter')) };
  expect(words(await deviceTimes([cpu, absent], { ...plan, sizes: [3] }, () => undefined))).toEqual([
    '3 absent: no adapter',
    '3 cpu: timed',
  ]);
  let opened = 0;
  const frail = { ...cpu, name: 'frail', open: async () => (opened++ === 0 ? failing(4) : cpuBackend()) };
  const heard: string[] = [];
  expect(words(await deviceTimes([cpu, frail], plan, (line) => heard.push(line)))).toEqual([
    '3 cpu: frail stopped: unplugged',
    '3 frail: frail stopped: unplugged',
    '5 cpu: timed',
    '5 frail: timed',
  ]);
  expect(heard).toContain('frail stopped: unplugged');
});

it('names what memory and time do not allow, and leaves rows of nothing out of the table', async () => {
  const small = await deviceTimes([cpu], { ...plan, memoryBytes: 2000 }, () => undefined);
  expect(words(small)).toEqual(['3 cpu: timed', '5 cpu: it takes 0.0 GiB of memory; 0.0 may be used']);
  const late = await deviceTimes([cpu], { ...plan, seconds: 0 }, () => undefined);
  expect(words(late)).toEqual(['3 cpu: no time left', '5 cpu: no time left']);
  const mixed: DeviceTimes[] = [
    { size: 16384, runs: 1, backend: 'cpu', leftOut: 'no time left' },
    {
      size: 300,
      runs: 64,
      backend: 'cpu',
      microsecondsPerStep: 744.7,
      leastMicroseconds: 680,
      gflops: 42.57,
      GBs: 2.7,
      difference: 0,
    },
  ];
  expect(timesTable(mixed).split('\n').slice(2)).toEqual(['| 300 | 64 | 745 (42.6) |']);
});
