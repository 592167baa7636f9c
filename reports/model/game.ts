import type { LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { numberOfText } from '../../games/fraction.ts';
import { type PlayersKind, playersKinds } from '../../games/game-document.ts';
import { numberedLabels } from '../../games/labels.ts';
import { choiceRange } from '../../games/players/plackett-luce.ts';
import { polymatrixRange } from '../../games/players/polymatrix.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { distinctLabels } from './labels.ts';

/** A part of a population of judges; the shares of all add up to 1. */
export interface JudgeGroup {
  readonly name: string;
  readonly share: number;
}

/** A stored game in numbers. */
export interface GameFacts {
  readonly hash: string;
  readonly name: string;
  readonly kind: 'preference' | 'zero-sum' | 'bimatrix' | PlayersKind;
  readonly players: number;
  readonly description?: string;
  /** Distinct action labels per role. */
  readonly labels: readonly (readonly string[])[];
  /** What each role is called; empty for the one role that all players share. */
  readonly roleNames: readonly string[];
  /** Payoffs `[row][column]`: to the row player, and in a bimatrix game also to the column player; none where no matrix is stored. */
  readonly payoffs: readonly (readonly (readonly number[])[])[];
  /** Smallest and largest payoff of any player; 0 and 1 where the payoffs, being probabilities, are not stored. */
  readonly lowest: number;
  readonly highest: number;
  /** Of a population of judges, whose pooled preferences are the payoffs. */
  readonly groups?: readonly JudgeGroup[];
}

function numberOf(entry: number | string): number {
  return typeof entry === 'number' ? entry : (numberOfText(entry) ?? Number.NaN);
}

function isOfPlayers(game: StoredGame): game is StoredGame & { readonly kind: PlayersKind } {
  return (playersKinds as readonly string[]).includes(game.kind);
}

/** A preference game stored by what defines it, without its matrix; preferences lie in [0, 1]. */
function factsWithoutMatrix(hash: string, game: StoredGame): GameFacts {
  const given = game.labels as readonly string[];
  return {
    hash,
    name: game.name,
    kind: 'preference',
    players: 2,
    ...(game.description === undefined ? {} : { description: game.description }),
    labels: [given.length > 0 ? distinctLabels(given) : numberedLabels((game.actions as number | undefined) ?? 0)],
    roleNames: [''],
    payoffs: [],
    lowest: 0,
    highest: 1,
  };
}

function rangeOf(payoffs: readonly number[]): Pick<GameFacts, 'lowest' | 'highest'> {
  if (payoffs.length === 0) return { lowest: 0, highest: 1 };
  return {
    lowest: payoffs.reduce((a, b) => Math.min(a, b), Infinity),
    highest: payoffs.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** All payoffs of any player, or the smallest and the largest of them. */
function extremesOf(game: StoredGame, players: number): readonly number[] {
  if (game.scores !== undefined) return choiceRange(game.scores, players);
  const numbers = (entries: readonly unknown[]) => entries.map((entry) => numberOf(entry as number | string));
  const rowsOf = (rows: readonly (readonly (number | string)[])[]) => rows.map(numbers);
  if (game.edges !== undefined) {
    const edges = game.edges.map(({ players: ends, payoffs: [own, other] }) => {
      const payoffs = [rowsOf(own), rowsOf(other)] as const;
      return { players: ends, payoffs };
    });
    return polymatrixRange(edges, players);
  }
  const matrices = game.matrices ?? (game.matrix === undefined ? undefined : [game.matrix]);
  if (matrices !== undefined) return matrices.flatMap((rows) => rowsOf(rows).flat());
  return (game.payoffs ?? []).flatMap((tensor) => numbers((tensor as readonly unknown[]).flat(players)));
}

/** Action labels per role, of players who share one list or have one each. */
function listsPerRole(game: StoredGame, players: number): readonly (readonly string[])[] {
  const lists = listsOf(game);
  const own = game.roles === 'own' || game.kind === 'heterogeneous';
  return own && lists.length === 1 ? Array.from({ length: players }, () => lists[0]) : lists;
}

/** A game of any number of players; its payoffs are drawn by no figure. */
function factsOfPlayers(hash: string, game: StoredGame & { readonly kind: PlayersKind }): GameFacts {
  const players = game.players ?? 2;
  const lists = listsPerRole(game, players);
  const payoffs = extremesOf(game, players);
  return {
    hash,
    name: game.name,
    kind: game.kind,
    players,
    ...(game.description === undefined ? {} : { description: game.description }),
    labels: lists.map(distinctLabels),
    roleNames: lists.length === 1 ? [''] : lists.map((_, role) => `player ${role + 1}`),
    payoffs: [],
    ...rangeOf(payoffs),
  };
}

/** Action labels per role. */
function listsOf({ labels }: StoredGame): readonly (readonly string[])[] {
  return (typeof labels[0] === 'string' ? [labels] : labels) as readonly (readonly string[])[];
}

/** A population of annotators as the game of its pooled preferences. */
function pooledOf(game: StoredGame): StoredGame {
  const { weights = [], matrices = [] } = game;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const matrix = (matrices[0] ?? []).map((row, a) =>
    row.map((_, b) => matrices.reduce((sum, rows, g) => sum + (weights[g] / total) * numberOf(rows[a][b]), 0)),
  );
  return { ...game, kind: 'preference', matrix };
}

/** The groups of a population of annotators with their shares. */
function groupsOf({ groups = [], weights = [] }: StoredGame): JudgeGroup[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const names = distinctLabels(weights.map((_, g) => groups[g] ?? `group ${g + 1}`));
  return weights.map((weight, g) => ({ name: names[g], share: weight / total }));
}

/** Reads a stored game; throws `bad-run` when it holds no payoffs. */
export function gameFacts(hash: string, game: StoredGame): GameFacts {
  if (isOfPlayers(game)) return factsOfPlayers(hash, game);
  if (game.kind === 'annotators') return { ...gameFacts(hash, pooledOf(game)), groups: groupsOf(game) };
  if (game.kind !== 'preference' && game.kind !== 'zero-sum' && game.kind !== 'bimatrix')
    return factsWithoutMatrix(hash, game);
  const stored = game.kind === 'bimatrix' ? game.payoffs : game.matrix === undefined ? undefined : [game.matrix];
  if (stored === undefined || stored.length === 0)
    throw new NashlabError('bad-run', {
      what: `the stored game "${game.name}" holds no payoffs`,
      where: `games/${hash}.json`,
      expected: game.kind === 'bimatrix' ? 'the field "payoffs"' : 'the field "matrix"',
    });
  const payoffs = (stored as readonly (readonly (readonly (number | string)[])[])[]).map((matrix) =>
    matrix.map((row) => row.map(numberOf)),
  );
  return {
    hash,
    name: game.name,
    kind: game.kind,
    players: 2,
    ...(game.description === undefined ? {} : { description: game.description }),
    labels: listsOf(game).map(distinctLabels),
    roleNames: game.kind === 'preference' ? [''] : ['row player', 'column player'],
    payoffs,
    ...rangeOf(payoffs.flat(2)),
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
