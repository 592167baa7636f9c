import { normalisedLog } from '../numerics/normalise.ts';
import type { MatrixGame } from '../solve/game.ts';
import type { HostProfile } from '../solve/problem.ts';
import type { Corrector, Waypoint } from './follow-path.ts';
import type { Point, QuantalEquation } from './quantal-equation.ts';

/** Factor of λ between two coolings, damped best responses at each, and the weight of each response. */
const cooling = 1.25;
const responses = 400;
const weight = 0.2;
/** Merit, KL(π‖BR) over the seats, from which Newton's method goes on. */
const near = 1e-10;

/** (1 − w)·π + w·BR_τ(π), in probabilities. */
function dampedResponse(
  game: MatrixGame,
  { pointAt }: QuantalEquation,
  reference: HostProfile,
  { log, payoffs }: Point,
  lambda: number,
): Point {
  const mixed = game.actions.map((_, role) => {
    const answer = normalisedLog(payoffs[role].map((value, a) => reference[role][a] + lambda * value));
    return normalisedLog(
      answer.map((to, a) => Math.log((1 - weight) * Math.exp(log[role][a]) + weight * Math.exp(to))),
    );
  });
  return pointAt(mixed, lambda);
}

/**
 * An equilibrium off the branch that begins at the reference, for a general-sum game whose branch turns back: damped best
 * responses from where it was lost, while the temperature falls, then Newton's method. Where best responses settle is
 * stable; which of several branches it is depends on the game.
 * @returns undefined where they do not settle, or Newton's method does not come to the gap.
 */
export function otherBranch(
  game: MatrixGame,
  equation: QuantalEquation,
  { polish }: Corrector,
  reference: HostProfile,
  from: Waypoint,
  target: number,
): Point | undefined {
  let { point } = from;
  for (let lambda = from.lambda; lambda < target; ) {
    lambda = Math.min(target, lambda * cooling);
    point = equation.pointAt(point.log, lambda);
    for (let k = 0; k < responses && point.merit > near; k++)
      point = dampedResponse(game, equation, reference, point, lambda);
  }
  if (point.merit > near) return undefined;
  const end = polish(point, target);
  return end.merit < 1e-12 ? end : undefined;
}
