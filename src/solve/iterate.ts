import { NashlabError } from '../core/errors.ts';
import type { Backend } from '../numerics/backend.ts';
import { gemmProducts } from '../numerics/cpu/products.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { nextCheck } from './check-grid.ts';
import { checksTogether, readingsOf } from './checks-together.ts';
import { problemFacts } from './guarantee.ts';
import type { Readings } from './measure.ts';
import { type Meeting, meeting } from './meeting.ts';
import { noted, play, playKept } from './play.ts';
import type { Population } from './population.ts';
import { populationGaps } from './population-gaps.ts';
import { type Members, populationLog, rolesKept, type Shares, sharesFrom, sharesOnHost } from './population-log.ts';
import { type Profile, placeProblem } from './problem.ts';
import type { CheckTime } from './recorder.ts';
import { runLog } from './run-log.ts';
import { type LoopState, type Pause, startLoop, stepsTogether, stepUntil, type Visitor, workOf } from './run-loop.ts';
import { gaugeOf, haltedBy, type Setting } from './setting.ts';
import type { RunSolution } from './solution.ts';
import { type SolverDefinition, scheduleNames, seenBy } from './solver.ts';
import { type Claim, chooseClaim } from './verdict.ts';

/** Copies a profile from a device to the CPU backend that measures. */
async function bringHome(from: Backend, to: Backend, profile: readonly Tensor[]): Promise<Tensor[]> {
  const values = await Promise.all(profile.map((tensor) => from.read(tensor)));
  return values.map((rows, role) => to.ops.tensor(rows, profile[role].shape));
}

function isLoss(error: unknown): error is NashlabError {
  return error instanceof NashlabError && error.code === 'device-lost';
}

/** The average that a device has summed up, in float64 and normalised. */
async function averageHome(from: Backend, to: Backend, { average, carry }: LoopState, step: number) {
  if (average === undefined || carry === undefined) return undefined;
  const [sums, carries] = [await bringHome(from, to, average), await bringHome(from, to, carry)];
  const count = Math.max(1, step);
  const mean = sums.map((sum, role) => {
    const total = to.ops.combine([1 / count, -1 / count], [sum, carries[role]]);
    return to.ops.div(total, to.ops.sum(total));
  });
  to.release([sums, carries]);
  return mean;
}

/** A theorem about present policies says nothing about a solver that meets others. */
function claimAmong(claim: Claim | undefined, { text, selfPlay }: Population): Claim | undefined {
  if (claim === undefined || selfPlay) return claim;
  const premise =
    claim.premise === true
      ? `the theorem is about seats that play the present policies of all players, not about the population ${text}`
      : claim.premise;
  return { guarantee: claim.guarantee, premise };
}

/** Fewer checks than this cost as much together as one by one. */
const fewestTogether = 4;

/** Steps every run until it is done, and measures it on the way. */
export async function iterate(definition: SolverDefinition, setting: Setting): Promise<RunSolution[]> {
  const { backend, home, instance, plan, options, params, equilibrium, met } = setting;
  const kept = playKept(setting);
  const itself = definition.make(params.shared as never);
  const among = met && meeting(itself, met.rule);
  const seen = seenBy(definition, instance, params.shared);
  const schedules = scheduleNames(definition).map((name) => params.shared[name]);
  const problem = placeProblem(backend.ops, { ...instance, game: seen }, plan.steps, schedules);
  const alike = backend === home && seen === instance.game;
  const measured = alike ? problem : placeProblem(home.ops, instance, plan.steps);
  const books = kept === 'none' ? undefined : play(instance, measured, kept);
  const solver = noted(among ?? itself, books);
  const gauge = gaugeOf(setting, measured, books);
  const log = runLog(instance, plan, gauge.names, equilibrium, backend.info, (run, initial) => {
    const facts = problemFacts(instance, run, plan.steps, initial);
    const own = params.perRun[run];
    const usual = { ...own, stepSize: definition.defaultStepSize?.(own) };
    const claim = chooseClaim(definition.guarantees as never, own, facts, usual);
    return { facts, claim: met === undefined ? claim : claimAmong(claim, met.population), params: own };
  });
  const halted = haltedBy(setting);
  const company = populationLog();
  /** Who is met at this state, of the roles that are kept. */
  const membersAt = (state: unknown): Members | undefined =>
    among && problem.actions.slice(0, rolesKept).map((_, role) => among.members(problem, state as Meeting, role));
  let recorded = -1;
  const { onProgress } = options;
  const entered =
    onProgress &&
    ((step: number): void => onProgress({ step, steps: plan.steps, gap: log.gap(), running: log.running() }));
  const enter = (checks: readonly CheckTime[], readings: Readings, reason?: string): boolean => {
    log.enter(checks, readings, reason, entered);
    recorded = checks[checks.length - 1].step;
    return log.running() === 0;
  };
  const record = (
    step: number,
    last: Profile,
    mean: readonly Tensor[] | undefined,
    shares: Shares | undefined,
    members: Members | undefined,
  ): void => {
    if (shares !== undefined) company.note(log.records(), shares);
    enter([{ step, oracleCalls: problem.oracleCalls() }], readingsOf(home, gauge, last, mean), halted());
    if (met !== undefined && members !== undefined)
      company.close(instance.runs, log.ended, () => populationGaps(measured, members, met.rule.mean, last));
  };
  /** Gaps against members are measured where these lie on the CPU, and the rule's opponents are their mixture. */
  const mixes = met !== undefined && met.rule.payoffs === undefined && problem.actions.length <= rolesKept;
  const recordHere = (step: number, state: unknown, average: readonly Tensor[] | undefined): void => {
    const members = membersAt(state);
    record(step, solver.profile(state), average, sharesOnHost(members), mixes ? members : undefined);
  };
  /** On the CPU a check reads the iterate where it lies; from a device it is read back first. */
  const check = async (step: number, from: LoopState): Promise<void> => {
    const last = solver.profile(from.state);
    if (backend === home) home.scope(() => recordHere(step, from.state, from.average));
    else {
      const members = backend.scope(() => membersAt(from.state));
      const shares = await sharesFrom(backend, members);
      backend.release(members, [from, problem.tensors]);
      const [own, mean] = [await bringHome(backend, home, last), await averageHome(backend, home, from, step)];
      home.scope(() => record(step, own, mean, shares, undefined));
      home.release([own, mean]);
    }
    // The payoff vectors of this check went with its scope.
    measured.forget();
  };

  /** Checks wait for their neighbours where nothing but the profile is measured, in a small game that all runs share. */
  const waits = among === undefined && books === undefined && alike && instance.game.draws === 1;
  // No more than compiled code multiplies: a system library would be loaded for little, and change last bits.
  const most = Math.min(stepsTogether(problem), Math.ceil(gemmProducts / workOf(problem)) - 1);
  const together = waits && most >= fewestTogether ? checksTogether(setting, home, gauge, most) : undefined;

  let loop: LoopState | undefined;
  try {
    loop = startLoop(backend, problem, solver, plan.average);
    let pause: Pause = { step: 0, breath: performance.now(), loop };
    await check(0, pause.loop);
    let due = nextCheck(0, plan.steps, plan.checks);
    const visitor: Visitor = {
      visit(step, state, average) {
        if (step < due) return false;
        due = nextCheck(step, plan.steps, plan.checks);
        if (together !== undefined) {
          const check = { step, oracleCalls: problem.oracleCalls(), last: solver.profile(state), average };
          return together.add(check) && together.settle(enter);
        }
        recordHere(step, state, average);
        if (!alike) measured.forget();
        return log.running() === 0;
      },
      leave() {
        if (together === undefined) return false;
        const ended = together.settle(enter);
        // The tensors at which payoff vectors were remembered go now.
        measured.forget();
        return ended;
      },
    };
    const stop = (): boolean => halted() !== undefined;
    while (log.running() > 0) {
      // While it steps, the loop releases what it leaves behind, also where it fails.
      loop = undefined;
      if (backend === home) pause = await stepUntil(backend, problem, solver, pause, plan.steps, stop, visitor);
      else pause = await stepUntil(backend, problem, solver, pause, due, stop);
      loop = pause.loop;
      const reason = halted();
      // Runs that ended in the midst of a block have gone on to its end.
      if (log.running() === 0) break;
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
    if (together !== undefined) home.release(together.tensors);
    if (measured !== problem) home.release(measured.tensors);
  }
  if (among === undefined) return log.solutions();
  return log.solutions().map((run, index) => {
    const population = company.history(index, run.history.step.length);
    const gaps = company.gaps(index);
    return {
      ...run,
      population: met?.population.text,
      ...(gaps === undefined ? {} : { againstPopulation: gaps }),
      history: { ...run.history, population },
    };
  });
}
