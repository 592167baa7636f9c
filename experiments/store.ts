import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import type { LoadedExperiment, StoredExperiment, StoredGame, StoredRun } from './stored.ts';
import { storedExperimentSchema, storedRunSchema } from './stored-schema.ts';

/*
 * runs/<experiment>/experiment.json          what was asked
 * runs/<experiment>/games/<hash>.json        the games, by content
 * runs/<experiment>/<cell id>/run.json       one finished run
 *
 * Append-only. Every file is written under a temporary name, synced and renamed, so a killed process leaves either a
 * whole file or none.
 */

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function refusal(file: string, what: string, cause?: unknown): NashlabError {
  return new NashlabError('bad-run', {
    what: `a stored file cannot be read: ${what}`,
    where: file,
    expected: 'a file as nashlab run wrote it; remove it to compute it again',
    cause,
  });
}

/** Reads a stored file whose shape the schema vouches for. */
function parse<T>(file: string, schema: z.ZodType): T {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refusal(file, (cause as Error).message, cause);
  }
  const { error } = schema.safeParse(data);
  if (error !== undefined) throw refusal(`${file}: ${error.issues[0].path.join('.')}`, error.issues[0].message);
  return data as T;
}

function parseRun(folder: string, id: string): StoredRun {
  const file = join(folder, id, 'run.json');
  const run = parse<StoredRun>(file, storedRunSchema);
  if (run.id !== id) throw refusal(`${file}: id`, `it is run ${run.id}`);
  return run;
}

/** Writes under `folder`; what the machine refuses becomes an error of nashlab. */
function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    if (cause instanceof NashlabError) throw cause;
    throw new NashlabError('unwritable', {
      what: `the runs cannot be written: ${(cause as Error).message}`,
      where: folder,
      expected: 'a folder you may write to; choose one with --out',
      cause,
    });
  }
}

/** Makes a folder and those above it; `recursive` does not return where a folder takes no children, as /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Removes what killed writes left behind: the temporary name is the file's own with a number after it. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder))
    if (/\.(json|html)\.\d+$/.test(name)) rmSync(join(folder, name), { force: true });
}

/** What a run says apart from when and on what it was computed. */
export function answerOf(run: StoredRun): unknown {
  const { times: _times, provenance: _provenance, ...answer } = run;
  return answer;
}

export interface RunStore {
  readonly folder: string;
  has(id: string): boolean;
  read(id: string): StoredRun;
  /** @throws `changed-answer` when the cell is stored with another answer. */
  write(run: StoredRun): void;
  begin(experiment: StoredExperiment, games: Readonly<Record<string, StoredGame>>): void;
}

/** The store of one experiment under `out`. */
export function runStore(out: string, name: string): RunStore {
  const folder = join(out, name);
  const fileOf = (id: string): string => join(folder, id, 'run.json');
  return {
    folder,
    has: (id) => existsSync(fileOf(id)),
    read: (id) => parseRun(folder, id),
    write(run) {
      const file = fileOf(run.id);
      // Through JSON, as the stored one went: it knows no −0.
      const fresh: unknown = JSON.parse(JSON.stringify(answerOf(run)));
      if (existsSync(file) && !isDeepStrictEqual(answerOf(parseRun(folder, run.id)), fresh))
        throw new NashlabError('changed-answer', {
          what: `cell ${run.id} is stored with another answer`,
          where: file,
          expected: 'the same answer for the same cell; keep both by choosing another --out, and please report it',
        });
      writing(folder, () => {
        makeFolder(join(folder, run.id));
        removeLeftovers(join(folder, run.id));
        writeFileAtomic.sync(file, text(run));
      });
    },
    begin(experiment, games) {
      writing(folder, () => {
        makeFolder(join(folder, 'games'));
        for (const part of [folder, join(folder, 'games')]) removeLeftovers(part);
        for (const [hash, game] of Object.entries(games)) {
          const file = join(folder, 'games', `${hash}.json`);
          if (!existsSync(file)) writeFileAtomic.sync(file, text(game));
        }
        writeFileAtomic.sync(join(folder, 'experiment.json'), text(experiment));
      });
    },
  };
}

/** Cells that lie in a folder, whether or not the present experiment file asks for them. */
function storedIds(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .sort();
}

/**
 * Loads an experiment folder with its finished runs. Throws `bad-run` for a folder that holds none.
 * @param scope `asked`: the cells of the experiment as it was last run; `all`: every stored run, older ones last.
 * @param onDamaged is told of a run that cannot be read, which is then left out; without it, the error is thrown.
 */
export function loadExperiment(
  folder: string,
  scope: 'asked' | 'all' = 'asked',
  onDamaged?: (id: string, error: NashlabError) => void,
): LoadedExperiment {
  const file = join(folder, 'experiment.json');
  if (!existsSync(folder) || !statSync(folder).isDirectory() || !existsSync(file))
    throw new NashlabError('bad-run', {
      what: 'no experiment here',
      where: folder,
      expected: 'a folder written by nashlab run, such as runs/<experiment> (it holds experiment.json)',
    });
  const experiment = parse<StoredExperiment>(file, storedExperimentSchema);
  const ids = scope === 'asked' ? experiment.cells : [...new Set([...experiment.cells, ...storedIds(folder)])];
  const runs = ids
    .filter((id) => existsSync(join(folder, id, 'run.json')))
    .flatMap((id) => {
      try {
        return [parseRun(folder, id)];
      } catch (error) {
        if (onDamaged === undefined || !(error instanceof NashlabError)) throw error;
        onDamaged(id, error);
        return [];
      }
    });
  if (runs.length === 0)
    throw new NashlabError('bad-run', {
      what: 'no finished run',
      where: folder,
      expected: `at least one; run nashlab run ${experiment.name} first`,
    });
  const hashes = [...new Set(runs.map((run) => run.cell.game.hash))];
  const games = Object.fromEntries(
    hashes.map((hash) => [
      hash,
      parse<StoredGame>(join(folder, 'games', `${hash}.json`), z.looseObject({ kind: z.string() })),
    ]),
  );
  return { experiment, runs, games };
}
