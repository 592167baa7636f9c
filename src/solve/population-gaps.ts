import { bestResponse, bestResponseGain, responseGain } from '../metrics/best-response-gain.ts';
import { hostValues } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { type Mean, type Member, opponentOf } from './population.ts';
import type { Problem, Profile } from './problem.ts';
import type { PopulationGap } from './solution.ts';

/** Row of a run in `[B|1, A]`. */
function rowOf(tensor: Tensor, run: number): Float64Array {
  const [, width] = tensor.shape;
  const values = hostValues(tensor);
  return values.length === width ? values : values.subarray(run * width, (run + 1) * width);
}

/**
 * What a best response to a population gains on a profile, and what it gains against each member: gap-against-mixture of
 * every role. One member is drawn for all other seats, so that the gain is the mean of those against the members; of a
 * geometric population, they all play its mixture.
 * @param measured the given game on a CPU backend, where everything else lies, too.
 * @param members of every role, in the same order for all.
 * @param played log-probabilities per role.
 */
export function populationGaps(
  measured: Problem,
  members: readonly (readonly Member[])[],
  mean: Mean,
  played: Profile,
): (run: number) => PopulationGap[] {
  const { ops } = measured;
  const policies = played.map((log) => ops.exp(log));
  const alone = members[0].map((_, m) => measured.payoffVectors(members.map((list) => ops.exp(list[m].policy))));
  const mixed =
    mean === 'geometric'
      ? measured.payoffVectors(members.map((list) => opponentOf(ops, list, mean)))
      : members.map((list, role) =>
          ops.combine(
            list.map(({ weight }) => weight),
            alone.map((payoffs) => payoffs[role]),
          ),
        );
  return (run) =>
    policies.map((probabilities, role): PopulationGap => {
      const policy = rowOf(probabilities, run);
      const payoffs = rowOf(mixed[role], run);
      const response = bestResponse(payoffs);
      return {
        role,
        gain: responseGain(policy, payoffs, response),
        bestResponse: response,
        members: members[role].map(({ name, weight }, m) => {
          const own = rowOf(alone[m][role], run);
          return {
            name,
            weight: typeof weight === 'number' ? weight : rowOf(weight, run)[0],
            gain: responseGain(policy, own, response),
            alone: bestResponseGain(policy, own),
          };
        }),
      };
    });
}
