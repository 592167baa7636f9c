import type { EquilibriumPath, StoredRun } from '../../experiments/stored.ts';
import { canonicalJson } from '../../src/core/canonical.ts';
import { orderByProbability } from './answer.ts';
import type { GameFacts } from './game.ts';
import { type Bundle, groupedBy } from './groups.ts';
import type { Series } from './series.ts';
import { type SimplexPanel, simplexPoint } from './simplex.ts';

/** Probability of one action, or of several together, along a path. */
export interface PathLine {
  readonly name: string;
  /** One per temperature. */
  readonly values: readonly number[];
}

export interface RolePath {
  readonly roleName: string;
  /** The actions whose probability peaks highest, in the order of their probability at the end. */
  readonly lines: readonly PathLine[];
  /** All other actions together, and how many they are; not drawn where that would press all other lines flat. */
  readonly rest?: PathLine & { readonly count: number; readonly drawn: boolean };
  /** The same over the triangle, for three actions. */
  readonly simplex?: SimplexPanel;
}

/** The equilibria of a game from a high temperature down. */
export interface PathOfEquilibria {
  readonly series: Series;
  readonly temperatures: readonly number[];
  /** Largest regularised gap of its points. */
  readonly gap: number;
  readonly roles: readonly RolePath[];
}

/** Actions with a line of their own. */
const ownLines = 8;
/** How many times as high as all other lines the one of the others may rise. */
const highestRest = 4;

function lowest({ equilibriumPath: path }: StoredRun): number {
  return path === undefined ? Infinity : path.temperature[path.temperature.length - 1];
}

function simplexPanel(game: GameFacts, role: number, series: Series, path: EquilibriumPath): SimplexPanel {
  const last = path.profiles.map((policies, step) => {
    const probabilities = policies[role];
    return { ...simplexPoint(probabilities), step, probabilities };
  });
  const temperature = path.temperature[path.temperature.length - 1];
  return {
    series,
    temperature,
    seed: '',
    roleName: game.roleNames[role],
    corners: game.labels[role],
    last,
    average: [],
  };
}

function rolePath(game: GameFacts, role: number, series: Series, path: EquilibriumPath): RolePath {
  const labels = game.labels[role];
  const valuesOf = (k: number): number[] => path.profiles.map((policies) => policies[role][k]);
  const all = path.actions[role].map((action, k) => ({ name: labels[action], values: valuesOf(k) }));
  const peak = ({ values }: PathLine): number => Math.max(...values);
  // One action alone would not be a group.
  const shown = labels.length === ownLines + 1 ? labels.length : ownLines;
  const chosen = [...all].sort((a, b) => peak(b) - peak(a)).slice(0, shown);
  const end = chosen.map(({ values }) => values[values.length - 1]);
  const names = chosen.map(({ name }) => name);
  const lines = orderByProbability(end, names).map((k) => chosen[k]);
  const count = labels.length - lines.length;
  const rest = path.temperature.map((_, i) => Math.max(0, 1 - lines.reduce((sum, { values }) => sum + values[i], 0)));
  const drawn = Math.max(...rest) <= highestRest * Math.max(...lines.map(peak));
  return {
    roleName: game.roleNames[role],
    lines,
    ...(count === 0 ? {} : { rest: { name: `${count} others`, values: rest, count, drawn } }),
    ...(labels.length === 3 ? { simplex: simplexPanel(game, role, series, path) } : {}),
  };
}

/** One path per reference: of the runs that followed it, the one that went furthest down. A path of one point is none. */
export function pathsOfEquilibria(game: GameFacts, bundles: readonly Bundle[]): PathOfEquilibria[] {
  const followed = bundles.flatMap(({ series, runs }) =>
    runs.flatMap((run) => (run.equilibriumPath === undefined ? [] : [{ series, run, path: run.equilibriumPath }])),
  );
  const origin = ({ reference, seed }: StoredRun['cell']) => canonicalJson(reference === 'random' ? seed : [reference]);
  return groupedBy(followed, ({ run }) => origin(run.cell)).flatMap((group) => {
    const { series, path } = group.reduce((best, one) => (lowest(one.run) < lowest(best.run) ? one : best));
    if (path.temperature.length < 2) return [];
    const roles = game.labels.map((_, role) => rolePath(game, role, series, path));
    return [{ series, temperatures: path.temperature, gap: Math.max(...path.gap), roles }];
  });
}
