import { expect, it } from 'vitest';
import { bytesOf } from './device-times.ts';
import { limitBytes, packSize } from './pack-size.ts';

it('counts archives and working tree together, to the byte', () => {
  const tree = 2 * 2 ** 20;
  const exact = packSize({ runtime: limitBytes - tree - 5, check: 5 }, tree);
  expect(exact.fits).toBe(true);
  expect(exact.words).toContain('64.0 MiB of 64.0 MiB, 0.0 MiB to spare');
  const over = packSize({ runtime: limitBytes, check: 2 ** 20 }, tree);
  expect(over.fits).toBe(false);
  expect(over.words).toContain('runtime 64.0 MiB, check 1.0 MiB');
  expect(over.words).toContain('3.0 MiB over: leave a part out with --without');
  expect(packSize({ runtime: limitBytes - tree - 5, check: 6 }, tree).fits).toBe(false);
});

it('asks for room for the matrix of 16,384 actions on the host and on every backend', () => {
  expect(bytesOf(16384, 1, 2) / 2 ** 30).toBeCloseTo(8, 1);
  expect(bytesOf(16384, 1024, 2)).toBeGreaterThan(bytesOf(16384, 1, 2) + 20 * 2 * 8 * 16384 * 1000);
});
