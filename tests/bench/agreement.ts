import type { Contender } from './contender.ts';
import type { Workload } from './workload.ts';

export const agreementSteps = 50;
export const agreementTolerance = 1e-12;

/**
 * Lets every contender take 50 steps from the start and compares where they stand with the first.
 * @returns the largest difference of a log-probability.
 * @throws when it exceeds 1e-12: what is not the same step is not worth timing.
 */
export async function checkAgreement(contenders: readonly Contender[], workload: Workload): Promise<number> {
  const policies: Float64Array[] = [];
  for (const contender of contenders) {
    await contender.place(workload);
    await contender.take(agreementSteps);
    policies.push(await contender.policy());
  }
  const [first] = policies;
  let largest = 0;
  policies.forEach((policy, k) => {
    const difference = policy.reduce((most, value, a) => Math.max(most, Math.abs(value - first[a])), 0);
    if (!(difference <= agreementTolerance) || policy.length !== first.length)
      throw new Error(
        `${contenders[k].name} and ${contenders[0].name} differ by ${difference} after ${agreementSteps} steps of ` +
          `${workload.solverName}, ${workload.size} actions (allowed: ${agreementTolerance}); no timings`,
      );
    largest = Math.max(largest, difference);
  });
  return largest;
}
