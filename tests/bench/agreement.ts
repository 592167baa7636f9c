import type { Contender } from './contender.ts';
import type { Workload } from './workload.ts';

export const agreementTolerance = 1e-12;

/** 50 steps; fewer where a step reads a large matrix. */
export function agreementSteps({ size, runs }: Workload): number {
  return size * size * runs > 1e7 ? 5 : 50;
}

/** Largest difference between the entries of two lists of equal length; infinite for others. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

/** Stops the bench: what is not the same step is not worth timing. */
export function refuseDisagreement(
  names: readonly [string, string],
  difference: number,
  tolerance: number,
  { solver, size, runs }: Workload,
): void {
  if (difference <= tolerance) return;
  throw new Error(
    `${names[0]} and ${names[1]} differ by ${difference} on ${solver}, ${size} actions, ${runs} runs ` +
      `(allowed: ${tolerance}); no timings`,
  );
}

/**
 * Lets every contender take some steps from the start and compares where they stand with the first.
 * @returns the largest difference of a log-probability.
 * @throws when it exceeds 1e-12.
 */
export async function checkAgreement(contenders: readonly Contender[], workload: Workload): Promise<number> {
  let first: Float64Array | undefined;
  let largest = 0;
  for (const contender of contenders) {
    await contender.place(workload);
    await contender.take(agreementSteps(workload));
    const policy = await contender.policy();
    first ??= policy;
    const difference = largestDifference(policy, first);
    refuseDisagreement([contender.name, contenders[0].name], difference, agreementTolerance, workload);
    largest = Math.max(largest, difference);
  }
  return largest;
}
