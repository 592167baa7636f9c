import type { StoredRun } from '../../experiments/stored.ts';
import { compileSchedule } from '../../src/core/schedule.ts';
import { type Guarantee, roundingFloor } from '../../src/solve/guarantee.ts';
import type { GameFacts } from './game.ts';

/** ητ where a run ended; 1 for a method without a step size, in which no rounding piles up. */
function contractionOf({ cell, result }: StoredRun, game: GameFacts, span: number): number {
  const { stepSize } = cell.solver.params;
  if (stepSize === undefined) return 1;
  const n = Math.max(...game.labels.map((labels) => labels.length));
  return (
    cell.temperature * compileSchedule(stepSize).at({ t: result.steps, tau: cell.temperature, T: cell.steps, span, n })
  );
}

/** Where the metric of a run's theorem is rounding and cannot be held against its bound: as the run was judged. */
export function roundingFloorOf(run: StoredRun, game: GameFacts, metric: string): number {
  const span = game.highest > game.lowest ? game.highest - game.lowest : 1;
  const { dtype } = run.provenance.backend;
  return roundingFloor(
    metric as Guarantee<never>['metric'],
    {
      payoffSpan: span,
      payoffScale: Math.max(Math.abs(game.highest), Math.abs(game.lowest)),
      temperature: run.cell.temperature,
    },
    contractionOf(run, game, span),
    dtype === 'float32' ? 2 ** -23 : Number.EPSILON,
  );
}
