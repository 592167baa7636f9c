import type { Backend } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { nextCheck } from './check-grid.ts';
import { type KnownEquilibrium, knownEquilibrium } from './equilibrium.ts';
import { problemFacts } from './guarantee.ts';
import { type Gauge, gauge } from './measure.ts';
import { defaultTolerance, type Plan, planSolve, type SolveOptions } from './options.ts';
import { checkApplicable, type ResolvedParams, resolveParams } from './params.ts';
import { checkInstance, type Instance, placeProblem, rowsOfRun, temperatureOf } from './problem.ts';
import { iterateSolution, recorder } from './recorder.ts';
import { type RunLog, runLogs } from './run-log.ts';
import { type Pause, startLoop, stepUntil } from './run-loop.ts';
import type { RunSolution, Solution } from './solution.ts';
import { type AnySolver, type DirectDefinition, isDirect, type SolverDefinition } from './solver.ts';
import { chooseClaim } from './verdict.ts';

/** Σ over seats of max_a log 1/π₀(a) for one run. */
function divergenceOf(instance: Instance, run: number): number {
  const { game, start } = instance;
  const least = rowsOfRun(start, game.actions, run).map((row) => row.reduce((low, value) => Math.min(low, value)));
  return game.roleOf.reduce((sum, role) => sum - least[role], 0);
}

async function readProfile(backend: Backend, profile: readonly Tensor[], runs: number): Promise<Float64Array[]> {
  const values = await Promise.all(profile.map((tensor) => backend.read(tensor)));
  return values.map((row, role) => {
    if (profile[role].shape[0] === runs) return row;
    const spread = new Float64Array(runs * row.length);
    for (let run = 0; run < runs; run++) spread.set(row, run * row.length);
    return spread;
  });
}

interface Setting {
  readonly backend: Backend;
  readonly instance: Instance;
  readonly plan: Plan;
  readonly options: SolveOptions;
  readonly gauge: Gauge;
  readonly params: ResolvedParams;
  readonly equilibrium: KnownEquilibrium;
  /** Value of `performance.now()` at which the time limit is reached. */
  readonly deadline: number;
}

async function iterate(definition: SolverDefinition, setting: Setting): Promise<RunSolution[]> {
  const { backend, instance, plan, options, params, equilibrium, deadline } = setting;
  const { runs } = instance;
  const solver = definition.make(params as never);
  const problem = placeProblem(backend.ops, instance, plan.steps, [params.stepSize]);
  const logs: RunLog[] = runLogs(instance, plan, equilibrium, (run, initial) => {
    const { game } = instance;
    const facts = problemFacts(game, temperatureOf(instance, run), plan.steps, divergenceOf(instance, run), initial);
    return { facts, claim: chooseClaim(definition.guarantees as never, params, facts), params };
  });
  const halted = (): string | undefined => {
    if (options.signal?.aborted) return 'interrupted';
    return performance.now() >= deadline ? 'time limit' : undefined;
  };

  let pause: Pause = { step: 0, breath: performance.now(), loop: startLoop(backend, problem, solver, plan.average) };
  for (;;) {
    const { step, loop } = pause;
    const last = await readProfile(backend, solver.profile(loop.state), runs);
    const mean = loop.average && (await readProfile(backend, loop.average, runs));
    const reports = { last, average: mean?.map((row) => row.map(Math.log)) };
    const measured = {
      last: setting.gauge.measure(last),
      average: reports.average && setting.gauge.measure(reports.average),
    };
    const reason = halted();
    for (const log of logs) if (!log.finished()) log.check(step, problem.oracleCalls(), reports, measured, reason);
    const running = logs.filter((log) => !log.finished());
    const gap = Math.max(...(running.length > 0 ? running : logs).map((log) => log.gap()));
    options.onProgress?.({ step, steps: plan.steps, gap, running: running.length });
    if (running.length === 0) break;
    pause = await stepUntil(backend, problem, solver, pause, nextCheck(step, plan.steps), () => halted() !== undefined);
  }
  backend.release([pause.loop, problem.tensors]);
  return logs.map((log) => log.solution());
}

async function answerAtOnce(definition: DirectDefinition, setting: Setting): Promise<RunSolution[]> {
  const { instance, plan } = setting;
  const { actions } = instance.game;
  const { profile, method } = await definition.answer(instance);
  const measurement = setting.gauge.measure(profile);
  const book = recorder(actions, 1);
  book.open(0, 0, 0);
  book.note(0, 'last', profile, measurement);
  const answer = iterateSolution(profile, actions, 0, measurement);
  const gap = measurement.values[plan.gap][0];
  // Tolerance 0 asks iterative solvers for all their steps; an answer at once has none to run.
  const tolerance = plan.tolerance > 0 ? plan.tolerance : defaultTolerance(instance);
  const result = gap <= tolerance ? 'converged' : 'stalled';
  const history = book.history(0);
  const iterates = { last: answer };
  return [
    { result, reason: method, steps: 0, oracleCalls: 0, iterate: 'last', gap: plan.gap, answer, iterates, history },
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
  const params = resolveParams(definition, options.params ?? {}, instance, plan.steps);
  const wantsEquilibrium =
    !isDirect(definition) && (options.metrics === undefined || options.metrics.includes('kl-to-equilibrium'));
  const equilibrium = wantsEquilibrium
    ? knownEquilibrium(instance, deadline)
    : { unknown: 'kl-to-equilibrium was not asked for' };
  const host = cpuBackend();
  const placed = placeProblem(host.ops, instance, plan.steps);
  const known = 'profile' in equilibrium ? equilibrium.profile : undefined;
  const measuring = gauge(host, instance, placed, known, options.metrics, [plan.gap]);
  const setting: Setting = { backend, instance, plan, options, gauge: measuring, params, equilibrium, deadline };
  const runs = isDirect(definition) ? await answerAtOnce(definition, setting) : await iterate(definition, setting);
  return {
    runs,
    params,
    tolerance: plan.tolerance,
    stepLimit: plan.steps,
    wallSeconds: (performance.now() - started) / 1000,
  };
}
