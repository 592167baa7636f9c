import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { nearestNames, unknownName } from '../src/core/names.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { type Experiment, experimentSchema } from './spec.ts';

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Folder that relative game files start from. */
  readonly folder: string;
  /** The file, as error messages name it. */
  readonly file: string;
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

/** Where the value of a path stands; for an unknown key, the key itself. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
  key?: string,
): number | undefined {
  const parent = document.getIn(path as unknown[], true) as Node | undefined;
  let node: Node | undefined = parent;
  if (key !== undefined && isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
    node = (pair?.key as Node | undefined) ?? parent;
  }
  const offset = node?.range?.[0];
  return offset === undefined ? undefined : lines.linePos(offset).line;
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
  if (path[0] === 'solvers') return ['name', 'temperature', 'iterate', 'params'];
  return ['calls', 'steps'];
}

/** Sets a dotted key (`budget.calls=200`, `seeds=[1,2]`) in plain data; the value is YAML. */
function override(data: unknown, assignment: string): void {
  const at = assignment.indexOf('=');
  if (at < 1)
    throw new NashlabError('bad-option', {
      what: `--set ${assignment}`,
      expected: 'key=value, for example budget.calls=1000',
    });
  const path = assignment.slice(0, at).split('.');
  let target = data as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    if (typeof target[key] !== 'object' || target[key] === null) target[key] = {};
    target = target[key] as Record<string, unknown>;
  }
  target[path[path.length - 1]] = parseDocument(assignment.slice(at + 1)).toJS();
}

/**
 * Reads an experiment: a YAML file or the name of a ready one.
 * @param overrides dotted assignments from `--set`.
 * @throws `bad-file`, `unknown-name`, or `bad-spec` with file, line and what was expected.
 */
export function readExperiment(nameOrFile: string, overrides: readonly string[] = []): ReadExperiment {
  const file = findFile(nameOrFile);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    const [error] = document.errors;
    throw new NashlabError('bad-spec', {
      what: error.message.split('\n')[0],
      where: `${file}:${lines.linePos(error.pos[0]).line}`,
      expected: 'valid YAML',
      cause: error,
    });
  }
  const data = document.toJS() as unknown;
  for (const assignment of overrides) override(data, assignment);
  const parsed = experimentSchema.safeParse(data);
  if (parsed.success) return { experiment: parsed.data, folder: dirname(file), file };
  const issue = deepest(parsed.error.issues[0]);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const line = lineOf(document, lines, issue.path, key);
  throw new NashlabError('bad-spec', {
    what: key === undefined ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : `unknown key "${key}"`,
    where: line === undefined ? file : `${file}:${line}`,
    expected:
      key === undefined
        ? 'see nashlab run --help, or the schema experiments/experiment.schema.json'
        : `one of ${nearestNames(key, knownKeys(issue.path), 4).join(', ')}`,
  });
}
