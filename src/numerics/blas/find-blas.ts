import { NashlabError, within } from '../../core/errors.ts';
import type { Blas, BlasState, Refusal } from './blas.ts';
import { candidates, installAdvice } from './candidates.ts';
import { loadKoffi } from './koffi.ts';
import { openBlas } from './open-blas.ts';

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly koffi: ReturnType<typeof loadKoffi>;
}

function threadsAsked(environment: NodeJS.ProcessEnv): number | undefined {
  const text = environment.NASHLAB_THREADS;
  if (!text) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new NashlabError('bad-option', {
    what: `"${text}" threads`,
    where: 'NASHLAB_THREADS',
    expected: 'a whole number of at least 1',
  });
}

function useThreads(blas: Blas, threads: number | undefined): void {
  if (threads === undefined) return;
  try {
    blas.setThreads(threads);
  } catch (error) {
    throw within('NASHLAB_THREADS', error);
  }
}

/** Looks for a library in the given surroundings; `findBlas` is what to call. */
export function searchBlas({ environment, platform, koffi }: Surroundings): BlasState {
  const asked = environment.NASHLAB_BLAS || undefined;
  const threads = threadsAsked(environment);
  if (asked === 'none')
    return { blas: undefined, refusals: [], reason: 'NASHLAB_BLAS is "none"', advice: 'unset NASHLAB_BLAS' };
  if ('reason' in koffi) return { blas: undefined, refusals: [], reason: koffi.reason, advice: 'npm install koffi' };

  const refusals: Refusal[] = [];
  for (const file of asked === undefined ? candidates(platform, environment) : [asked]) {
    const opened = openBlas(koffi, file);
    if (opened === 'absent') continue;
    if ('refusal' in opened) {
      refusals.push({ file, reason: opened.refusal });
      continue;
    }
    const { blas } = opened;
    useThreads(blas, threads);
    if (blas.kind !== 'other') return { blas, refusals };
    return { blas, refusals, advice: `${blas.library} may be slow; faster: ${installAdvice(platform)}` };
  }

  if (asked !== undefined)
    return {
      blas: undefined,
      refusals,
      reason: `NASHLAB_BLAS is "${asked}": ${refusals[0]?.reason ?? 'the system finds no such library'}`,
      advice: 'set NASHLAB_BLAS to a BLAS library with cblas_dgemv and cblas_dgemm, or unset it',
    };
  const reason = refusals.length > 0 ? 'every BLAS library found was refused' : 'no BLAS library was found';
  return { blas: undefined, refusals, reason, advice: installAdvice(platform) };
}

let found: BlasState | undefined;

/**
 * The BLAS of this machine, looked for once per process and worker thread: the one that NASHLAB_BLAS names (a path, or `none`)
 * and no other, else the first usable one of the platform. What was refused on the way is in `refusals`. Threads are as
 * NASHLAB_THREADS says, else as the library chose (OPENBLAS_NUM_THREADS and its like). A library that ends the process
 * when it is loaded or tried cannot be caught: NASHLAB_BLAS=none passes it by. Throws `bad-option` for a NASHLAB_THREADS
 * that is no number or that the library does not take, `not-applicable` where it has no switch for threads.
 */
export function findBlas(): BlasState {
  found ??= searchBlas({ environment: process.env, platform: process.platform, koffi: loadKoffi() });
  return found;
}
