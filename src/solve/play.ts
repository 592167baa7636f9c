import { NashlabError } from '../core/errors.ts';
import type { Deviations, MeasuredDeviations } from '../metrics/deviations.ts';
import { hostValues } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { isConstantSumOfTwo } from './game.ts';
import type { Instance, Problem, Profile } from './problem.ts';
import type { MeasuredIterate } from './recorder.ts';
import type { Setting } from './setting.ts';
import { type AnySolver, isDirect, type Solver } from './solver.ts';

/** The joint distribution behind an iterate, as far as a gauge asks for it. */
export interface JointMeasure {
  readonly kind: MeasuredDeviations;
  /** Nothing where the iterate's policies are independent. */
  of(iterate: MeasuredIterate): Deviations | undefined;
}

/** What was played at steps 0 … T−1: the distribution that takes a step at random, and then its policies. */
export interface Play extends JointMeasure {
  /** Adds the policies of a step, before it is made; the payoffs against them are left to the step. */
  note(problem: Problem, policies: Profile, step: number): void;
}

/** Swap gains are kept per pair of actions of a role, up to this many actions. */
export const swapLimit = 100;

/**
 * Which gaps of the play a solve measures: those asked for by name; where nothing was, the one that a theorem of the solver
 * is about, in games that are not two-player constant-sum.
 */
export function deviationsWanted(
  definition: AnySolver,
  { game }: Pick<Instance, 'game'>,
  metrics: readonly string[] | undefined,
): MeasuredDeviations {
  if (isDirect(definition) && definition.certificate !== undefined) return 'swaps';
  if (metrics !== undefined)
    return metrics.includes('ce-gap') ? 'swaps' : metrics.includes('cce-gap') ? 'fixed' : 'none';
  const proven = (definition.guarantees ?? []).some(({ metric }) => metric === 'cce-gap');
  return proven && !isConstantSumOfTwo(game) ? 'fixed' : 'none';
}

function checkPlay({ game }: Instance, kind: MeasuredDeviations): void {
  const largest = Math.max(...game.actions);
  if (kind !== 'swaps' || largest <= swapLimit) return;
  throw new NashlabError('too-large', {
    what: `the ce-gap of play in "${game.name}", with ${largest} actions`,
    expected: `at most ${swapLimit}, as every pair of actions is kept; the cce-gap has no limit`,
  });
}

/** Running means over the steps of one role. */
interface RoleSums {
  /** u(b) − ⟨π, u⟩, `[B, A]`. */
  readonly regrets: Float64Array;
  /** π(a)·(u(b) − u(a)), `[B, A, A]`; empty where it is not asked for. */
  readonly swaps: Float64Array;
}

/** Adds a step with its weight; one row may stand for all runs. */
function addStep(
  { regrets, swaps }: RoleSums,
  policy: Float64Array,
  payoffs: Float64Array,
  actions: number,
  weight: number,
): void {
  for (let from = 0; from < regrets.length; from += actions) {
    const p = policy.length === actions ? 0 : from;
    const u = payoffs.length === actions ? 0 : from;
    let value = 0;
    for (let a = 0; a < actions; a++) value += policy[p + a] * payoffs[u + a];
    for (let b = 0; b < actions; b++) regrets[from + b] += weight * (payoffs[u + b] - value - regrets[from + b]);
    if (swaps.length === 0) continue;
    for (let a = 0; a < actions; a++) {
      const row = (from + a) * actions;
      for (let b = 0; b < actions; b++)
        swaps[row + b] += weight * (policy[p + a] * (payoffs[u + b] - payoffs[u + a]) - swaps[row + b]);
    }
  }
}

function largestRegret({ regrets }: RoleSums, actions: number, run: number): number {
  let largest = 0;
  for (let b = run * actions; b < (run + 1) * actions; b++) largest = Math.max(largest, regrets[b]);
  return largest;
}

function bestPlan({ swaps }: RoleSums, actions: number, run: number): number {
  let total = 0;
  for (let a = run * actions; a < (run + 1) * actions; a++) {
    let best = 0;
    for (let b = a * actions; b < (a + 1) * actions; b++) best = Math.max(best, swaps[b]);
    total += best;
  }
  return total;
}

/**
 * The books of what a solver plays. Its cce-gap is the largest average regret of a player, max over b of
 * (1/T)·Σ_t (u_t(b) − ⟨π_t, u_t⟩); its ce-gap Σ_a max over b of (1/T)·Σ_t π_t(a)·(u_t(b) − u_t(a)). Both are of the game
 * that was given, and at step t of the payoffs u_t against what all others play then.
 * @param measured the given game on the backend of the solve, which is a CPU.
 */
export function play({ game, runs }: Instance, measured: Problem, kind: 'fixed' | 'swaps'): Play {
  const sums = game.actions.map(
    (count): RoleSums => ({
      regrets: new Float64Array(runs * count),
      swaps: new Float64Array(kind === 'swaps' ? runs * count * count : 0),
    }),
  );
  const largest = (gain: (role: RoleSums, actions: number, run: number) => number, run: number): number =>
    Math.max(...sums.map((role, r) => gain(role, game.actions[r], run)));
  const deviations: Deviations = {
    fixed: (run) => largest(largestRegret, run),
    ...(kind === 'swaps' ? { swaps: (run: number) => largest(bestPlan, run) } : {}),
  };
  let noted = 0;
  return {
    kind,
    of: (iterate) => (iterate === 'average' && noted > 0 ? deviations : undefined),
    note(problem, policies, step) {
      const probabilities = policies.map((log) => measured.ops.exp(log));
      const payoffs: Tensor[] = measured.payoffVectors(probabilities);
      sums.forEach((role, r) => {
        addStep(role, hostValues(probabilities[r]), hostValues(payoffs[r]), game.actions[r], 1 / (step + 1));
      });
      noted = step + 1;
      if (problem === measured) problem.remember(policies, payoffs);
    },
  };
}

/** Which gaps of its play a solve keeps books for. Throws `too-large`, and `not-applicable` on a device. */
export function playKept({ backend, home, instance, plan, options }: Setting): MeasuredDeviations {
  if (plan.deviations === 'none' || !plan.average) return 'none';
  if (backend === home) {
    checkPlay(instance, plan.deviations);
    return plan.deviations;
  }
  // What nobody asked for is left out, and the theorem about it says so.
  if (options.metrics === undefined) return 'none';
  throw new NashlabError('not-applicable', {
    what: `the gaps of play on backend ${backend.info.name}`,
    expected: 'backend cpu, where the payoffs of every step are at hand',
  });
}

/** The same solver, whose play is noted step by step. */
export function noted(solver: Solver<unknown>, books: Play | undefined): Solver<unknown> {
  if (books === undefined) return solver;
  return {
    ...solver,
    step(problem, state, step) {
      books.note(problem, solver.profile(state), step);
      return solver.step(problem, state, step);
    },
  };
}
