import { bestSeed } from './answer.ts';
import type { GameFacts } from './game.ts';
import { type Bundle, groupedBy, iterated } from './groups.ts';
import type { Series } from './series.ts';

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

/** The seed that the most bundles have a path of; the first of equals. */
function commonSeed(bundles: readonly Bundle[]): string | undefined {
  const seeds = groupedBy(
    bundles.flatMap(({ runs }) => [...new Set(runs.map(({ cell }) => cell.seed))]),
    (seed) => seed,
  );
  return seeds.reduce<string[]>((most, seed) => (seed.length > most.length ? seed : most), [])[0];
}

/** One panel per series and role, for games in which every role has three actions. */
export function simplexPanels(game: GameFacts, bundles: readonly Bundle[]): SimplexPanel[] {
  if (!game.labels.every((labels) => labels.length === 3)) return [];
  const recorded = iterated(bundles).map((bundle) => ({
    ...bundle,
    runs: bundle.runs.filter(({ history }) => history.path !== undefined),
  }));
  const seed = commonSeed(recorded);
  return recorded.flatMap(({ series, temperature, runs }) => {
    const run = runs.find(({ cell }) => cell.seed === seed) ?? bestSeed(runs);
    if (run === undefined) return [];
    const { step, path } = run.history;
    const points = (iterate: 'last' | 'average', role: number) =>
      (path?.[iterate] ?? []).flatMap((profile, i): SimplexPoint[] => {
        const probabilities = profile[role];
        if (!probabilities.every(Number.isFinite)) return [];
        return [{ ...simplexPoint(probabilities), step: step[i], probabilities }];
      });
    return game.labels.flatMap((corners, role): SimplexPanel[] => {
      const [last, average] = [points('last', role), points('average', role)];
      if (last.length + average.length === 0) return [];
      return [{ series, temperature, seed: run.cell.seed, roleName: game.roleNames[role], corners, last, average }];
    });
  });
}
