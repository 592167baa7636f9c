import { z } from 'zod';
import { solvers } from '../../solvers/catalogue.ts';
import { parameterNames } from '../solve/params.ts';
import {
  type AnySolver,
  callsPerStep,
  equilibriumWords,
  type Family,
  families,
  isDirect,
  shortCitation,
} from '../solve/solver.ts';
import { textTable } from './tables.ts';

function callsOf(solver: AnySolver): string {
  return isDirect(solver) ? '' : String(callsPerStep(solver, solver.params.parse({})));
}

function statementsOf(solver: AnySolver): string[] {
  return (solver.guarantees ?? []).map(({ statement }) => statement);
}

function authorsAndYear({ source }: AnySolver): string {
  return `${source.authors} ${source.year}`;
}

/** Everything about the solvers, one row each, for `--json`. */
export const solverColumns = [
  'solver',
  'what',
  'family',
  'iterate',
  'equilibrium',
  'rate',
  'calls per step',
  'parameters',
  'also known as',
  'choice of',
  'source',
  'symbols',
  'guarantees',
] as const;

function rowOf(solver: AnySolver): string[] {
  return [
    solver.name,
    solver.summary,
    solver.family,
    solver.iterate,
    solver.target ?? equilibriumWords[solver.equilibrium],
    solver.rate,
    callsOf(solver) || 'none',
    parameterNames(solver).join(', ') || 'none',
    solver.aliases?.join(', ') ?? '',
    solver.choiceOf ?? '',
    shortCitation(solver.source),
    solver.conversion ?? '',
    statementsOf(solver).join('; '),
  ];
}

export function solverRows(): string[][] {
  return Object.values(solvers).map(rowOf);
}

/** One row by the names of its columns. */
export function solverRecord(solver: AnySolver): Record<string, string> {
  return Object.fromEntries(rowOf(solver).map((cell, k) => [solverColumns[k], cell]));
}

/** The catalogue by family: a line for each method. */
export function solverList(): string {
  const head = ['solver', 'iterate', 'equilibrium', 'rate', 'calls', 'paper'];
  const rows = Object.values(solvers).map((solver) => [
    solver.name,
    solver.iterate,
    equilibriumWords[solver.equilibrium],
    solver.rate,
    callsOf(solver),
    authorsAndYear(solver),
  ]);
  // One table, cut by family afterwards, so that the columns of all families are as wide.
  const [title, ...lines] = textTable(head, rows).split('\n');
  const parts = (Object.keys(families) as Family[]).flatMap((family) => {
    const own = lines.filter((_, k) => Object.values(solvers)[k].family === family);
    return own.length === 0 ? [] : [`${families[family]}\n${own.map((line) => `  ${line}`).join('\n')}`];
  });
  return `  ${title}\n\n${parts.join('\n\n')}\n\nnashlab list <solver> says what one does: its step, parameters, theorems and paper.`;
}

interface ParameterFacts {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

function parameterLines(solver: AnySolver): string[] {
  const { properties = {} } = z.toJSONSchema(solver.params, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Readonly<Record<string, ParameterFacts>>;
  };
  const step = isDirect(solver) ? undefined : solver.defaultStepSize?.(solver.params.parse({}));
  return [
    ...(step === undefined ? [] : [['stepSize', `default ${step}`]]),
    ...Object.entries(properties).map(([name, facts]) => [
      name,
      [
        facts.description,
        facts.enum && `one of ${facts.enum.join(', ')}`,
        facts.default !== undefined && `default ${facts.default}`,
      ]
        .filter((part) => part)
        .join('; '),
    ]),
  ].map(([name, words]) => `${name}: ${words}`);
}

function aimOf({ equilibrium }: AnySolver): string {
  return equilibrium === 'both'
    ? 'the original equilibrium at τ = 0, the regularised one at τ > 0'
    : `the ${equilibriumWords[equilibrium]} equilibrium`;
}

/** One solver in full. */
export function solverDetails(solver: AnySolver): string {
  const { name, summary, aliases, choiceOf, fixed = {}, conversion, source } = solver;
  const fixes = Object.entries(fixed).map(([key, value]) => `${key} = ${value}`);
  const calls = callsOf(solver);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['also known as', aliases ?? []],
    ['family', [families[solver.family]]],
    ['a choice of', choiceOf === undefined ? [] : [[choiceOf, ...fixes].join(', ')]],
    ['iterate', isDirect(solver) ? [] : [solver.iterate]],
    ['approaches', [solver.target ?? aimOf(solver)]],
    ['rate', [solver.rate]],
    ['oracle calls', calls === '' ? [] : [`${calls} per step and role`]],
    ['parameters', parameterLines(solver)],
    ['symbols', conversion === undefined ? [] : [conversion]],
    ['theorems', statementsOf(solver)],
    ['paper', [`${source.authors} ${source.year}: ${source.title}. ${source.where}`]],
  ];
  const lines = rows.flatMap(([label, texts]) => texts.map((text, k) => `${(k === 0 ? label : '').padEnd(15)}${text}`));
  return `${name}: ${summary}\n\n${lines.join('\n')}`;
}
