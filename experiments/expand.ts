import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withSeed } from '../games/catalogue.ts';
import type { GameDocument } from '../games/game-document.ts';
import { openGame } from '../games/open-game.ts';
import { gameDocument } from '../games/write-json.ts';
import { solverNamed } from '../solvers/catalogue.ts';
import { contentHash } from '../src/core/canonical.ts';
import { NashlabError, within } from '../src/core/errors.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { planSolve } from '../src/solve/options.ts';
import { checkTemperature, resolveParams } from '../src/solve/params.ts';
import { profileFrom } from '../src/solve/policies.ts';
import type { Instance } from '../src/solve/problem.ts';
import { isDirect } from '../src/solve/solver.ts';
import { instanceOf } from './cell-instance.ts';
import type { ReadExperiment } from './read-spec.ts';
import type { Experiment, SolverEntry } from './spec.ts';
import type { Cell } from './stored.ts';

export interface ExpandedCell {
  readonly id: string;
  readonly cell: Cell;
}

export interface Expansion {
  readonly cells: readonly ExpandedCell[];
  readonly games: Readonly<Record<string, GameDocument>>;
}

/** One choice of every swept solver parameter. */
function paramChoices(params: Exclude<SolverEntry, string>['params'] = {}): Record<string, number | string>[] {
  return Object.entries(params).reduce<Record<string, number | string>[]>(
    (choices, [key, value]) =>
      choices.flatMap((choice) => (Array.isArray(value) ? value : [value]).map((one) => ({ ...choice, [key]: one }))),
    [{}],
  );
}

function nested(policy: Experiment['reference'] | Experiment['start']): Cell['reference'] & Cell['start'] {
  if (typeof policy === 'string') return policy as 'uniform';
  return (typeof policy[0] === 'number' ? [policy] : policy) as readonly (readonly number[])[];
}

function solverCells(experiment: Experiment, game: MatrixGame, subject: Cell['game'], seed: string): Cell[] {
  return experiment.solvers.flatMap((given) => {
    const entry = typeof given === 'string' ? { name: given } : given;
    const definition = solverNamed(entry.name);
    const temperatures = entry.temperature === undefined ? experiment.temperatures : [entry.temperature];
    return temperatures.flatMap((temperature) =>
      paramChoices(entry.params).map((raw): Cell => {
        const reference = nested(experiment.reference);
        // A direct method has no start, so neither start nor seed tells its cells apart.
        const begin = isDirect(definition)
          ? { start: 'reference' as const, seed: subject.group === undefined ? '0' : seed }
          : { start: nested(experiment.start), seed };
        const draft = { temperature, reference, ...begin };
        const instance: Instance = instanceOf(draft, game);
        checkTemperature(definition, instance);
        const { calls, steps } = experiment.budget;
        const plan = planSolve(definition, instance, {
          ...(calls === undefined ? {} : { calls }),
          ...(steps === undefined ? {} : { steps }),
          ...(experiment.tolerance === undefined ? {} : { tolerance: experiment.tolerance }),
          ...(entry.iterate === undefined ? {} : { iterate: entry.iterate }),
        });
        return {
          game: subject,
          solver: { name: definition.name, params: resolveParams(definition, raw, instance, plan.steps) },
          ...draft,
          steps: plan.steps,
          tolerance: plan.tolerance,
          iterate: plan.iterate,
          metrics: experiment.metrics ?? [],
        };
      }),
    );
  });
}

/**
 * Every sweep resolved: games × seeds × solvers × temperatures × parameters, without repeats, in the order of the file.
 * Everything that could be wrong about a cell is found here, before anything is run or written.
 */
export async function expandExperiment(read: ReadExperiment, note: (line: string) => void): Promise<Expansion> {
  const { experiment, folder, file } = read;
  const cells = new Map<string, Cell>();
  const games: Record<string, GameDocument> = {};
  for (const text of experiment.games)
    for (const seed of experiment.seeds.map(String)) {
      try {
        const beside = join(folder, text);
        const isFile = existsSync(beside) || existsSync(text);
        const source = isFile ? (existsSync(beside) ? beside : text) : withSeed(text, seed);
        const drawn = !isFile && source !== text;
        const used = drawn || experiment.start === 'random' ? seed : '0';
        const game = await openGame(source, { report: note });
        const document = gameDocument(game);
        const hash = contentHash(document);
        games[hash] = document;
        for (const policy of [experiment.reference, experiment.start])
          if (typeof policy !== 'string') profileFrom(policy, game, 'the policy given for every game');
        const subject = { name: game.name, hash, ...(drawn ? { group: text } : {}) };
        for (const cell of solverCells(experiment, game, subject, used)) cells.set(contentHash(cell), cell);
      } catch (error) {
        throw error instanceof NashlabError ? within(`${file}, game "${text}"`, error) : error;
      }
    }
  return { cells: [...cells].map(([id, cell]) => ({ id, cell })), games };
}
