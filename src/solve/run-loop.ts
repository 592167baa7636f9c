import type { Backend } from '../numerics/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { breathe } from './breathe.ts';
import type { Problem, Profile } from './problem.ts';
import type { Solver } from './solver.ts';

/** What the loop holds between checks. */
export interface LoopState {
  readonly state: unknown;
  /** Mean of the probabilities played at steps 0 … step − 1, per role `[B, A]`; absent where nobody asked. */
  readonly average: readonly Tensor[] | undefined;
  /** With it, `average` is a sum, too large by this much: float32 has no room for a running mean. */
  readonly carry: readonly Tensor[] | undefined;
  /** Payoff vectors that a check left for the next step. */
  readonly payoffs: readonly Tensor[] | undefined;
}

/** Time without giving other tasks (an abort, a progress bar) a chance. */
const breathSeconds = 0.05;

/** The averages with one more policy in them. */
function nextAverages(
  { ops }: Problem,
  average: readonly Tensor[],
  carry: readonly Tensor[] | undefined,
  policy: Profile,
  step: number,
): Pick<LoopState, 'average' | 'carry'> {
  if (carry === undefined) {
    const weights = [step / (step + 1), 1 / (step + 1)];
    const means: Tensor[] = [];
    for (let role = 0; role < average.length; role++)
      means.push(ops.combine(weights, [average[role], ops.exp(policy[role])]));
    return { average: means, carry };
  }
  // Before the first step the sum is the start, which is what is played first.
  if (step === 0) return { average, carry };
  // Kahan's compensated sum: the carry is what rounding has added.
  const added = average.map((_, role) => ops.sub(ops.exp(policy[role]), carry[role]));
  const sums = average.map((sum, role) => ops.add(sum, added[role]));
  const carries = average.map((sum, role) => ops.sub(ops.sub(sums[role], sum), added[role]));
  return { average: sums, carry: carries };
}

/** The start: the solver's first state, and the average before anything was played. */
export function startLoop(
  backend: Backend,
  problem: Problem,
  solver: Solver<unknown>,
  withAverage: boolean,
): LoopState {
  return backend.scope(() => {
    const state = solver.init(problem);
    const average = withAverage ? solver.profile(state).map((log) => problem.ops.exp(log)) : undefined;
    const carry =
      backend.info.dtype === 'float64' ? undefined : average?.map(({ shape }) => problem.ops.fill(shape, 0));
    return { state, average, carry, payoffs: undefined };
  });
}

export interface Pause {
  /** Step reached; short of `until` only when `stop` or the visitor said so. */
  readonly step: number;
  readonly loop: LoopState;
  /** Value of `performance.now()` when other tasks last had their chance. */
  readonly breath: number;
}

/** Looks at the loop where it lies, inside the scope of its tensors; true ends it there. */
export interface Visitor {
  /** After every step. */
  visit(step: number, state: unknown, average: readonly Tensor[] | undefined): boolean;
  /** Before the tensors of the steps since the last time are released. */
  leave(): boolean;
}

interface Reached extends Pick<Pause, 'step' | 'loop'> {
  /** Whether the visitor said so. */
  readonly ended: boolean;
}

/** Steps from `step` to `end`, in one scope. All that changes is local: as captured variables they cost half a small step. */
function advance(
  problem: Problem,
  solver: Solver<unknown>,
  from: LoopState,
  start: number,
  end: number,
  visitor: Visitor | undefined,
): Reached {
  let { state, average, carry } = from;
  let step = start;
  let ended = false;
  while (step < end && !ended) {
    const next = solver.step(problem, state, step);
    problem.forget();
    if (average !== undefined) {
      const averages = nextAverages(problem, average, carry, solver.profile(state), step);
      average = averages.average;
      carry = averages.carry;
    }
    state = next;
    step++;
    if (visitor !== undefined) ended = visitor.visit(step, state, average);
  }
  if (visitor !== undefined && !ended) ended = visitor.leave();
  const payoffs = problem.remembered();
  return { step, loop: { state, average, carry, payoffs }, ended };
}

/** About the multiplications of a step. */
export function workOf({ actions, runs }: Pick<Problem, 'actions' | 'runs'>): number {
  return runs * actions[0] * actions[actions.length - 1];
}

/**
 * Small steps share a scope: opening and sweeping one costs as much as a step of ten actions. What thirty-two steps of
 * more than about twenty numbers leave behind would crowd the matrix out of the first cache.
 */
export function stepsTogether(problem: Pick<Problem, 'actions' | 'runs'>): number {
  const most = problem.runs * problem.actions[0] <= 20 ? 32 : 8;
  return Math.max(1, Math.min(most, Math.floor(20_000 / workOf(problem))));
}

/**
 * Steps from `step` to `until`, releasing what each step leaves behind, and breathing now and then so that an abort or
 * a time limit (`stop`) ends it at the next step. After an error nothing of the loop is left on the backend.
 */
export async function stepUntil(
  backend: Backend,
  problem: Problem,
  solver: Solver<unknown>,
  from: Pause,
  until: number,
  stop: () => boolean,
  visitor?: Visitor,
): Promise<Pause> {
  let { step, loop, breath } = from;
  const stride = Math.max(1, Math.min(64, Math.floor(200_000 / workOf(problem))));
  const block = stepsTogether(problem);
  let ended = false;
  try {
    while (step < until && !ended) {
      const pause = Math.min(until, step + stride);
      while (step < pause && !ended) {
        const before = loop;
        const start = step;
        const reached = backend.scope(() =>
          advance(problem, solver, before, start, Math.min(pause, start + block), visitor),
        );
        ({ step, loop, ended } = reached);
        backend.release(before, [loop, problem.tensors]);
      }
      if (performance.now() - breath > breathSeconds * 1000) {
        await breathe();
        breath = performance.now();
        if (stop()) break;
      }
    }
  } catch (error) {
    problem.forget();
    backend.release(loop, problem.tensors);
    throw error;
  }
  return { step, loop, breath };
}
