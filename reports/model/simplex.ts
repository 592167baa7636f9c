import type { StoredRun } from '../../experiments/stored.ts';
import type { GameFacts } from './game.ts';
import { type Bundle, iterated } from './groups.ts';
import type { Series } from './series.ts';
import { shownRuns } from './shown-run.ts';

/** A policy over three actions as a point of the triangle with corners (0, 0), (1, 0) and (½, √3/2). */
export interface SimplexPoint {
  readonly x: number;
  readonly y: number;
  readonly step: number;
  readonly probabilities: readonly number[];
}

/** The way of one run over one role's simplex. */
export interface SimplexPanel {
  readonly series: Series;
  readonly temperature: number;
  readonly seed: string;
  readonly roleName: string;
  /** Labels of the corners: lower left, lower right, top. */
  readonly corners: readonly string[];
  readonly last: readonly SimplexPoint[];
  readonly average: readonly SimplexPoint[];
}

/** Point of a policy: p₂·(1, 0) + p₃·(½, √3/2). */
export function simplexPoint(probabilities: readonly number[]): { x: number; y: number } {
  return { x: probabilities[1] + probabilities[2] / 2, y: (probabilities[2] * Math.sqrt(3)) / 2 };
}

/** Where a role of a run was at each record; nothing where its numbers left the finite ones. */
export function simplexPath({ history: { step, path } }: StoredRun, iterate: 'last' | 'average', role: number) {
  return (path?.[iterate] ?? []).flatMap((profile, i): SimplexPoint[] => {
    const probabilities = profile[role];
    if (!probabilities.every(Number.isFinite)) return [];
    return [{ ...simplexPoint(probabilities), step: step[i], probabilities }];
  });
}

/** One panel per series and role, for games in which every role has three actions. */
export function simplexPanels(game: GameFacts, bundles: readonly Bundle[]): SimplexPanel[] {
  if (!game.labels.every((labels) => labels.length === 3)) return [];
  const shown = shownRuns(iterated(bundles), ({ history }) => history.path !== undefined);
  return shown.flatMap(({ bundle: { series, temperature }, run }) =>
    game.labels.flatMap((corners, role): SimplexPanel[] => {
      const [last, average] = [simplexPath(run, 'last', role), simplexPath(run, 'average', role)];
      if (last.length + average.length === 0) return [];
      return [{ series, temperature, seed: run.cell.seed, roleName: game.roleNames[role], corners, last, average }];
    }),
  );
}
