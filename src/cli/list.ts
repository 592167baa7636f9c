import { Command } from 'commander';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { gameCatalogue, gameParameterNames } from '../../games/catalogue.ts';
import { populations } from '../../populations/catalogue.ts';
import { knownSolver } from '../../solvers/catalogue.ts';
import { lookUp } from '../core/names.ts';
import { metrics } from '../metrics/catalogue.ts';
import { backendStates } from '../numerics/backend-states.ts';
import { exitCode } from './exit.ts';
import { populationDetails, populationRecord } from './population-list.ts';
import { solverColumns, solverDetails, solverList, solverRecord, solverRows } from './solver-list.ts';
import { print } from './streams.ts';
import { textTable } from './tables.ts';

interface Section {
  readonly head: readonly string[];
  /** What is printed, where that is not a table of the rows. */
  text?(): string;
  rows(): string[][] | Promise<string[][]>;
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
  solvers: { head: solverColumns, rows: solverRows, text: solverList },
  populations: {
    head: ['population', 'what', 'parameters', 'example'],
    rows: () =>
      Object.values(populations).map(({ name, summary, parameters, examples }) => [
        name,
        summary,
        Object.keys(parameters.shape).join(', ') || 'none',
        examples[examples.length - 1],
      ]),
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

async function sectionText({ head, rows, text }: Section): Promise<string> {
  return text === undefined ? textTable(head, await rows()) : text();
}

async function runList(section: string | undefined, json: boolean): Promise<number> {
  const solver = section === undefined ? undefined : knownSolver(section);
  if (solver !== undefined) {
    print(json ? JSON.stringify(solverRecord(solver), null, 1) : solverDetails(solver));
    return exitCode.certified;
  }
  const rule = section !== undefined && Object.hasOwn(populations, section) ? populations[section] : undefined;
  if (rule !== undefined) {
    print(json ? JSON.stringify(populationRecord(rule), null, 1) : populationDetails(rule));
    return exitCode.certified;
  }
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
    .argument('[what]', `${Object.keys(sections).join(', ')}; or a solver or population, for all about it`)
    .option('--json', 'print one JSON object')
    .action(async (section: string | undefined, flags: { json?: boolean }) =>
      finish(await runList(section, flags.json === true)),
    );
}
