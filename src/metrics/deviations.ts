/**
 * What the players gain by deviating from a joint distribution that is no product of policies, in payoff units and per run:
 * the largest gain of a player. A player decides beforehand to play one action always, or in its place a plan that says
 * what to play wherever an action is meant.
 */
export interface Deviations {
  fixed(run: number): number;
  /** Only where the joint distribution was kept closely enough. */
  swaps?(run: number): number;
}

/** Which gaps of a joint distribution can be measured. */
export type MeasuredDeviations = 'none' | 'fixed' | 'swaps';
