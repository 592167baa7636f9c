import { fitStrengths } from '../../src/exact/strengths.ts';
import { strongComponents } from '../../src/exact/strong-components.ts';
import type { Matrix } from '../../src/solve/game.ts';

export interface BradleyTerryFit {
  /** False when the best fit is a limit with infinite strengths: some actions never lose to the others. */
  readonly finite: boolean;
  /** Per action, mean 0; absent when not finite. */
  readonly strengths?: readonly number[];
  /** Groups of actions, each certain to beat the later ones; present when not finite. */
  readonly tiers?: readonly (readonly number[])[];
  /** Largest and mean |σ(r_a − r_b) − P[a][b]| over pairs a ≠ b; in the limit, when not finite. */
  readonly maxError: number;
  readonly meanError: number;
}

/**
 * The Bradley–Terry model closest to P in log-loss, every pair weighted alike (the projection of P), and its errors. A finite
 * one exists exactly when the graph of possible wins (P > 0) is strongly connected; else its limit fits each strongly
 * connected group by itself and lets every group beat the later ones with certainty, where P is 0 or 1 as well.
 */
export function bradleyTerryFit({ values, rows: n }: Matrix): BradleyTerryFit {
  const tiers = strongComponents(n, (a, b) => values[a * n + b] > 0);
  let maxError = 0;
  let sumError = 0;
  const strengths = new Array<number>(n).fill(0);
  for (const tier of tiers) {
    const size = tier.length;
    const wins = Float64Array.from({ length: size * size }, (_, k) => {
      const [a, b] = [Math.floor(k / size), k % size];
      return a === b ? 0 : values[tier[a] * n + tier[b]];
    });
    const fit = fitStrengths(size, wins);
    for (let a = 0; a < size; a++) {
      strengths[tier[a]] = fit.strengths[a];
      for (let b = 0; b < a; b++) {
        const error = Math.abs(1 / (1 + Math.exp(fit.strengths[b] - fit.strengths[a])) - wins[a * size + b]);
        maxError = Math.max(maxError, error);
        sumError += error;
      }
    }
  }
  const meanError = n > 1 ? sumError / ((n * (n - 1)) / 2) : 0;
  return tiers.length > 1
    ? { finite: false, tiers, maxError, meanError }
    : { finite: true, strengths, maxError, meanError };
}
