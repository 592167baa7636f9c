import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExperiment } from '../../experiments/store.ts';
import { verifyExperiment } from '../../experiments/verify.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { command, workplace } from '../cli/command.ts';
import { circle, yamlOf } from './specification.ts';

const place = workplace();
place.write('circle.json', circle);
place.write('two.yaml', yamlOf({ temperatures: '[0.1, 0.2]' }));
const run = (...flags: string[]) => command(place, 'run', 'two.yaml', '--no-report', ...flags);

it('what a device computes are cells of its own, and are verified on that device', async () => {
  expect((await run('--backend', 'wasm')).code).toBe(0);
  const onCpu = await run();
  expect({ code: onCpu.code, resumed: onCpu.stderr.includes('already stored') }).toEqual({ code: 0, resumed: false });
  expect((await run('--backend', 'wasm')).stderr).toContain('2 of 2 runs were already stored');
  const { code, stdout } = await command(place, 'verify', 'runs/small');
  expect(code).toBe(0);
  expect(stdout).toContain('4 of 4 runs agree');
  expect(stdout.match(/agrees bit for bit/g)).toHaveLength(4);
});

it('a device that is not there leaves its runs unverified, and says so', async () => {
  const loaded = loadExperiment(join(place.folder, 'runs', 'small'), 'all');
  const open = async (name: string) => {
    throw new NashlabError('backend-missing', { what: `no ${name} here`, expected: 'one' });
  };
  const results = await verifyExperiment(cpuBackend(), loaded, { open });
  const words = Object.fromEntries(results.map((result) => [result.run.cell.backend ?? 'cpu', result.words]));
  expect(words).toEqual({ cpu: 'bit for bit', wasm: expect.stringContaining('not recomputed: no wasm here') });
});

it('auto computes where bytes depend on no device, and says so', async () => {
  const { stderr } = await run('--backend', 'auto');
  expect(stderr).toContain('backend cpu: whose bytes depend on no device');
  expect(stderr).toContain('2 of 2 runs were already stored');
});

it('a damaged run is not counted as stored', async () => {
  const [stored] = loadExperiment(join(place.folder, 'runs', 'small')).runs;
  truncateSync(join(place.folder, 'runs', 'small', stored.id, 'run.json'), 100);
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain('error[bad-run]');
  expect(stderr).toContain('1 of 2 runs were already stored');
});
