import type { Backend } from '../numerics/backend.ts';
import { breathe } from '../solve/breathe.ts';
import type { Problem, Profile } from '../solve/problem.ts';
import type { Solver } from '../solve/solver.ts';
import { firstTangents, handedOn, renormalised, type Tangents } from './tangents.ts';

export interface FollowOptions {
  readonly steps: number;
  /** Tangent vectors, from `attach` steps on. */
  readonly directions: number;
  readonly attach: number;
  /** Says that it must end early. */
  stop(): boolean;
  /**
   * Looks at the run after a step, counted from 1, inside the scope of its tensors.
   * @param growth logarithm of what the step made of each direction; empty before they are attached.
   */
  visit(step: number, profile: Profile, growth: readonly number[]): void;
}

interface Point {
  readonly state: unknown;
  readonly tangents: Tangents | undefined;
}

/** Milliseconds without giving other tasks a chance. */
const breath = 50;

/**
 * Steps one run on the CPU, with tangent vectors of its whole state beside it: everything a solver remembers, but for
 * tensors that no step before `attach` has changed.
 * @param problem of one run. @returns whether it took all its steps.
 */
export async function follow(
  backend: Backend,
  problem: Problem,
  solver: Solver<unknown>,
  { steps, directions, attach, stop, visit }: FollowOptions,
): Promise<boolean> {
  const { ops } = problem;
  let constant: boolean[] | undefined;
  const advance = ({ state, tangents }: Point, step: number): Point => {
    const next = solver.step(problem, state, step);
    if (tangents === undefined) {
      const same = handedOn(state, next);
      constant = constant?.length === same.length ? same.map((one, k) => one && constant?.[k] === true) : same;
      visit(step + 1, solver.profile(next), []);
      const due = directions > 0 && step + 1 >= attach;
      return { state: next, tangents: due ? firstTangents(ops, next, constant, directions) : undefined };
    }
    const moved = tangents.beside.map((one) => solver.step(problem, one, step));
    const renewed = renormalised(ops, next, constant ?? [], moved);
    visit(step + 1, solver.profile(next), renewed.growth);
    return { state: next, tangents: renewed };
  };
  let point: Point = { state: backend.scope(() => solver.init(problem)), tangents: undefined };
  let rested = performance.now();
  try {
    for (let step = 0; step < steps; step++) {
      const before = point;
      point = backend.scope(() => advance(before, step));
      backend.release(before, [point, problem.tensors]);
      if (performance.now() - rested > breath) {
        await breathe();
        rested = performance.now();
        if (stop()) return false;
      }
    }
    return true;
  } finally {
    backend.release(point, problem.tensors);
  }
}
