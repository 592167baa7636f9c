import { traceOf } from './convergence.ts';
import { type CurvePoint, summarise } from './curve.ts';
import type { GameFacts } from './game.ts';
import { floorOf, improvementOf } from './gap.ts';
import { type Bundle, iterated } from './groups.ts';
import type { Series } from './series.ts';

/** What each player of one series could still gain, over the run. */
export interface PlayerGains {
  readonly series: Series;
  readonly temperature: number;
  readonly iterate: 'last' | 'average';
  readonly runs: number;
  readonly players: readonly { readonly role: number; readonly name: string; readonly points: readonly CurvePoint[] }[];
}

export interface PlayerGainFigure {
  readonly panels: readonly PlayerGains[];
  /** Values at or below this are drawn at it. */
  readonly floor: number;
  readonly notFinite: number;
}

/** The gains of the certified iterate, one panel per series; nothing for games with one role, or more than were recorded. */
export function playerGains(game: GameFacts, bundles: readonly Bundle[]): PlayerGainFigure | undefined {
  if (game.roleNames.length < 2) return undefined;
  let notFinite = 0;
  const panels = iterated(bundles).flatMap(({ series, temperature, runs }): PlayerGains[] => {
    const iterate = runs[0].cell.iterate === 'average' ? 'average' : 'last';
    const players = game.roleNames.flatMap((name, role) => {
      const traces = runs.flatMap((run) => {
        const column = improvementOf(run, iterate, role);
        return column === undefined ? [] : [traceOf(run, column)];
      });
      const summary = summarise(traces);
      notFinite += summary.notFinite;
      return summary.points.length > 1 ? [{ role, name, points: summary.points }] : [];
    });
    return players.length === 0 ? [] : [{ series, temperature, iterate, runs: runs.length, players }];
  });
  return panels.length === 0 ? undefined : { panels, floor: floorOf(game, 'max-regret'), notFinite };
}
