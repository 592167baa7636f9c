import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { nearestNames, unknownName } from '../src/core/names.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { checkedFigures, publishedKeys } from './published.ts';
import { type Experiment, entryKeys, experimentSchema } from './spec.ts';

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Folder that relative game files start from. */
  readonly folder: string;
  /** The file, as error messages name it. */
  readonly file: string;
  /** Names the place of a path in the file, with its line. */
  readonly place: (path: readonly PropertyKey[]) => string;
}

const readyFolder = (): string => join(packageRoot(), 'experiments', 'ready');

/** Names of the ready experiments. */
export function readyExperiments(): string[] {
  return readdirSync(readyFolder())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

function findFile(nameOrFile: string): string {
  if (existsSync(nameOrFile)) return nameOrFile;
  if (/[\\/.]/.test(nameOrFile))
    throw new NashlabError('bad-file', {
      what: `no experiment file "${nameOrFile}"`,
      expected: `a YAML file that exists, or a ready experiment: ${readyExperiments().join(', ')}`,
    });
  const ready = join(readyFolder(), `${nameOrFile}.yaml`);
  if (existsSync(ready)) return ready;
  throw unknownName('experiment', nameOrFile, readyExperiments());
}

type Place = (path: readonly PropertyKey[], key?: string) => string;

/** Names the place of a path: `file:line`, or the `--set` that put it there; for an unknown key, the key itself. */
function placeIn(file: string, document: Document, lines: LineCounter, overridden: readonly string[]): Place {
  return (path, key) => {
    const dotted = [...path, ...(key === undefined ? [] : [key])].join('.');
    const set = overridden.find(
      (one) => one === dotted || one.startsWith(`${dotted}.`) || dotted.startsWith(`${one}.`),
    );
    if (set !== undefined) return `--set ${set}`;
    const parent = document.getIn(path as unknown[], true) as Node | undefined;
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node = (pair?.key as Node | undefined) ?? parent;
    const offset = node?.range?.[0];
    return offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
  };
}

type Issue = z.core.$ZodIssue;

/** The most telling issue of a union: of the alternative that got furthest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors.map((issues) => issues[0]).sort((a, b) => b.path.length - a.path.length)[0];
  const keys = issue.errors.flat().find((one) => one.code === 'unrecognized_keys');
  const chosen = keys ?? inner;
  return deepest({ ...chosen, path: [...issue.path, ...chosen.path] } as Issue);
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(experimentSchema.shape);
  if (path[0] === 'solvers' && !path.includes('budget')) return [...entryKeys.solvers];
  if (path[0] === 'games') return [...entryKeys.games];
  if (path[0] === 'published') return publishedKeys(path);
  return ['calls', 'steps'];
}

/** What may stand where an unknown key does; a key of an entry is sent there. */
function expectedInstead(key: string, path: readonly PropertyKey[]): string {
  const home =
    path.length > 0 ? undefined : (['solvers', 'games'] as const).find((list) => entryKeys[list].includes(key));
  if (home === undefined) return `one of ${nearestNames(key, knownKeys(path), 4).join(', ')}`;
  return `"${key}" inside an entry of ${home}`;
}

/** Sets a dotted key (`budget.calls=200`, `seeds=[1,2]`), the value being YAML, and returns the key. */
function override(document: Document, assignment: string): string {
  const at = assignment.indexOf('=');
  const value = parseDocument(assignment.slice(at + 1));
  const refusal = (cause?: unknown): NashlabError =>
    new NashlabError('bad-option', {
      what: `--set ${assignment}`,
      expected: 'key=value with a value in YAML, for example budget.calls=1000 or seeds=[1,2]',
      cause,
    });
  if (at < 1 || value.errors.length > 0) throw refusal(value.errors[0]);
  const key = assignment.slice(0, at);
  try {
    document.setIn(key.split('.'), value.contents);
  } catch (cause) {
    throw refusal(cause);
  }
  return key;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new NashlabError('bad-file', {
      what: `the experiment cannot be read: ${(cause as Error).message}`,
      where: file,
      expected: 'a YAML file',
      cause,
    });
  }
}

/** Throws `bad-spec` for an alias without an anchor. */
function checkAliases(file: string, document: Document, lines: LineCounter): void {
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      throw new NashlabError('bad-spec', {
        what: `alias *${alias.source} has no anchor`,
        where: alias.range ? `${file}:${lines.linePos(alias.range[0]).line}` : '--set',
        expected: `a value marked &${alias.source} further up`,
      });
    },
  });
}

/**
 * Reads an experiment: a YAML file or the name of a ready one.
 * @param overrides dotted assignments from `--set`.
 * @throws `bad-file`, `unknown-name`, or `bad-spec` with file, line and what was expected.
 */
export function readExperiment(nameOrFile: string, overrides: readonly string[] = []): ReadExperiment {
  const file = findFile(nameOrFile);
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines });
  if (document.errors.length > 0) {
    const [error] = document.errors;
    throw new NashlabError('bad-spec', {
      what: error.message.split('\n')[0].replace(/ at line \d+, column \d+:$/, ''),
      where: `${file}:${lines.linePos(error.pos[0]).line}`,
      expected: 'valid YAML',
      cause: error,
    });
  }
  checkAliases(file, document, lines);
  const place = placeIn(
    file,
    document,
    lines,
    overrides.map((assignment) => override(document, assignment)),
  );
  const parsed = experimentSchema.safeParse(document.toJS());
  if (parsed.success) {
    const { published } = parsed.data;
    const checked = published === undefined ? {} : { published: checkedFigures(published, place) };
    return { experiment: { ...parsed.data, ...checked }, folder: dirname(file), file, place };
  }
  const issue = deepest(parsed.error.issues[0]);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  throw new NashlabError('bad-spec', {
    what: key === undefined ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : `unknown key "${key}"`,
    where: place(issue.path, key),
    expected:
      key === undefined ? 'what experiments/experiment.schema.json describes' : expectedInstead(key, issue.path),
  });
}
