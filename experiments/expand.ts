import { join } from 'node:path';
import { gameCatalogue, withSeed } from '../games/catalogue.ts';
import { groupingWords } from '../games/comparisons/grouped.ts';
import type { GameDocument } from '../games/game-document.ts';
import { isFile, type OpenGameOptions, openGame } from '../games/open-game.ts';
import { playersWords } from '../games/players/with-players.ts';
import { gameDocument } from '../games/write-json.ts';
import { type PopulationGiven, population } from '../populations/catalogue.ts';
import { solverNamed, withOwners } from '../solvers/catalogue.ts';
import { canonicalJson, contentHash } from '../src/core/canonical.ts';
import { within } from '../src/core/errors.ts';
import { lookUp } from '../src/core/names.ts';
import { metrics as metricCatalogue } from '../src/metrics/catalogue.ts';
import { checkInstance } from '../src/solve/check-instance.ts';
import type { Game } from '../src/solve/game.ts';
import { type GameSize, gameSize } from '../src/solve/memory.ts';
import { planSolve } from '../src/solve/options.ts';
import { checkApplicable, resolveParams } from '../src/solve/params.ts';
import { profileFrom } from '../src/solve/policies.ts';
import type { Instance } from '../src/solve/problem.ts';
import { isDirect, requireIterative } from '../src/solve/solver.ts';
import { cellId } from './cell-id.ts';
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
  readonly sizes: Readonly<Record<string, GameSize>>;
  /** What cells call a game of the file: its name, or the text itself where seeds draw the member. */
  readonly names: ReadonlyMap<string, string>;
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

/** Runs an action; an error names `place` first. */
function placed<T>(place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw within(place, withOwners(error));
  }
}

interface Subject {
  readonly game: Game;
  readonly about: Cell['game'];
  readonly seed: string;
  /** Folder of the experiment file, which names of files are relative to. */
  readonly folder: string;
}

/** What an entry says about whom its solver meets: the given ones, or nothing. */
function populationChoices(given: Exclude<SolverEntry, string>['population']): (PopulationGiven | undefined)[] {
  if (given === undefined) return [undefined];
  return Array.isArray(given) ? given : [given];
}

/** The cells of one solver entry: temperatures × parameters. */
function entryCells(experiment: Experiment, given: SolverEntry, subject: Subject): Cell[] {
  const { game, about, seed, folder } = subject;
  const entry: Exclude<SolverEntry, string> = typeof given === 'string' ? { name: given } : given;
  const definition = solverNamed(entry.name);
  const temperatures = entry.temperature === undefined ? experiment.temperatures : [entry.temperature];
  const met = populationChoices(entry.population).map((one) =>
    one === undefined ? undefined : population(one, game, folder),
  );
  const choices = paramChoices(entry.params).flatMap((raw) => met.map((who) => ({ raw, who })));
  return temperatures.flatMap((temperature) =>
    choices.map(({ raw, who }): Cell => {
      const reference = nested(experiment.reference);
      // A direct method has no start, so neither start nor seed tells its cells apart.
      const begin = isDirect(definition)
        ? { start: 'reference' as const, seed: about.group !== undefined || reference === 'random' ? seed : '0' }
        : { start: nested(experiment.start), seed };
      const factors = experiment.roleTemperatures;
      const draft = {
        temperature,
        ...(factors === undefined ? {} : { roleTemperatures: factors }),
        reference,
        ...begin,
      };
      const instance: Instance = instanceOf(draft, game);
      checkInstance(instance);
      checkApplicable(definition, instance);
      const { calls, steps } = entry.budget ?? experiment.budget;
      const plan = planSolve(definition, instance, {
        ...(calls === undefined ? {} : { calls }),
        ...(steps === undefined ? {} : { steps }),
        ...(experiment.tolerance === undefined ? {} : { tolerance: experiment.tolerance }),
        ...(entry.iterate === undefined ? {} : { iterate: entry.iterate }),
        ...(who === undefined ? {} : { population: who }),
        params: raw,
      });
      if (who !== undefined) requireIterative(definition, who);
      const params = resolveParams(definition, raw, instance, plan.steps);
      definition.check?.(instance, params as never);
      return {
        game: about,
        solver: { name: definition.name, params },
        ...(who === undefined ? {} : { population: { name: who.name, params: who.params } }),
        ...draft,
        steps: plan.steps,
        tolerance: plan.tolerance,
        iterate: plan.iterate,
        metrics: experiment.metrics ?? [],
        ...(experiment.dynamics && !isDirect(definition) ? { dynamics: true as const } : {}),
        given: {
          params: raw,
          ...(experiment.tolerance === undefined ? {} : { tolerance: experiment.tolerance }),
          ...(who === undefined ? {} : { population: who.text }),
        },
      };
    }),
  );
}

/** A file beside the experiment file, or here. */
function besideOrHere(name: string, folder: string): string {
  return [join(folder, name), name].find(isFile) ?? name;
}

/** What to open for a game of the file: a file beside it or here, else a catalogue text, drawn by the seed where it can be. */
function sourceOf(text: string, folder: string, seed: string): { readonly source: string; readonly drawn: boolean } {
  const file = besideOrHere(text, folder);
  if (isFile(file)) return { source: file, drawn: false };
  const [family] = text.split(':', 1);
  const source = Object.hasOwn(gameCatalogue, family.trim()) ? withSeed(text, seed) : text;
  return { source, drawn: source !== text };
}

interface Opened {
  readonly game: Game;
  readonly document: GameDocument;
  readonly hash: string;
}

async function openFor(source: string, rules: OpenGameOptions, where: string): Promise<Opened> {
  try {
    const game = await openGame(source, rules);
    const document = gameDocument(game);
    return { game, document, hash: contentHash(document) };
  } catch (error) {
    throw within(where, error);
  }
}

/**
 * Every sweep resolved: games × seeds × solvers × temperatures × parameters, without repeats, in the order of the file.
 * Everything that could be wrong about a cell is found here, before anything is run or written.
 * @param device name of the backend that computes, where that is not the CPU.
 */
export async function expandExperiment(
  read: ReadExperiment,
  note: (line: string) => void,
  device?: string,
): Promise<Expansion> {
  const { experiment, folder, place } = read;
  const cells = new Map<string, Cell>();
  const games: Record<string, GameDocument> = {};
  const sizes: Record<string, GameSize> = {};
  const names = new Map<string, string>();
  const opened = new Map<string, Opened>();
  experiment.metrics?.forEach((name, k) => {
    lookUp('metric', metricCatalogue, name, place(['metrics', k]));
  });
  for (const [at, given] of experiment.games.entries()) {
    const { game: written, ...rules } = typeof given === 'string' ? { game: given } : given;
    const { players, roles } = rules;
    const annotators = rules.annotators && besideOrHere(rules.annotators, folder);
    // With more players, or with groups, it is another game than the same text without.
    const grouped = `${written}${groupingWords(rules.groups)}`;
    const text = players === undefined ? grouped : `${grouped}${playersWords({ players, ...(roles && { roles }) })}`;
    for (const seed of experiment.seeds.map(String)) {
      const where = place(['games', at]);
      const { source, drawn } = placed(where, () => sourceOf(written, folder, seed));
      const key = canonicalJson([source, rules]);
      const known =
        opened.get(key) ??
        (await openFor(source, { ...rules, ...(annotators && { annotators }), report: note }, where));
      opened.set(key, known);
      const { game, document, hash } = known;
      games[hash] = document;
      sizes[hash] = gameSize(game);
      names.set(text, drawn ? text : game.name);
      for (const word of ['reference', 'start'] as const) {
        const policy = experiment[word];
        if (typeof policy !== 'string') placed(place([word]), () => profileFrom(policy, game, `game "${text}"`));
      }
      const used = drawn || experiment.start === 'random' || experiment.reference === 'random' ? seed : '0';
      const subject: Subject = {
        game,
        folder,
        about: { name: game.name, hash, ...(drawn ? { group: text } : {}) },
        seed: used,
      };
      for (const [k, entry] of experiment.solvers.entries()) {
        const found = placed(`${place(['solvers', k])}, game "${text}"`, () => entryCells(experiment, entry, subject));
        for (const given of found) {
          const cell = device === undefined ? given : { ...given, backend: device };
          cells.set(cellId(cell), cell);
        }
      }
    }
  }
  return { cells: [...cells].map(([id, cell]) => ({ id, cell })), games, sizes, names };
}
