import type { Backend } from '../numerics/backend.ts';
import { meeting } from '../solve/meeting.ts';
import type { ResolvedParams } from '../solve/params.ts';
import type { Population } from '../solve/population.ts';
import { type Instance, type Problem, placeProblem } from '../solve/problem.ts';
import { type Solver, type SolverDefinition, scheduleNames, seenBy } from '../solve/solver.ts';

/** One run of a solver, made and placed as `solve` would, to be followed step by step. */
export interface Track {
  readonly problem: Problem;
  readonly solver: Solver<unknown>;
  /** The instance with the game that the solver plays. */
  readonly seen: Instance;
}

/**
 * @param alone an instance of one run. @param limit the step limit T of schedules.
 * @param given whom it meets; whom its method is about where absent. The problem's tensors are the caller's to release.
 */
export async function trackOf(
  backend: Backend,
  definition: SolverDefinition,
  alone: Instance,
  params: ResolvedParams,
  limit: number,
  given?: Population,
): Promise<Track> {
  const population = given ?? definition.population?.(alone.game, params as never);
  const rule = await population?.rule(alone);
  const solver = definition.make(params as never);
  const seen = { ...alone, game: seenBy(definition, alone, params) };
  const problem = placeProblem(
    backend.ops,
    seen,
    limit,
    scheduleNames(definition).map((name) => params[name]),
  );
  return { problem, solver: rule === undefined ? solver : meeting(solver, rule), seen };
}
