import { logOpponentOf, type Mean, type Member, type PopulationRule } from '../src/solve/population.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';

interface RunningMean {
  readonly newest: Profile;
  /** Mixture of all policies before the newest, as log-probabilities per role; of none at first. */
  readonly past: Profile;
  /** How many policies are in `past`. */
  readonly count: number;
}

/**
 * One mixture of the whole past and the present: m_t = (1 − b)·π_t + b·m_{t−1}, m_0 = π_0, of policies or of logits.
 * @param pastWeight b for a past of so many policies, at least one.
 */
export function runningMean(mean: Mean, pastWeight: (count: number) => number): PopulationRule<RunningMean> {
  const members = (_: Problem, { past, count }: RunningMean, present: Profile, role: number): Member[] => {
    const weight = count === 0 ? 0 : pastWeight(count);
    const found = [
      { name: 'newest', weight: 1 - weight, policy: present[role] },
      { name: 'past', weight, policy: past[role] },
    ];
    return found.filter((member) => member.weight !== 0);
  };
  return {
    mean,
    init: (_problem, start) => ({ newest: start, past: start, count: 0 }),
    members,
    next(problem, memory, played) {
      const { newest, count } = memory;
      const past = newest.map((_, role) => logOpponentOf(problem.ops, members(problem, memory, newest, role), mean));
      return { newest: played, past, count: count + 1 };
    },
  };
}
