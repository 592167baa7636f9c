import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { NashlabError } from '../src/core/errors.ts';
import type { LoadedExperiment, StoredExperiment, StoredGame, StoredRun } from './stored.ts';

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

function parse<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new NashlabError('bad-run', {
      what: `a stored file cannot be read: ${(cause as Error).message}`,
      where: file,
      expected: 'JSON written by nashlab run; remove the file to run that cell again',
      cause,
    });
  }
}

/** Makes sure that a folder exists and can be written; throws `unwritable` before anything is computed. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new NashlabError('unwritable', {
      what: `the output folder cannot be written: ${(cause as Error).message}`,
      where: folder,
      expected: 'a folder you may write to; choose one with --out',
      cause,
    });
  }
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
  const read = (id: string): StoredRun => parse<StoredRun>(fileOf(id));
  return {
    folder,
    has: (id) => existsSync(fileOf(id)),
    read,
    write(run) {
      const file = fileOf(run.id);
      if (existsSync(file) && !isDeepStrictEqual(answerOf(read(run.id)), answerOf(run)))
        throw new NashlabError('changed-answer', {
          what: `cell ${run.id} is stored with another answer`,
          where: file,
          expected: 'the same answer for the same cell; keep both by choosing another --out, and please report it',
        });
      mkdirSync(join(folder, run.id), { recursive: true });
      for (const leftover of readdirSync(join(folder, run.id)))
        if (leftover !== 'run.json') rmSync(join(folder, run.id, leftover));
      writeFileAtomic.sync(file, text(run));
    },
    begin(experiment, games) {
      prepareFolder(folder);
      mkdirSync(join(folder, 'games'), { recursive: true });
      for (const [hash, game] of Object.entries(games)) {
        const file = join(folder, 'games', `${hash}.json`);
        if (!existsSync(file)) writeFileAtomic.sync(file, text(game));
      }
      writeFileAtomic.sync(join(folder, 'experiment.json'), text(experiment));
    },
  };
}

/** Loads an experiment folder with its finished runs. Throws `bad-run` for a folder that holds none. */
export function loadExperiment(folder: string): LoadedExperiment {
  const file = join(folder, 'experiment.json');
  if (!existsSync(folder) || !statSync(folder).isDirectory() || !existsSync(file))
    throw new NashlabError('bad-run', {
      what: 'no experiment here',
      where: folder,
      expected: 'a folder written by nashlab run, such as runs/<experiment> (it holds experiment.json)',
    });
  const experiment = parse<StoredExperiment>(file);
  const runs = experiment.cells
    .map((id) => join(folder, id, 'run.json'))
    .filter(existsSync)
    .map((path) => parse<StoredRun>(path));
  if (runs.length === 0)
    throw new NashlabError('bad-run', {
      what: 'no finished run',
      where: folder,
      expected: `at least one; run nashlab run ${experiment.name} first`,
    });
  const hashes = [...new Set(runs.map((run) => run.cell.game.hash))];
  const games = Object.fromEntries(
    hashes.map((hash) => [hash, parse<StoredGame>(join(folder, 'games', `${hash}.json`))]),
  );
  return { experiment, runs, games };
}
