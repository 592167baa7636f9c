import { expect, it } from 'vitest';
import { circle, yamlOf } from '../experiments/specification.ts';
import { command, workplace } from './command.ts';

const place = workplace();
place.write('circle.json', circle);
place.write('two.yaml', yamlOf({ solvers: '[extragradient, nash-md]' }));

it('run says how much it is about to do, on how many workers and with what memory', async () => {
  const { code, stderr } = await command(place, 'run', 'two.yaml', '--workers', '2', '--no-report', '--out', 'a');
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^2 runs in 2 batches on 2 workers \(under a second on one\); memory: about \d+ MB of [\d.]+ [MGT]B \(\d+ MB for nashlab and the games, 140 MB for threads, \d+ MB for batches, \d+ MB for finished runs\)\n/,
  );
  const again = await command(place, 'run', 'two.yaml', '--no-report', '--out', 'a');
  expect(again.stderr).toBe('2 of 2 runs were already stored\n');
});

it('run says why there are fewer workers than were asked for', async () => {
  const solo = yamlOf({ name: 'solo', temperatures: '[0.1, 0.2]' });
  place.write('solo.yaml', solo);
  const { stderr } = await command(place, 'run', 'solo.yaml', '--workers', '2', '--no-report');
  expect(stderr).toContain('2 runs in 1 batch on 1 worker, for want of batches (under a second on one)');
});

it('run --quiet says nothing of it', async () => {
  const { code, stderr } = await command(place, 'run', 'two.yaml', '--no-report', '--out', 'c', '-q');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it('verify takes workers too', async () => {
  await command(place, 'run', 'two.yaml', '--no-report', '--out', 'd', '-q');
  const { code, stdout, stderr } = await command(place, 'verify', 'd/small', '--workers', '2', '--memory-limit', '4GB');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('2 of 2 runs agree');
});
