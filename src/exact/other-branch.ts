import type { Corrector, Waypoint } from './follow-path.ts';
import type { Point, QuantalEquation } from './quantal-equation.ts';

/** Factor of λ between two coolings, damped best responses at each, and the weight of each response. */
const cooling = 1.25;
const responses = 400;
const weight = 0.2;
/** Merit, KL(π‖BR) over the seats, from which Newton's method goes on. */
const near = 1e-10;

/**
 * An equilibrium off the branch that begins at the reference, for a general-sum game whose branch turns back: damped best
 * responses from where it was lost, while the temperature falls, then Newton's method. Where best responses settle is
 * stable; which of several branches it is depends on the game.
 * @returns undefined where they do not settle, or Newton's method does not come to the gap.
 */
export function otherBranch(
  { pointAt, mixedWithResponse }: QuantalEquation,
  { polish }: Corrector,
  from: Waypoint,
  target: number,
): Point | undefined {
  let { point } = from;
  for (let lambda = from.lambda; lambda < target; ) {
    lambda = Math.min(target, lambda * cooling);
    point = pointAt(point.log, lambda);
    for (let k = 0; k < responses && point.merit > near; k++)
      point = pointAt(mixedWithResponse(point, lambda, weight), lambda);
  }
  if (point.merit > near) return undefined;
  const end = polish(point, target);
  return end.merit < 1e-12 ? end : undefined;
}
