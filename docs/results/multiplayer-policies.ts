import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { payoffsAgainst } from '../../reports/model/best-response.ts';
import { playableGame } from '../../reports/model/playable.ts';
import { median } from '../../reports/model/spread.ts';
import { finals } from './runs.ts';

type Policy = readonly number[];

function policiesOf(run: StoredRun): readonly Policy[] {
  const profile = run.iterates.last?.profile;
  if (profile === undefined) throw new Error(`run ${run.id} has no last iterate`);
  return profile;
}

/** Total-variation distance of two policies. */
function distance(one: Policy, other: Policy): number {
  return one.reduce((sum, p, action) => sum + Math.abs(p - other[action]) / 2, 0);
}

/** The largest distance between the policies of any players of any of the runs. */
export function widestDistance(runs: readonly StoredRun[]): number {
  const all = runs.flatMap(policiesOf);
  return Math.max(...all.flatMap((one) => all.map((other) => distance(one, other))));
}

/** The regularised gap of all players together over their number, players with policies of their own; median. */
export function gapPerPlayer(runs: readonly StoredRun[]): number {
  return median(finals(runs, 'regularized-gap').map((gap, k) => gap / policiesOf(runs[k]).length));
}

/**
 * How far the mean policy of the players is from its own regularised best response, ∝ exp(ū/τ) with ū the mean of what all
 * their judges say: 0 at the regularised equilibrium of the judges pooled. For a uniform reference.
 */
export function offPooledEquilibrium(loaded: LoadedExperiment, run: StoredRun): number {
  const { game: named, temperature, reference } = run.cell;
  const game = playableGame([loaded], named.hash);
  if (game === undefined || reference !== 'uniform')
    throw new Error(`run ${run.id}: no payoffs, or a reference that is not uniform`);
  const own = policiesOf(run);
  const mean = own[0].map((_, action) => own.reduce((sum, policy) => sum + policy[action], 0) / own.length);
  const judges = payoffsAgainst(game)(own.map(() => mean));
  const weights = mean.map((_, action) =>
    Math.exp(judges.reduce((sum, payoffs) => sum + payoffs[action], 0) / judges.length / temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return distance(
    mean,
    weights.map((weight) => weight / total),
  );
}
