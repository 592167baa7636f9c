import { type PopulationGiven, population } from '../../populations/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { type Meeting, type MeetingSolver, meeting } from '../../src/solve/meeting.ts';
import type { PopulationRule } from '../../src/solve/population.ts';
import type { Instance, Problem } from '../../src/solve/problem.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';

export interface Walk {
  readonly problem: Problem;
  readonly solver: MeetingSolver;
  readonly states: readonly Meeting[];
  /** Probabilities per step and role, of the first run. */
  readonly path: readonly (readonly (readonly number[])[])[];
}

/** A solver's first steps among a population. */
export function walk(
  given: Instance,
  name: string,
  params: Readonly<Record<string, unknown>>,
  met: PopulationGiven,
  steps: number,
): Walk {
  const definition = solverNamed(name) as SolverDefinition;
  const problem = place(given, 1000);
  const rule = population(met, given.game).rule(given) as PopulationRule<unknown>;
  const solver = meeting(definition.make({ ...(definition.params.parse({}) as object), ...params } as never), rule);
  const states = [solver.init(problem)];
  for (let step = 0; step < steps; step++) states.push(solver.step(problem, states[step], step));
  return { problem, solver, states, path: states.map((state) => probabilities(solver.profile(state))) };
}
