import { NashlabError } from '../core/errors.ts';
import type { Backend } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import { planSolve, type SolveOptions } from './options.ts';
import type { HostProfile, Instance } from './problem.ts';
import type { History, RunSolution, Solution } from './solution.ts';
import { solve } from './solve.ts';
import type { AnySolver } from './solver.ts';

/** Where the runs ended, as starts: log-probabilities per role, `[B, A_role]`. */
function endsOf({ runs }: Solution, instance: Instance): HostProfile {
  return instance.game.actions.map((count, role) => {
    const rows = new Float64Array(runs.length * count);
    for (const [run, { iterates }] of runs.entries())
      rows.set((iterates.last as NonNullable<typeof iterates.last>).logProfile[role], run * count);
    return rows;
  });
}

/** One history after another; the second starts where the first ended, so its first record is left out. */
function joined(first: History, second: History, steps: number, calls: number): History {
  const names = Object.keys(second.columns).filter((name) => Object.hasOwn(first.columns, name));
  const rest = <T>(values: readonly T[]): readonly T[] => values.slice(1);
  const path = Object.fromEntries(
    (['last', 'average'] as const).flatMap((iterate) => {
      const [a, b] = [first.path?.[iterate], second.path?.[iterate]];
      return a === undefined || b === undefined ? [] : [[iterate, [...a, ...rest(b)]]];
    }),
  );
  return {
    step: [...first.step, ...rest(second.step).map((step) => steps + step)],
    oracleCalls: [...first.oracleCalls, ...rest(second.oracleCalls).map((count) => calls + count)],
    columns: Object.fromEntries(names.map((name) => [name, [...first.columns[name], ...rest(second.columns[name])]])),
    ...(second.path === undefined ? {} : { path }),
  };
}

function merged(first: RunSolution, second: RunSolution, name: string): RunSolution {
  const { steps, oracleCalls } = first;
  const words = `${steps} steps on ${name} in float32, then ${second.steps} on the CPU in float64`;
  return {
    ...second,
    reason: second.reason === undefined ? words : `${words}; ${second.reason}`,
    steps: steps + second.steps,
    oracleCalls: oracleCalls + second.oracleCalls,
    history: joined(first.history, second.history, steps, oracleCalls),
  };
}

/**
 * `solve` on a float32 device, and from its answer on in float64 on the CPU, within the same step limit. Runs that the
 * device brought to the tolerance stay as they are; the theorem speaks about the second part, from its own start.
 * @throws `NashlabError` as `solve` does; `not-applicable` for an average iterate, which starts anew with its solver.
 */
export async function solvePolished(
  backend: Backend,
  instance: Instance,
  definition: AnySolver,
  options: SolveOptions = {},
): Promise<Solution> {
  const plan = planSolve(definition, instance, options);
  if (plan.iterate === 'average')
    throw new NashlabError('not-applicable', {
      what: `polishing the average iterate of "${definition.name}"`,
      expected: 'a last or best iterate; an average would start anew on the CPU',
    });
  const first = await solve(backend, instance, definition, options);
  const open = first.runs.some(({ result }) => result === 'stalled' || result === 'step-limit');
  const used = Math.max(...first.runs.map(({ steps }) => steps));
  if (backend.info.dtype === 'float64' || !open || used >= plan.steps) return first;
  const cpu = cpuBackend();
  const second = await solve(cpu, { ...instance, start: endsOf(first, instance) }, definition, {
    ...options,
    steps: plan.steps - used,
  });
  await cpu.dispose();
  const runs = first.runs.map((run, k) =>
    run.result === 'stalled' || run.result === 'step-limit' ? merged(run, second.runs[k], backend.info.name) : run,
  );
  return { ...second, runs, stepLimit: first.stepLimit, wallSeconds: first.wallSeconds + second.wallSeconds };
}
