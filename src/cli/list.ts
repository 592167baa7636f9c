import { Command } from 'commander';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { gameCatalogue, gameParameterNames } from '../../games/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { lookUp } from '../core/names.ts';
import { metrics } from '../metrics/catalogue.ts';
import { backendStates } from '../numerics/backend-states.ts';
import { parameterNames } from '../solve/params.ts';
import { type AnySolver, callsPerStep, isDirect, shortCitation } from '../solve/solver.ts';
import { exitCode } from './exit.ts';
import { print } from './streams.ts';
import { textTable } from './tables.ts';

interface Section {
  readonly head: readonly string[];
  /** Columns of the printed table; the rest is for --json and the lines below it. */
  readonly columns?: number;
  /** Lines below the table. */
  notes?(): string[];
  rows(): string[][] | Promise<string[][]>;
}

function statementsOf(solver: AnySolver): string[] {
  return (solver.guarantees ?? []).map(({ statement }) => statement);
}

const sections: Readonly<Record<string, Section>> = {
  games: {
    head: ['game', 'what', 'parameters', 'example'],
    rows: () =>
      Object.values(gameCatalogue).map(({ name, summary, examples }) => [
        name,
        summary,
        gameParameterNames(name).join(', ') || 'none',
        examples[0],
      ]),
  },
  solvers: {
    head: [
      'solver',
      'what',
      'iterate',
      'equilibrium',
      'calls per step',
      'parameters',
      'also known as',
      'source',
      'symbols',
      'guarantees',
    ],
    columns: 8,
    rows: () =>
      Object.values(solvers).map((solver) => [
        solver.name,
        solver.summary,
        solver.iterate,
        solver.equilibrium,
        isDirect(solver) ? 'none' : String(callsPerStep(solver, solver.params.parse({}))),
        parameterNames(solver).join(', ') || 'none',
        solver.aliases?.join(', ') ?? '',
        shortCitation(solver.source),
        solver.conversion ?? '',
        statementsOf(solver).join('; '),
      ]),
    notes: () =>
      Object.values(solvers).flatMap((solver) => [
        ...statementsOf(solver).map((statement) => `${solver.name}: ${statement}`),
        ...(solver.conversion === undefined ? [] : [`${solver.name}: ${solver.conversion}`]),
      ]),
  },
  populations: {
    head: ['population', 'what'],
    rows: () => [['self', 'every seat plays the current policy; the only rule of this version (two-player games)']],
  },
  metrics: {
    head: ['metric', 'unit', 'definition'],
    rows: () => Object.values(metrics).map(({ name, unit, definition }) => [name, unit, definition]),
  },
  experiments: {
    head: ['experiment', 'question'],
    rows: () =>
      readyExperiments().map((name) => [name, readExperiment(name).experiment.question.trim().replace(/\s+/g, ' ')]),
  },
  backends: {
    head: ['backend', 'works here', 'what'],
    rows: async () => (await backendStates()).map(({ name, works, words }) => [name, works ? 'yes' : 'no', words]),
  },
};

async function sectionText({ head, columns = head.length, rows, notes }: Section): Promise<string> {
  const table = textTable(
    head.slice(0, columns),
    (await rows()).map((row) => row.slice(0, columns)),
  );
  return notes === undefined ? table : `${table}\n\n${notes().join('\n')}`;
}

async function runList(section: string | undefined, json: boolean): Promise<number> {
  const names = section === undefined ? Object.keys(sections) : [section];
  const chosen = names.map((name) => ({ name, ...lookUp('list', sections, name) }));
  if (json) {
    const data = chosen.map(async ({ name, head, rows }) => [
      name,
      (await rows()).map((row) => Object.fromEntries(row.map((cell, k) => [head[k], cell]))),
    ]);
    print(JSON.stringify(Object.fromEntries(await Promise.all(data)), null, 1));
  } else print((await Promise.all(chosen.map(sectionText))).join('\n\n'));
  return exitCode.certified;
}

export function listCommand(finish: (code: number) => void): Command {
  return new Command('list')
    .description(`what there is: ${Object.keys(sections).join(', ')}`)
    .argument('[what]', Object.keys(sections).join(', '))
    .option('--json', 'print one JSON object')
    .action(async (section: string | undefined, flags: { json?: boolean }) =>
      finish(await runList(section, flags.json === true)),
    );
}
