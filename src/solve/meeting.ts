import type { Tensor } from '../numerics/tensor.ts';
import { type Member, opponentOf, type PopulationRule } from './population.ts';
import type { Problem } from './problem.ts';
import type { Solver } from './solver.ts';

/** A solver's state beside the memory of the population that it meets. */
export interface Meeting {
  readonly state: unknown;
  readonly memory: unknown;
}

/** A solver whose payoffs are those against a population. */
export interface MeetingSolver extends Solver<Meeting> {
  /** Who is in the population of a role at this state. */
  members(problem: Problem, meeting: Meeting, role: number): readonly Member[];
}

/** The problem as a solver sees it that meets a population: the payoffs of a profile are those against the members. */
function seenAmong(problem: Problem, rule: PopulationRule<unknown>, memory: unknown): Problem {
  const { ops, actions } = problem;
  const payoffsAt: Problem['payoffsAt'] = (present) => {
    const given = rule.payoffs?.(problem, memory, present);
    if (given !== undefined) return [...given];
    return problem.payoffsOf(
      actions.map((_, role) => opponentOf(ops, rule.members(problem, memory, present, role), rule.mean)),
    );
  };
  return {
    ...problem,
    payoffsAt,
    payoffsOf: (policies) => payoffsAt(policies.map((probabilities): Tensor => ops.log(probabilities))),
    members: (present, role) => rule.members(problem, memory, present, role),
  };
}

/** Any solver, against any population: its steps stay its own, and whom it meets is the rule's. */
export function meeting(solver: Solver<unknown>, rule: PopulationRule<unknown>): MeetingSolver {
  return {
    init(problem) {
      // What a solver does before its first step, it does against the population of the start.
      const first = rule.init(problem, problem.start);
      const state = solver.init(seenAmong(problem, rule, first));
      return { state, memory: first };
    },
    step(problem, { state, memory }, step) {
      const next = solver.step(seenAmong(problem, rule, memory), state, step);
      return { state: next, memory: rule.next(problem, memory, solver.profile(next), step) };
    },
    profile: ({ state }) => solver.profile(state),
    members: (problem, { state, memory }, role) => rule.members(problem, memory, solver.profile(state), role),
  };
}
