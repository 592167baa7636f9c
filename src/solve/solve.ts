import { NashlabError } from '../core/errors.ts';
import type { Backend } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { nextCheck } from './check-grid.ts';
import { checkInstance } from './check-instance.ts';
import { type KnownEquilibrium, knownEquilibrium } from './equilibrium.ts';
import { type GuaranteeVerdict, problemFacts } from './guarantee.ts';
import { type Gauge, gauge } from './measure.ts';
import { defaultTolerance, type Plan, planSolve, type SolveOptions } from './options.ts';
import { type BatchParams, checkApplicable, resolveBatchParams } from './params.ts';
import { type Instance, type Problem, type Profile, placeProblem } from './problem.ts';
import { iterateSolution, recorder } from './recorder.ts';
import type { Regulariser } from './regulariser.ts';
import { runLog } from './run-log.ts';
import { type LoopState, type Pause, startLoop, stepUntil } from './run-loop.ts';
import type { IterateSolution, MetricValues, RunSolution, Solution } from './solution.ts';
import {
  type AnySolver,
  type DirectDefinition,
  hasStepSize,
  isDirect,
  regulariserOf,
  type SolverDefinition,
  seenBy,
} from './solver.ts';
import { chooseClaim, judge } from './verdict.ts';

interface Setting {
  readonly backend: Backend;
  /** A CPU backend: where metrics are computed; `backend` itself if that is one. */
  readonly home: Backend;
  readonly instance: Instance;
  readonly plan: Plan;
  readonly options: SolveOptions;
  readonly params: BatchParams;
  readonly equilibrium: KnownEquilibrium;
  /** R of the regularised game, where it is not reverse KL. */
  readonly regulariser: Regulariser | undefined;
  /** Value of `performance.now()` at which the time limit is reached. */
  readonly deadline: number;
}

function gaugeOf({ instance, plan, options, equilibrium, regulariser }: Setting, problem: Problem): Gauge {
  const known = 'profile' in equilibrium ? equilibrium.profile : undefined;
  return gauge(instance, problem, known, options.metrics, [plan.gap], regulariser);
}

/** Copies a profile from a device to the CPU backend that measures. */
async function bringHome(from: Backend, to: Backend, profile: readonly Tensor[]): Promise<Tensor[]> {
  const values = await Promise.all(profile.map((tensor) => from.read(tensor)));
  return values.map((rows, role) => to.ops.tensor(rows, profile[role].shape));
}

function isLoss(error: unknown): error is NashlabError {
  return error instanceof NashlabError && error.code === 'device-lost';
}

async function iterate(definition: SolverDefinition, setting: Setting): Promise<RunSolution[]> {
  const { backend, home, instance, plan, options, params, equilibrium, deadline } = setting;
  const solver = definition.make(params.shared as never);
  const seen = seenBy(definition, instance, params.shared);
  const scheduled = [...(hasStepSize(definition) ? ['stepSize'] : []), ...(definition.schedules ?? [])];
  const schedules = scheduled.map((name) => params.shared[name]);
  const problem = placeProblem(backend.ops, { ...instance, game: seen }, plan.steps, schedules);
  const alike = backend === home && seen === instance.game;
  const measured = alike ? problem : placeProblem(home.ops, instance, plan.steps);
  const log = runLog(instance, plan, gaugeOf(setting, measured), equilibrium, backend.info, (run, initial) => {
    const facts = problemFacts(instance, run, plan.steps, initial);
    const own = params.perRun[run];
    return { facts, claim: chooseClaim(definition.guarantees as never, own, facts), params: own };
  });
  const timed = deadline < Number.POSITIVE_INFINITY;
  const halted = (): string | undefined => {
    if (options.signal?.aborted) return 'interrupted';
    return timed && performance.now() >= deadline ? 'time limit' : undefined;
  };
  let recorded = -1;
  const record = (step: number, last: Profile, mean: readonly Tensor[] | undefined, reason = halted()): void => {
    const average = mean?.map((tensor) => home.ops.log(tensor));
    log.check(step, problem.oracleCalls(), { last, average }, reason);
    recorded = step;
    options.onProgress?.({ step, steps: plan.steps, gap: log.gap(), running: log.running() });
  };
  /** On the CPU a check reads the iterate where it lies; from a device it is read back first. */
  const check = async (step: number, { state, average }: LoopState): Promise<void> => {
    const last = solver.profile(state);
    if (backend === home) home.scope(() => record(step, last, average));
    else {
      const [own, mean] = [await bringHome(backend, home, last), average && (await bringHome(backend, home, average))];
      home.scope(() => record(step, own, mean));
      home.release([own, mean]);
    }
    // The payoff vectors of this check went with its scope.
    measured.forget();
  };

  let loop: LoopState | undefined;
  try {
    loop = startLoop(backend, problem, solver, plan.average);
    let pause: Pause = { step: 0, breath: performance.now(), loop };
    await check(0, pause.loop);
    let due = nextCheck(0, plan.steps, plan.checks);
    const visit = (step: number, { state, average }: LoopState): boolean => {
      if (step < due) return false;
      record(step, solver.profile(state), average);
      if (!alike) measured.forget();
      due = nextCheck(step, plan.steps, plan.checks);
      return log.running() === 0;
    };
    const stop = (): boolean => halted() !== undefined;
    while (log.running() > 0) {
      // While it steps, the loop releases what it leaves behind, also where it fails.
      loop = undefined;
      if (backend === home) pause = await stepUntil(backend, problem, solver, pause, plan.steps, stop, visit);
      else pause = await stepUntil(backend, problem, solver, pause, due, stop);
      loop = pause.loop;
      const reason = halted();
      if (pause.step > recorded) await check(pause.step, pause.loop);
      else if (reason !== undefined) log.abort(reason);
      due = nextCheck(pause.step, plan.steps, plan.checks);
    }
  } catch (error) {
    if (!isLoss(error) || log.records() === 0) throw error;
    log.abort(error.message);
  } finally {
    problem.forget();
    backend.release([loop, problem.tensors]);
    if (measured !== problem) home.release(measured.tensors);
  }
  return log.solutions();
}

/** The theorem of an answer that was found at once, held against what was measured on it. */
function verdictAtOnce(
  definition: DirectDefinition,
  { instance, plan, params: { perRun } }: Setting,
  metrics: MetricValues,
): GuaranteeVerdict | undefined {
  const facts = problemFacts(instance, 0, plan.steps);
  const claim = chooseClaim(definition.guarantees ?? [], perRun[0], facts);
  if (claim === undefined) return undefined;
  const { guarantee, premise } = claim;
  const measured = metrics[guarantee.metric] as number | undefined;
  const bounds = premise === true ? [guarantee.bound(0, perRun[0] as never, facts)] : [];
  return judge(claim, facts, bounds, measured === undefined ? undefined : [measured], undefined);
}

async function answerAtOnce(definition: DirectDefinition, setting: Setting): Promise<RunSolution[]> {
  const { home, instance, plan, params } = setting;
  const { actions, roleOf } = instance.game;
  const { profile, method, path } = await definition.answer(instance, params.shared as never);
  const problem = placeProblem(home.ops, instance, plan.steps);
  const measuring = gaugeOf(setting, problem);
  const book = recorder(actions, 1, measuring.names);
  const answer = home.scope((): IterateSolution => {
    const placed = profile.map((values, role) => home.ops.tensor(values, [1, actions[role]]));
    const reading = measuring.measure(placed);
    book.open(0, 0);
    book.note('last', reading);
    const gains = roleOf.map((role) => reading.gains[role][0]);
    return iterateSolution(profile, book.metrics('last', 0, 0), gains);
  });
  home.release(problem.tensors);
  const gap = book.value('last', plan.gap, 0, 0);
  // Tolerance 0 asks iterative solvers for all their steps; an answer at once has none to run.
  const tolerance = plan.tolerance > 0 ? plan.tolerance : defaultTolerance(instance);
  const result = gap <= tolerance ? 'converged' : definition.equilibrium === 'none' ? 'answered' : 'stalled';
  const history = book.history(0, 1);
  const guarantee = verdictAtOnce(definition, setting, answer.metrics);
  return [
    {
      result,
      reason: method,
      steps: 0,
      oracleCalls: 0,
      iterate: 'last',
      gap: plan.gap,
      answer,
      iterates: { last: answer },
      ...(guarantee === undefined ? {} : { guarantee }),
      history,
      ...(path === undefined ? {} : { equilibriumPath: path }),
    },
  ];
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
  const setting: Setting = { backend, home, instance, plan, options, params, equilibrium, regulariser, deadline };
  const answer = isDirect(definition) ? answerAtOnce(definition, setting) : iterate(definition, setting);
  const runs = await answer.finally(() => (home === backend ? undefined : home.dispose()));
  return {
    runs: regulariser === undefined ? runs : runs.map((run) => ({ ...run, regulariser: regulariser.name })),
    params: params.perRun,
    tolerance: plan.tolerance,
    stepLimit: plan.steps,
    wallSeconds: (performance.now() - started) / 1000,
  };
}
