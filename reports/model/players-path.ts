import type { GameFacts } from './game.ts';
import { type Bundle, iterated } from './groups.ts';
import type { Series } from './series.ts';
import { shownRuns } from './shown-run.ts';
import { type SimplexPoint, simplexPath } from './simplex.ts';

/** The ways of all players of one run over the triangle of policies that they share. */
export interface PlayersPath {
  readonly series: Series;
  readonly temperature: number;
  readonly seed: string;
  /** Labels of the corners: lower left, lower right, top. */
  readonly corners: readonly string[];
  readonly players: readonly { readonly name: string; readonly last: readonly SimplexPoint[] }[];
}

/** Players whose ways fit on one triangle. */
const mostPlayers = 6;

/** Whether several roles choose from one list of three actions, so that all their ways lie on one triangle. */
export function sharesTriangle({ labels }: GameFacts): boolean {
  const [first] = labels;
  return (
    labels.length > 1 &&
    labels.length <= mostPlayers &&
    first.length === 3 &&
    labels.every((own) => own.length === 3 && own.every((label, a) => label === first[a]))
  );
}

/**
 * One panel per series. Runs keep their paths in games of at most three actions; of larger ones a plane would show a part of
 * the way only, at several times the bytes of a run.
 */
export function playersPaths(game: GameFacts, bundles: readonly Bundle[]): PlayersPath[] {
  if (!sharesTriangle(game)) return [];
  const shown = shownRuns(iterated(bundles), ({ history }) => history.path?.last !== undefined);
  return shown.map(({ bundle: { series, temperature }, run }) => ({
    series,
    temperature,
    seed: run.cell.seed,
    corners: game.labels[0],
    players: game.roleNames.map((name, role) => ({ name, last: simplexPath(run, 'last', role) })),
  }));
}
