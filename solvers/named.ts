import { z } from 'zod';
import type { Schedule } from '../src/core/schedule.ts';
import type { Guarantee } from '../src/solve/guarantee.ts';
import type { Citation, Family, SolverDefinition, StepParams } from '../src/solve/solver.ts';

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
  readonly family?: Family;
  readonly iterate?: 'last' | 'average';
  readonly equilibrium?: SolverDefinition['equilibrium'];
  readonly target?: string;
  readonly rate?: string;
}

/** The catalogue entry of a choice: the base's step and theorems under the name of its paper. */
export function named<Params extends StepParams>(
  base: SolverDefinition<Params>,
  { fixed = {}, stepSize, ...facts }: Choice,
): SolverDefinition<Params> {
  const { aliases: _, ...rest } = base;
  const whole = (params: object): Params => ({ ...fixed, ...params }) as unknown as Params;
  const open = Object.entries(base.params.shape).filter(([key]) => !Object.hasOwn(fixed, key));
  const { check, sees, oracleCallsPerStep: calls } = base;
  return {
    ...rest,
    ...facts,
    choiceOf: base.name,
    fixed,
    params: z.strictObject(Object.fromEntries(open) as z.ZodRawShape) as never,
    defaultStepSize: (params) => stepSize ?? base.defaultStepSize(whole(params)),
    oracleCallsPerStep: typeof calls === 'number' ? calls : (params) => calls(whole(params)),
    ...(check && { check: (instance, params) => check(instance, whole(params)) }),
    ...(sees && { sees: (game, params) => sees(game, whole(params)) }),
    guarantees: base.guarantees.map(
      (guarantee): Guarantee<Params> => ({
        ...guarantee,
        premises: (params, problem) => guarantee.premises(whole(params), problem),
        bound: (step, params, problem) => guarantee.bound(step, whole(params), problem),
      }),
    ),
    make: (params) => base.make(whole(params)),
  };
}
