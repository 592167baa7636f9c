import { NashlabError } from '../core/errors.ts';
import { labelRuns } from '../dynamics/label-runs.ts';
import type { Backend } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import { answerAtOnce } from './answer-at-once.ts';
import { checkInstance } from './check-instance.ts';
import { knownEquilibrium } from './equilibrium.ts';
import { iterate } from './iterate.ts';
import { planSolve, type SolveOptions } from './options.ts';
import { checkApplicable, resolveBatchParams } from './params.ts';
import type { Instance } from './problem.ts';
import type { Met, Setting } from './setting.ts';
import type { Solution } from './solution.ts';
import { type AnySolver, isDirect, regulariserOf, requireIterative } from './solver.ts';

/** Whom the solver meets: the population that was given, or the one that its method is about. */
async function metBy(
  definition: AnySolver,
  instance: Instance,
  options: SolveOptions,
  params: unknown,
): Promise<Met | undefined> {
  if (options.population !== undefined) requireIterative(definition, options.population);
  if (isDirect(definition)) return undefined;
  const population = options.population ?? definition.population?.(instance.game, params as never);
  return population && { population, rule: await population.rule(instance) };
}

/**
 * Solves an instance with one solver of the catalogue and certifies the answer, run by run.
 *
 * Every run stops on its own: at the tolerance, the step limit, a stall, a non-finite iterate or an abort; what a run
 * reports is taken at its own end and does not depend on its batch mates. Iterates live on `backend`; all metrics are
 * computed in float64 on the host. After the call `backend.liveTensors()` is what it was before.
 *
 * @throws `NashlabError` for misuse (parameters, temperature, policies); numerical outcomes are `ResultCode`s.
 */
export async function solve(
  backend: Backend,
  instance: Instance,
  definition: AnySolver,
  options: SolveOptions = {},
): Promise<Solution> {
  const started = performance.now();
  const deadline = started + 1000 * (options.timeLimitSeconds ?? Number.POSITIVE_INFINITY);
  checkInstance(instance);
  checkApplicable(definition, instance);
  if (options.dynamics && isDirect(definition))
    throw new NashlabError('not-applicable', {
      what: `the dynamics of "${definition.name}"`,
      expected: 'a solver that iterates: it answers at once',
    });
  const plan = planSolve(definition, instance, options);
  const params = resolveBatchParams(definition, options.params ?? {}, instance, plan.steps);
  definition.check?.(instance, params.shared as never);
  const regulariser = regulariserOf(definition, params.shared, instance);
  const wantsEquilibrium =
    !isDirect(definition) && (options.metrics === undefined || options.metrics.includes('kl-to-equilibrium'));
  const equilibrium = wantsEquilibrium
    ? knownEquilibrium(instance, deadline, regulariser)
    : { unknown: 'kl-to-equilibrium was not asked for' };
  const home = backend.host ? backend : cpuBackend();
  const met = await metBy(definition, instance, options, params.shared);
  const setting: Setting = { met, backend, home, instance, plan, options, params, equilibrium, regulariser, deadline };
  const answer = isDirect(definition) ? answerAtOnce(definition, setting) : iterate(definition, setting);
  const solved = await answer.finally(() => (home === backend ? undefined : home.dispose()));
  const runs = options.dynamics && !isDirect(definition) ? await labelRuns(definition, setting, solved) : solved;
  return {
    runs: regulariser === undefined ? runs : runs.map((run) => ({ ...run, regulariser: regulariser.name })),
    params: params.perRun,
    tolerance: plan.tolerance,
    stepLimit: plan.steps,
    wallSeconds: (performance.now() - started) / 1000,
  };
}
