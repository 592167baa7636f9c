import type { LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { numberOfText } from '../../games/fraction.ts';
import { numberedLabels } from '../../games/labels.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { distinctLabels } from './labels.ts';

/** A stored game in numbers. */
export interface GameFacts {
  readonly hash: string;
  readonly name: string;
  readonly kind: 'preference' | 'zero-sum' | 'bimatrix';
  readonly description?: string;
  /** Distinct action labels per role. */
  readonly labels: readonly (readonly string[])[];
  /** What each role is called; empty for the one role of a preference game. */
  readonly roleNames: readonly string[];
  /** Payoffs `[row][column]`: to the row player, and in a bimatrix game also to the column player; none where no matrix is stored. */
  readonly payoffs: readonly (readonly (readonly number[])[])[];
  readonly lowest: number;
  readonly highest: number;
}

function numberOf(entry: number | string): number {
  return typeof entry === 'number' ? entry : (numberOfText(entry) ?? Number.NaN);
}

/** A preference game stored by what defines it, without its matrix; preferences lie in [0, 1]. */
function factsWithoutMatrix(hash: string, game: StoredGame): GameFacts {
  const given = game.labels as readonly string[];
  return {
    hash,
    name: game.name,
    kind: 'preference',
    ...(game.description === undefined ? {} : { description: game.description }),
    labels: [given.length > 0 ? distinctLabels(given) : numberedLabels(game.actions ?? 0)],
    roleNames: [''],
    payoffs: [],
    lowest: 0,
    highest: 1,
  };
}

/** Reads a stored game; throws `bad-run` when it holds no payoffs. */
export function gameFacts(hash: string, game: StoredGame): GameFacts {
  if (game.kind !== 'preference' && game.kind !== 'zero-sum' && game.kind !== 'bimatrix')
    return factsWithoutMatrix(hash, game);
  const stored = game.kind === 'bimatrix' ? game.payoffs : game.matrix === undefined ? undefined : [game.matrix];
  if (stored === undefined || stored.length === 0)
    throw new NashlabError('bad-run', {
      what: `the stored game "${game.name}" holds no payoffs`,
      where: `games/${hash}.json`,
      expected: game.kind === 'bimatrix' ? 'the field "payoffs"' : 'the field "matrix"',
    });
  const payoffs = stored.map((matrix) => matrix.map((row) => row.map(numberOf)));
  const all = payoffs.flat(2);
  const lists = (typeof game.labels[0] === 'string' ? [game.labels] : game.labels) as readonly (readonly string[])[];
  return {
    hash,
    name: game.name,
    kind: game.kind,
    ...(game.description === undefined ? {} : { description: game.description }),
    labels: lists.map(distinctLabels),
    roleNames: game.kind === 'preference' ? [''] : ['row player', 'column player'],
    payoffs,
    lowest: all.reduce((a, b) => Math.min(a, b), Infinity),
    highest: all.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** The game of a run, from the stores of the experiments; each game is read once. */
export function gameReader(experiments: readonly LoadedExperiment[]): (run: StoredRun) => GameFacts {
  const read = new Map<string, GameFacts>();
  return ({ id, cell: { game } }) => {
    const known = read.get(game.hash);
    if (known !== undefined) return known;
    const stored = experiments.find((loaded) => Object.hasOwn(loaded.games, game.hash))?.games[game.hash];
    if (stored === undefined)
      throw new NashlabError('bad-run', {
        what: `the game "${game.name}" of run ${id} is not stored`,
        where: `games/${game.hash}.json`,
      });
    const facts = gameFacts(game.hash, stored);
    read.set(game.hash, facts);
    return facts;
  };
}
