import { z } from 'zod';
import type { Citation } from '../../src/core/citations/cite.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import type { Game } from '../../src/solve/game.ts';
import type { Guarantee } from '../../src/solve/guarantee.ts';
import type { Population } from '../../src/solve/population.ts';
import type { DirectDefinition, Family, SolverDefinition, StepParams } from '../../src/solve/solver.ts';

/** A method of the literature as a choice of another: what it is called, by whom, and what it fixes. */
export interface Choice {
  readonly name: string;
  readonly summary: string;
  readonly source: Citation;
  readonly conversion: string;
  /** Parameters that it fixes; the others stay open. */
  readonly fixed?: Readonly<Record<string, number | string>>;
  /** Its default step size, where that is not the base's. */
  readonly stepSize?: Schedule;
  /** Which of the base's theorems speak about it, by index and in the order tried; all of them by default. */
  readonly theorems?: readonly number[];
  readonly family?: Family;
  readonly iterate?: 'last' | 'average';
  readonly equilibrium?: SolverDefinition['equilibrium'];
  readonly target?: string;
  readonly rate?: string;
  /** Whom it meets by default, where that is not whom the base meets. */
  readonly population?: (game: Game) => Population;
}

/** Parameters a choice leaves open, and how those given become the base's. */
function choose<Params>(shape: Readonly<Record<string, unknown>>, fixed: NonNullable<Choice['fixed']>) {
  const open = Object.entries(shape).filter(([key]) => !Object.hasOwn(fixed, key));
  return {
    params: z.strictObject(Object.fromEntries(open) as z.ZodRawShape) as never,
    whole: (params: object): Params => ({ ...fixed, ...params }) as unknown as Params,
  };
}

/** A theorem of the base about a choice of it. */
function theoremOf<Params>(whole: (params: object) => Params) {
  return (guarantee: Guarantee<Params>): Guarantee<Params> => ({
    ...guarantee,
    premises: (params, problem) => guarantee.premises(whole(params as object), problem),
    bound: (step, params, problem) => guarantee.bound(step, whole(params as object), problem),
  });
}

/** The catalogue entry of a choice: the base's step and theorems under the name of its paper. */
export function named<Params extends StepParams>(
  base: SolverDefinition<Params>,
  { fixed = {}, stepSize, theorems, population: met, ...facts }: Choice,
): SolverDefinition<Params> {
  const { aliases: _, ...rest } = base;
  const { params, whole } = choose<Params>(base.params.shape, fixed);
  const { check, sees, population, regulariser, defaultStepSize: step, oracleCallsPerStep: calls } = base;
  return {
    ...rest,
    ...facts,
    choiceOf: base.name,
    fixed,
    params,
    ...(step && { defaultStepSize: (params) => stepSize ?? step(whole(params)) }),
    oracleCallsPerStep: typeof calls === 'number' ? calls : (params) => calls(whole(params)),
    ...(check && { check: (instance, params) => check(instance, whole(params)) }),
    ...(sees && { sees: (game, params, reference) => sees(game, whole(params), reference) }),
    ...(met && { population: met }),
    ...(met === undefined && population && { population: (game, params) => population(game, whole(params)) }),
    ...(regulariser && { regulariser: (params) => regulariser(whole(params)) }),
    guarantees: (theorems?.map((index) => base.guarantees[index]) ?? base.guarantees).map(theoremOf(whole)),
    make: (params) => base.make(whole(params)),
  };
}

/** The same for a method that answers at once. */
export function namedDirect<Params extends object>(
  base: DirectDefinition<Params>,
  { fixed = {}, ...facts }: Omit<Choice, 'stepSize' | 'theorems' | 'population'>,
): DirectDefinition<Params> {
  const { aliases: _, guarantees = [], ...rest } = base;
  const { params, whole } = choose<Params>(base.params.shape, fixed);
  return {
    ...rest,
    ...facts,
    choiceOf: base.name,
    fixed,
    params,
    check: (instance, given) => base.check(instance, whole(given)),
    answer: (instance, given, limits) => base.answer(instance, whole(given), limits),
    guarantees: guarantees.map(theoremOf(whole)),
  };
}
