import { NashlabError } from '../../core/errors.ts';
import type { Blas } from './blas.ts';
import { type Identity, identify } from './identify.ts';
import type { Koffi, Library } from './koffi.ts';
import { mappedFile } from './mapped-file.ts';
import { products } from './products.ts';
import { selfTest } from './self-test.ts';

/** A library that passed its self-test, one that did not and why, or a name under which there is none. */
export type Opened = { readonly blas: Blas } | { readonly refusal: string } | 'absent';

// The words of glibc, musl, macOS and Windows; where another library is missing that this one needs, glibc and musl add
// its name and Windows does not.
const notThere =
  /^Failed to load shared library: (cannot open shared object file: No such file|Error loading shared library \S+: No such file or directory$|.*no such file\)|The specified module could not be found)/;

function load(koffi: Koffi, name: string): { library: Library } | { problem: string } {
  try {
    return { library: koffi.load(name) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function missingProducts(library: Library): string {
  for (const name of ['cblas_dgemv64_', 'cblas_dgemv_64', 'scipy_cblas_dgemv64_'])
    if (hasSymbol(library, name)) return `it has ${name} alone, which takes 64-bit integers`;
  return 'it has no cblas_dgemv and cblas_dgemm';
}

function hasSymbol(library: Library, name: string): boolean {
  try {
    library.symbol(name);
    return true;
  } catch {
    return false;
  }
}

function setThreads(identity: Identity, count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new NashlabError('bad-option', { what: `${count} threads`, expected: 'a whole number of at least 1' });
  if (!identity.setThreads)
    throw new NashlabError('not-applicable', {
      what: `${identity.library} has no switch for threads`,
      expected:
        identity.kind === 'accelerate'
          ? 'VECLIB_MAXIMUM_THREADS set before nashlab starts'
          : 'no number of threads with this library',
    });
  const before = identity.getThreads?.();
  identity.setThreads(count);
  const used = identity.getThreads?.() ?? count;
  if (used === count) return;
  if (before !== undefined) identity.setThreads(before);
  throw new NashlabError('bad-option', {
    what: `${count} threads: ${identity.library} uses ${used}`,
    expected: `a number that this build allows (${identity.build || 'it says nothing about its build'})`,
  });
}

/** Loads a library by name or path and tries it. */
export function openBlas(koffi: Koffi, name: string): Opened {
  const loaded = load(koffi, name);
  if ('problem' in loaded) return notThere.test(loaded.problem) ? 'absent' : { refusal: loaded.problem };
  const { library } = loaded;
  if (!hasSymbol(library, 'cblas_dgemv') || !hasSymbol(library, 'cblas_dgemm'))
    return { refusal: missingProducts(library) };
  const file = mappedFile(koffi, library, 'cblas_dgemv') ?? name;
  const identity = identify(library, file);
  if (identity.unusable !== undefined) return { refusal: identity.unusable };
  const calls = products(library);
  const fault = selfTest(calls);
  if (fault !== undefined) return { refusal: `it fails its self-test: ${fault}` };
  return {
    blas: {
      kind: identity.kind,
      library: identity.library,
      build: identity.build,
      file,
      get threads() {
        return identity.getThreads?.();
      },
      setThreads: (count) => setThreads(identity, count),
      ...calls,
    },
  };
}
