import { NashlabError } from '../../src/core/errors.ts';
import {
  type Game,
  type GroupedGame,
  isGroupedGame,
  type Matrix,
  type MatrixGame,
  type PreferenceGroup,
} from '../../src/solve/game.ts';
import { counted } from '../counted.ts';
import type { GameDocument } from '../game-document.ts';
import { numberedLabels } from '../labels.ts';
import { matrixGame } from '../matrix-game.ts';
import { rowsOf } from '../rows.ts';
import { checkPreferences } from './preference-parts.ts';

/** A group of annotators, as its source wrote it. */
export interface AnnotatorGroup extends PreferenceGroup {
  /** The entries of the matrix as written, where any is text. */
  readonly entries?: readonly (readonly string[])[];
}

/** The preference game of a population, and the groups that it is made of. */
export interface AnnotatorsGame extends GroupedGame {
  readonly groups: readonly AnnotatorGroup[];
}

export interface AnnotatorsOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  /** Names of the groups; "group 1", "group 2", … where absent. */
  readonly groups?: readonly string[];
}

export function isAnnotatorsGame(game: Game): game is AnnotatorsGame {
  return isGroupedGame(game);
}

/** Shares that add up to 1 within this are taken as they are, so that writing and reading a game changes no bit. */
const tolerance = 1e-12;

/** Weights as shares. Throws `bad-game` for a weight below 0 and a population of weight 0. */
function sharesOf(weights: readonly number[]): number[] {
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0)
    throw new NashlabError('bad-game', {
      what: `weight ${weights[bad]}`,
      where: `weights[${bad}]`,
      expected: 'a finite number of at least 0: a share, or a count of annotators',
    });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0 && total < Infinity))
    throw new NashlabError('bad-game', {
      what: `a population of weight ${total}`,
      where: 'weights',
      expected: 'at least one weight above 0',
    });
  return Math.abs(total - 1) <= tolerance ? [...weights] : weights.map((weight) => weight / total);
}

/** Σ_g w_g P_g. A pair of entries stays a pair: P[a][b] + P[b][a] = 1 to rounding. */
function pooled(groups: readonly PreferenceGroup[], actions: number): Matrix {
  const values = new Float64Array(actions * actions);
  for (const { weight, matrix } of groups)
    for (let k = 0; k < values.length; k++) values[k] += weight * matrix.values[k];
  // Shares that add up to 1 + ε must not make a certain win more than certain.
  return { rows: actions, columns: actions, values: values.map((p) => Math.min(1, p)) };
}

/**
 * Annotators of several minds: the symmetric two-player game of the pooled preferences P = Σ_g w_g P_g, with the groups beside
 * it for solvers that treat them apart.
 * @param preferences one preference game per group. @param weights shares or counts, one per group.
 */
export function annotatorsGame(
  preferences: readonly MatrixGame[],
  weights: readonly number[],
  options: AnnotatorsOptions = {},
): AnnotatorsGame {
  const { name = 'annotators', description, groups: names } = options;
  if (preferences.length < 1 || weights.length !== preferences.length)
    throw new NashlabError('bad-game', {
      what: `${counted(weights.length, 'weight')} for ${counted(preferences.length, 'matrix', 'matrices')}`,
      where: 'weights',
      expected: 'one weight for each preference matrix, and at least one of them',
    });
  const actions = preferences[0].actions[0];
  for (const [k, game] of preferences.entries()) checkPreferences(game, actions, `matrices[${k}]`);
  if (names !== undefined && (names.length !== preferences.length || new Set(names).size !== names.length))
    throw new NashlabError('bad-game', {
      what: `the names ${names.join(', ')}`,
      where: 'groups',
      expected: `${preferences.length} different names, one per group`,
    });
  const shares = sharesOf(weights);
  const called = names ?? numberedLabels(preferences.length).map((number) => `group ${number}`);
  const groups = preferences.map(({ matrices: [matrix], entries }, k) => ({
    name: called[k],
    weight: shares[k],
    matrix,
    ...(entries === undefined ? {} : { entries: entries[0] }),
  }));
  const labels = options.labels ?? preferences[0].labels[0];
  const described = description === undefined ? {} : { description };
  return {
    ...matrixGame({
      name,
      kind: 'preference',
      labels: [labels],
      matrices: [pooled(groups, actions)],
      sum: 'constant',
      ...described,
    }),
    kind: 'preference',
    groups,
  };
}

/** What defines the game, as files and run stores hold it. */
export function annotatorsDocument({ name, labels, description, groups }: AnnotatorsGame): GameDocument {
  return {
    schema: 'nashlab-game/1',
    name,
    kind: 'annotators',
    labels: labels[0],
    groups: groups.map((group) => group.name),
    weights: groups.map(({ weight }) => weight),
    matrices: groups.map(({ matrix, entries }) => entries ?? rowsOf(matrix)),
    ...(description === undefined ? {} : { description }),
  };
}
