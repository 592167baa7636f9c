import { afterEach, describe, expect, it, vi } from 'vitest';
import { blasFinding } from '../../src/cli/blas-finding.ts';
import type { Blas } from '../../src/numerics/blas/blas.ts';
import { blasNote } from '../../src/numerics/blas/blas-note.ts';
import { searchBlas } from '../../src/numerics/blas/find-blas.ts';
import { loadKoffi } from '../../src/numerics/blas/koffi.ts';
import { command, workplace } from './command.ts';

const place = workplace();
const blas = { kind: 'openblas', library: 'openblas 0.3', file: '/lib/openblas.so', threads: 1 } as Blas;
const surroundings = { platform: process.platform, koffi: loadKoffi() };
const absent = { reason: 'the package koffi is not installed' };

describe('what doctor says about BLAS', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('counts threads', () => {
    const words = (threads: number) => blasFinding(() => ({ blas: { ...blas, threads } as Blas, refusals: [] })).words;
    expect(words(1)).toBe('openblas 0.3 (/lib/openblas.so, 1 thread): large products in float64');
    expect(words(2)).toContain(', 2 threads)');
  });

  it('says once why a library was refused', () => {
    const [reason, advice] = ['it fails its self-test: entry 0 is 1', 'unset it'];
    const refusals = [{ file: '/lib/a.so', reason }];
    const named = blasFinding(() => ({
      blas: undefined,
      refusals,
      reason: `NASHLAB_BLAS is "/lib/a.so": ${reason}`,
      advice,
    }));
    expect(named.words).toBe(`NASHLAB_BLAS is "/lib/a.so": ${reason}: compiled kernels multiply instead`);
    const found = blasFinding(() => ({
      blas: undefined,
      refusals,
      reason: 'every BLAS library found was refused',
      advice,
    }));
    expect(found.words).toMatch(`multiply instead; refused /lib/a.so: ${reason}`);
    expect(blasFinding(() => ({ blas, refusals })).words).toMatch(`in float64; refused /lib/a.so: ${reason}`);
  });

  it.each(['0', '999'])('NASHLAB_THREADS=%s is a row, not the end of doctor', async (threads) => {
    const refused = () => searchBlas({ ...surroundings, environment: { NASHLAB_THREADS: threads } });
    // A machine without a library takes any number of threads.
    if (threads !== '0' && searchBlas({ ...surroundings, environment: {} }).blas === undefined) return;
    expect(blasFinding(refused)).toEqual({
      what: 'BLAS',
      works: false,
      words: expect.stringMatching(/^"?\d+"? threads.*, at NASHLAB_THREADS: large products stop with this error$/),
      advice: expect.stringMatching(/^NASHLAB_THREADS: expected a .*, or unset it$/),
    });
  });

  it('doctor goes on with a number of threads that is none', async () => {
    vi.stubEnv('NASHLAB_THREADS', '0');
    const { code, stdout } = await command(place, 'doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^BLAS +no +"0" threads, at NASHLAB_THREADS/m);
    expect(stdout).toMatch(/^linear programs +yes/m);
  });
});

describe('the note about NASHLAB_BLAS', () => {
  it('costs nothing and says nothing where it asks for no library', () => {
    const never = () => expect.fail('looked for a library');
    for (const environment of [{}, { NASHLAB_BLAS: '' }, { NASHLAB_BLAS: 'none' }])
      expect(blasNote(environment, never)).toBeUndefined();
  });

  it('says why the library that it names will not multiply, and nothing where it will', () => {
    const environment = { NASHLAB_BLAS: '/nowhere/lib.so' };
    const gone = blasNote(environment, () => searchBlas({ ...surroundings, environment }));
    expect(gone).toMatch(/(no such library|koffi .*): compiled kernels multiply instead$/);
    expect(blasNote(environment, () => searchBlas({ ...surroundings, environment, koffi: absent }))).toBe(
      'NASHLAB_BLAS is "/nowhere/lib.so": the package koffi is not installed: compiled kernels multiply instead',
    );
    const slow = { ...blas, kind: 'other', library: 'libblas.so.3' } as Blas;
    expect(blasNote(environment, () => ({ blas: slow, refusals: [] }))).toBe(
      'NASHLAB_BLAS is "/nowhere/lib.so": libblas.so.3 is slower than the compiled kernels, not used',
    );
    expect(blasNote(environment, () => ({ blas, refusals: [] }))).toBeUndefined();
  });
});
