import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { searchBlas } from '../../src/numerics/blas/find-blas.ts';
import { type Koffi, loadKoffi } from '../../src/numerics/blas/koffi.ts';
import { missingCompiler, variants } from './blas-library.ts';

const koffi = loadKoffi();
const search = (environment: NodeJS.ProcessEnv) => searchBlas({ environment, platform: process.platform, koffi });

/** koffi on a machine that has these libraries and no other. */
function redirected(files: Readonly<Record<string, string>>): Koffi {
  const real = koffi as Koffi;
  return { ...real, load: (name: string) => real.load(files[name] ?? '/nowhere/lib.so') } as Koffi;
}

const obstacle = 'reason' in koffi ? koffi.reason : missingCompiler();
if (obstacle !== undefined) process.stderr.write(`broken BLAS libraries: skipped, ${obstacle}\n`);

describe.skipIf(obstacle !== undefined)('broken BLAS libraries', () => {
  const made = obstacle === undefined ? variants() : undefined;
  afterAll(() => made?.remove());

  it('the same source without a defect is taken', () => {
    const file = made!.compile('sound');
    const { blas, ...rest } = search({ NASHLAB_BLAS: file });
    expect(blas).toMatchObject({ kind: 'other', library: 'libsound.so', file, threads: undefined });
    expect(rest).toMatchObject({ refusals: [], advice: expect.stringContaining('may be slow') });
    expect(() => blas!.setThreads(2)).toThrow('no switch for threads');
    expect(() => search({ NASHLAB_BLAS: file, NASHLAB_THREADS: '2' })).toThrow('NASHLAB_THREADS');
  });

  it.each([
    ['transposed', ['TRANSPOSED'], 'cblas_dgemv of 3 × 7: entry 0 is'],
    ['transposed-gemm', ['TRANSPOSED_GEMM'], 'cblas_dgemm of 3 × 7 by 1: entry 0 is'],
    ['same-vector', ['SAME_VECTOR'], 'cblas_dgemm of 1 × 1 by 2: entry 1 is'],
    ['dropped-row', ['DROPPED_ROW'], 'cblas_dgemv of 1 × 1: entry 0 is NaN'],
    ['single-precision', ['REAL=float'], 'cblas_dgemv of 1 × 1: entry 0 is'],
    ['beta-always', ['BETA_ALWAYS'], 'cblas_dgemv of 1 × 1: entry 0 is NaN'],
    ['alpha-and-beta', ['ALPHA_AND_BETA'], 'cblas_dgemv of 1 × 1: entry 0 is 0 '],
    ['beta-never', ['BETA_NEVER'], 'cblas_dgemv of a block 1 × 1: entry 0 is'],
    ['packed', ['PACKED'], 'cblas_dgemv of a block 5 × 1: entry 1 is'],
    ['never-transposed', ['NEVER_TRANSPOSED'], 'cblas_dgemv of a block 1 × 5, mirrored: entry 0 is'],
    ['overrun', ['OVERRUN'], 'cblas_dgemv of 1 × 1: it writes beyond the result'],
    ['underrun', ['UNDERRUN'], 'cblas_dgemv of 1 × 1: it writes beyond the result'],
    ['without-gemv', ['WITHOUT_GEMV'], 'no cblas_dgemv'],
    ['wide', ['CONFIG="OpenBLAS 9.9 USE64BITINT"'], '64-bit integers'],
    ['wide-names', ['WIDE_NAMES'], 'cblas_dgemv64_ alone, which takes 64-bit integers'],
  ])('%s is refused, and no other takes its place', (name, defines, words) => {
    const file = made!.compile(name, ...defines);
    const state = search({ NASHLAB_BLAS: file });
    expect(state.blas).toBeUndefined();
    expect(state.refusals).toEqual([{ file, reason: expect.stringContaining(words) }]);
    expect(state).toMatchObject({ reason: expect.stringContaining(file), advice: expect.stringContaining('unset') });
  });

  it('a text file is refused in the words of the loader', () => {
    const file = join(made!.folder, 'libtext.so');
    writeFileSync(file, 'not a library\n');
    expect(search({ NASHLAB_BLAS: file }).refusals).toEqual([{ file, reason: expect.stringMatching(/ELF|too short/) }]);
  });

  it('a refused candidate is reported beside the one that is taken, and beside none', () => {
    const broken = made!.compile('transposed', 'TRANSPOSED');
    const sound = made!.compile('sound');
    const among = (files: Readonly<Record<string, string>>) =>
      searchBlas({ environment: {}, platform: 'linux', koffi: redirected(files) });
    const refusals = [{ file: 'libopenblas.so.0', reason: expect.stringContaining('self-test') }];
    expect(among({ 'libopenblas.so.0': broken, 'libblas.so.3': sound })).toMatchObject({
      blas: { library: 'libsound.so' },
      refusals,
    });
    expect(among({ 'libopenblas.so.0': broken })).toMatchObject({
      blas: undefined,
      refusals,
      reason: 'every BLAS library found was refused',
    });
    expect(among({})).toMatchObject({ blas: undefined, refusals: [], reason: 'no BLAS library was found' });
  });
});

describe('what the environment asks for', () => {
  it('NASHLAB_BLAS=none, and a library that is not there', () => {
    expect(search({ NASHLAB_BLAS: 'none' })).toMatchObject({ blas: undefined, reason: 'NASHLAB_BLAS is "none"' });
    if ('reason' in koffi) return;
    expect(search({ NASHLAB_BLAS: '/nowhere/libopenblas.so' })).toMatchObject({
      blas: undefined,
      refusals: [],
      reason: expect.stringContaining('no such library'),
    });
  });

  it.each(['0', '-1', '2.5', 'two', '1e3'])('NASHLAB_THREADS=%s is an error', (text) => {
    expect(() => search({ NASHLAB_BLAS: 'none', NASHLAB_THREADS: text })).toThrow(
      `"${text}" threads, at NASHLAB_THREADS; expected a whole number of at least 1`,
    );
  });

  it.each([
    ['linux', 'libopenblas0-pthread'],
    ['darwin', 'brew install openblas'],
    ['win32', 'libopenblas.dll'],
  ] as const)('on %s without any library the advice is a command', (platform, words) => {
    const absent = {
      load: () => {
        throw new Error('Failed to load shared library: cannot open shared object file: No such file');
      },
    };
    const state = searchBlas({ environment: {}, platform, koffi: absent as unknown as Koffi });
    expect(state).toMatchObject({ blas: undefined, refusals: [], advice: expect.stringContaining(words) });
  });

  it('without koffi the advice is to install it', () => {
    const state = searchBlas({
      environment: {},
      platform: 'linux',
      koffi: { reason: 'the package koffi is not installed' },
    });
    expect(state).toMatchObject({
      blas: undefined,
      reason: 'the package koffi is not installed',
      advice: 'npm install koffi',
    });
  });
});
