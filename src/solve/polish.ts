import { NashlabError } from '../core/errors.ts';
import { compileSchedule } from '../core/schedule.ts';
import type { Backend, BackendInfo } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import { planSolve, type SolveOptions } from './options.ts';
import { type RawParams, resolveBatchParams } from './params.ts';
import type { Instance } from './problem.ts';
import { runAlone } from './run-alone.ts';
import type { History, RunSolution, Solution } from './solution.ts';
import { solve } from './solve.ts';
import { type AnySolver, isDirect, scheduleNames } from './solver.ts';

/** Curves of the last iterate, one after the other; the second starts where the first ended, so its first record is left out. */
function joined(first: History, second: History, steps: number, calls: number): History {
  const names = Object.keys(second.columns).filter((name) => name.startsWith('last/') && name in first.columns);
  const rest = <T>(values: readonly T[]): readonly T[] => values.slice(1);
  const [before, after] = [first.path?.last, second.path?.last];
  return {
    step: [...first.step, ...rest(second.step).map((step) => steps + step)],
    oracleCalls: [...first.oracleCalls, ...rest(second.oracleCalls).map((count) => calls + count)],
    columns: Object.fromEntries(names.map((name) => [name, [...first.columns[name], ...rest(second.columns[name])]])),
    ...(before === undefined || after === undefined ? {} : { path: { last: [...before, ...rest(after)] } }),
  };
}

function merged(first: RunSolution, second: RunSolution, name: string, cpu: BackendInfo): RunSolution {
  const { steps, oracleCalls, gap } = first;
  const words = `${steps} steps on ${name} in float32, then ${second.steps} on the CPU in float64`;
  const better = ({ iterates: a }: RunSolution, { iterates: b }: RunSolution): boolean =>
    Number(a.best?.metrics[gap]) < Number(b.best?.metrics[gap]);
  const { average: _average, ...iterates } = second.iterates;
  const best = (better(first, second) ? first : second).iterates.best;
  return {
    ...second,
    reason: second.reason === undefined ? words : `${words}; ${second.reason}`,
    steps: steps + second.steps,
    polish: { steps: second.steps, backend: { ...cpu } },
    oracleCalls: oracleCalls + second.oracleCalls,
    answer: second.iterate === 'best' && best !== undefined ? best : second.answer,
    iterates: best === undefined ? iterates : { ...iterates, best },
    ...(first.dynamics === undefined ? {} : { dynamics: first.dynamics }),
    history: joined(first.history, second.history, steps, oracleCalls),
  };
}

/** What would not go on from where it was: an average starts anew, and so does a step size that depends on the step. */
function checkPolishable(definition: AnySolver, instance: Instance, options: SolveOptions): void {
  const plan = planSolve(definition, instance, options);
  const refuse = (what: string, expected: string): NashlabError =>
    new NashlabError('not-applicable', { what: `polishing ${what} of "${definition.name}"`, expected });
  if (plan.iterate === 'average')
    throw refuse('the average iterate', 'a last or best iterate; an average would start anew on the CPU');
  const { perRun } = resolveBatchParams(definition, options.params ?? {}, instance, plan.steps);
  const names = isDirect(definition) ? [] : scheduleNames(definition);
  const changing = perRun
    .flatMap((params) => names.map((name) => [name, params[name]] as const))
    .find(([, value]) => typeof value === 'string' && !compileSchedule(value).constant);
  if (changing !== undefined)
    throw refuse(`a ${changing[0]} of ${changing[1]}`, 'a constant one; a schedule would start anew on the CPU');
}

/**
 * `solve` on a float32 device, and from its answer on in float64 on the CPU, within the same limits of steps and time. Only
 * runs that stalled are polished, each on its own; the theorem then speaks about the second part, from its own start, and
 * there is no average.
 * @throws `NashlabError` as `solve` does; `not-applicable` for an average iterate or a step size that depends on the step.
 */
export async function solvePolished(
  backend: Backend,
  instance: Instance,
  definition: AnySolver,
  options: SolveOptions = {},
): Promise<Solution> {
  checkPolishable(definition, instance, options);
  const first = await solve(backend, instance, definition, options);
  if (backend.info.dtype === 'float64') return first;
  const cpu = cpuBackend();
  const runs: RunSolution[] = [];
  let wallSeconds = first.wallSeconds;
  for (const [run, solution] of first.runs.entries()) {
    const left = (options.timeLimitSeconds ?? Number.POSITIVE_INFINITY) - wallSeconds;
    if (solution.result !== 'stalled' || solution.steps >= first.stepLimit || left <= 0) {
      runs.push(solution);
      continue;
    }
    const { onProgress, calls: _calls, dynamics: _dynamics, ...rest } = options;
    const params: RawParams = first.params[run];
    const second = await solve(
      cpu,
      runAlone(
        instance,
        run,
        solution.answer.logProfile.map((row) => Float64Array.from(row)),
      ),
      definition,
      {
        ...rest,
        params,
        average: false,
        steps: first.stepLimit - solution.steps,
        ...(left < Number.POSITIVE_INFINITY ? { timeLimitSeconds: left } : {}),
        ...(onProgress === undefined
          ? {}
          : { onProgress: (at) => onProgress({ ...at, step: solution.steps + at.step, steps: first.stepLimit }) }),
      },
    );
    wallSeconds += second.wallSeconds;
    runs.push(merged(solution, second.runs[0], backend.info.name, cpu.info));
  }
  await cpu.dispose();
  return { ...first, runs, wallSeconds };
}
