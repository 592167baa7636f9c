import { isDeepStrictEqual } from 'node:util';
import { contentHash } from '../src/core/canonical.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { breathe } from '../src/solve/breathe.ts';
import { cellId } from './cell-id.ts';
import { computeCell } from './compute.ts';
import { provenance } from './provenance.ts';
import { answerOf } from './store.ts';
import type { LoadedExperiment, StoredRun } from './stored.ts';

export interface Verification {
  readonly id: string;
  readonly run: StoredRun;
  readonly agrees: boolean;
  /** `bit for bit`, `within 3e-15`, or what differs first. */
  readonly words: string;
}

/** Agreement asked of runs from another platform or Node version, whose last bits may differ. */
const foreignTolerance = 1e-9;

/** The largest difference between two numbers at the same place, relative above 1; ∞ when anything else differs. */
function distance(a: unknown, b: unknown, place: string): { readonly size: number; readonly place: string } {
  if (typeof a === 'number' && typeof b === 'number') {
    const size = Object.is(a, b) ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(a));
    return { size: Number.isNaN(size) ? Infinity : size, place };
  }
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    const parts = keys.map((key) =>
      distance(
        (a as Record<string, unknown>)[key],
        (b as Record<string, unknown>)[key],
        place === '' ? key : `${place}.${key}`,
      ),
    );
    return parts.reduce((worst, part) => (part.size > worst.size ? part : worst), { size: 0, place });
  }
  return { size: a === b ? 0 : Infinity, place };
}

/** Recomputes every stored run of an experiment and compares: cell id, game content, result, iterates and history. */
export async function verifyExperiment(
  backend: Backend,
  loaded: LoadedExperiment,
  signal?: AbortSignal,
): Promise<Verification[]> {
  const here = provenance(backend.info);
  const results: Verification[] = [];
  for (const run of loaded.runs) {
    // Cells shorter than a breath of the solve loop would never let an interrupt in.
    await breathe();
    if (signal?.aborted) break;
    const game = loaded.games[run.cell.game.hash];
    const base = { id: run.id, run };
    if (cellId(run.cell) !== run.id) {
      results.push({ ...base, agrees: false, words: 'the cell does not have the content its id says' });
      continue;
    }
    if (contentHash(game) !== run.cell.game.hash) {
      results.push({ ...base, agrees: false, words: 'the stored game does not have the content its hash says' });
      continue;
    }
    const again = await computeCell(backend, run.id, run.cell, game, signal === undefined ? {} : { signal });
    if (again.result.code === 'aborted') break;
    // Through JSON, as the stored one went.
    const fresh: unknown = JSON.parse(JSON.stringify(answerOf(again)));
    if (isDeepStrictEqual(fresh, answerOf(run))) {
      results.push({ ...base, agrees: true, words: 'bit for bit' });
      continue;
    }
    const { size, place } = distance(answerOf(run), fresh, '');
    const foreign = run.provenance.node !== here.node || run.provenance.platform !== here.platform;
    const agrees = foreign && size <= foreignTolerance;
    results.push({
      ...base,
      agrees,
      words: agrees
        ? `within ${size.toExponential(1)} (computed elsewhere)`
        : `differs at ${place} by ${size.toExponential(1)}`,
    });
  }
  return results;
}
