import { isDeepStrictEqual } from 'node:util';
import { readGameDocument } from '../games/read-json.ts';
import { contentHash } from '../src/core/canonical.ts';
import { NashlabError } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { openBackend } from '../src/numerics/catalogue.ts';
import { gameSize } from '../src/solve/memory.ts';
import { cellId } from './cell-id.ts';
import { computeBatches } from './compute-batches.ts';
import { type CrewOptions, crewFor } from './crew.ts';
import { planWork, type WorkOptions, workLimits } from './plan-work.ts';
import { answerOf } from './store.ts';
import type { LoadedExperiment, Provenance, StoredRun } from './stored.ts';

export interface Verification {
  readonly id: string;
  readonly run: StoredRun;
  readonly agrees: boolean;
  /** `bit for bit`, `within 3e-15`, or what differs first. */
  readonly words: string;
}

/** Agreement asked of runs from elsewhere. */
const foreignTolerance = 1e-9;
const foreignTolerance32 = 1e-5;

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

export interface VerifyOptions extends WorkOptions, CrewOptions {
  /** Opens the device that computed a run; the machine's own by default. */
  readonly open?: (name: string) => Promise<Backend>;
  readonly onProgress?: (done: number, label: string) => void;
}

/** What can be wrong with a run before anything is computed. */
function misnamed(run: StoredRun, gameHash: string): string | undefined {
  if (cellId(run.cell) !== run.id) return 'the cell does not have the content its id says';
  if (gameHash !== run.cell.game.hash) return 'the stored game does not have the content its hash says';
  return undefined;
}

/** Libraries of nashlab's own, whose bits are those of every processor. */
const ownLibraries = ['wasm-simd', 'loops'];

/**
 * Whether another machine, Node version or library computed a run, and its last bits may differ. A system's library
 * chooses its kernels by the processor.
 */
export function elsewhere(a: Provenance, b: Provenance): boolean {
  const computedBy = ({ node, platform, cpu, backend: { library, build, threads } }: Provenance): unknown => [
    [node, platform, library, build, threads],
    ownLibraries.includes(library) ? undefined : cpu,
  ];
  return !isDeepStrictEqual(computedBy(a), computedBy(b));
}

function compared(run: StoredRun, again: StoredRun): Verification {
  const base = { id: run.id, run };
  // Through JSON, as the stored one went.
  const fresh: unknown = JSON.parse(JSON.stringify(answerOf(again)));
  if (isDeepStrictEqual(fresh, answerOf(run))) return { ...base, agrees: true, words: 'bit for bit' };
  const { size, place } = distance(answerOf(run), fresh, '');
  const foreign = elsewhere(run.provenance, again.provenance);
  const agrees =
    foreign && size <= (run.provenance.backend.dtype === 'float32' ? foreignTolerance32 : foreignTolerance);
  const words = agrees
    ? `within ${size.toExponential(1)} (computed elsewhere)`
    : `differs at ${place} by ${size.toExponential(1)}`;
  return { ...base, agrees, words };
}

/**
 * Recomputes every stored run of an experiment, in batches as `run` does, and compares: cell id, game content, result,
 * iterates and history. Runs that an interruption left out are absent.
 * @param place as `runExperiment` takes it; what a device computed is recomputed on that device.
 * @throws `bad-option` for workers and memory limits that are none.
 */
export async function verifyExperiment(
  place: Backend,
  loaded: LoadedExperiment,
  options: VerifyOptions = {},
): Promise<Verification[]> {
  const results = new Map<string, Verification>();
  const byId = new Map(loaded.runs.map((run) => [run.id, run]));
  const hashes = Object.fromEntries(Object.entries(loaded.games).map(([hash, game]) => [hash, contentHash(game)]));
  for (const run of loaded.runs) {
    const words = misnamed(run, hashes[run.cell.game.hash]);
    if (words !== undefined) results.set(run.id, { id: run.id, run, agrees: false, words });
  }
  const { signal, onProgress } = options;
  const cells = loaded.runs.filter(({ id }) => !results.has(id));
  const names = new Map(cells.map(({ cell: { game } }) => [game.hash, game.name]));
  const sizes = Object.fromEntries(
    [...names].map(([hash, name]) => [hash, gameSize(readGameDocument(loaded.games[hash], name))]),
  );
  const onDevice = async (name: string, some: readonly StoredRun[]): Promise<void> => {
    let device: Backend;
    try {
      device = await (options.open ?? openBackend)(name);
    } catch (error) {
      if (!(error instanceof NashlabError)) throw error;
      const words = `not recomputed: ${error.message}`;
      for (const run of some) results.set(run.id, { id: run.id, run, agrees: false, words });
      return;
    }
    await recompute(device, some).finally(() => device.dispose());
  };
  const recompute = async (on: Backend, some: readonly StoredRun[]): Promise<void> => {
    const plan = planWork(some, sizes, workLimits(on, options));
    const crew = await crewFor(plan, on, loaded.games, options);
    try {
      const lost = await computeBatches(crew, plan.batches, {
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
        onRuns(runs) {
          for (const again of runs) results.set(again.id, compared(byId.get(again.id) as StoredRun, again));
        },
      });
      if (lost.length > 0) throw lost[0];
    } finally {
      await crew.close();
    }
  };
  for (const name of new Set(cells.map(({ cell }) => cell.backend))) {
    const some = cells.filter(({ cell }) => cell.backend === name);
    if (name === undefined) await recompute(place, some);
    else await onDevice(name, some);
  }
  return loaded.runs.flatMap(({ id }) => results.get(id) ?? []);
}
