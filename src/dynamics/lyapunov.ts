import { NashlabError } from '../core/errors.ts';
import type { Backend } from '../numerics/backend.ts';
import { checkInstance } from '../solve/check-instance.ts';
import { checkApplicable, type RawParams, resolveParams } from '../solve/params.ts';
import type { Population } from '../solve/population.ts';
import type { Instance } from '../solve/problem.ts';
import { runAlone } from '../solve/run-alone.ts';
import type { SolverDefinition } from '../solve/solver.ts';
import { clockOf } from './clock.ts';
import { type Exponents, growthLedger } from './exponents.ts';
import { follow } from './follow.ts';
import { trackOf } from './track.ts';

export interface LyapunovOptions {
  /** Solver parameters, `stepSize` included; defaults as for `solve`. */
  readonly params?: RawParams;
  /** Steps to take, which is T to schedules; default 10,000. */
  readonly steps?: number;
  /** How many exponents, the largest first; default 1. */
  readonly exponents?: number;
  /** Steps that are left out at the beginning; default half of them. The tangent vectors turn into place before it. */
  readonly from?: number;
  /** Whom the solver meets; itself by default. */
  readonly population?: Population;
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most < Number.POSITIVE_INFINITY ? `from ${least} to ${most}` : `of at least ${least}`;
  throw new NashlabError('bad-option', { what: `${name} ${value}`, expected: `a whole number ${range}` });
}

/**
 * Lyapunov exponents of a solver's dynamics along the trajectory of each run (Benettin et al. 1980): the mean growth per
 * step of the logarithmic length of tangent vectors that are made orthonormal after every step,
 *
 *   λ_k = (1/N) Σ_t log ‖(DF_t v_k) orthogonal to the ones before‖,
 *
 * F_t the step as a map of the whole state, in the coordinates that the solver keeps it in: log-probabilities, regrets,
 * the memory of a population. DF·v is a difference quotient. Negative: perturbations die out; 0: they stay, as along
 * a cycle; positive: they grow, which is chaos where the trajectory stays bounded, and a way outward where it does not.
 * A step that jumps (best responses at a tie) has no derivative: the quotient then sees the jump as growth.
 *
 * @param backend the CPU: differences need float64. Throws `not-applicable` for others.
 * @returns one per run of the instance; fewer exponents than asked for where the state has fewer dimensions.
 * @throws `bad-option` for numbers of steps that cannot be.
 */
export async function lyapunov(
  backend: Backend,
  instance: Instance,
  definition: SolverDefinition,
  options: LyapunovOptions = {},
): Promise<readonly Exponents[]> {
  const { steps = 10_000, exponents = 1, params = {} } = options;
  whole('steps', steps, 2, Number.POSITIVE_INFINITY);
  whole('exponents', exponents, 1, Number.POSITIVE_INFINITY);
  const from = options.from ?? Math.floor(steps / 2);
  whole('from', from, 1, steps - 1);
  if (!backend.host)
    throw new NashlabError('not-applicable', {
      what: `Lyapunov exponents on backend ${backend.info.name}, ${backend.info.dtype}`,
      expected: 'the cpu backend: difference quotients need float64',
    });
  checkInstance(instance);
  checkApplicable(definition, instance);
  const found: Exponents[] = [];
  for (let run = 0; run < instance.runs; run++) {
    const alone = runAlone(instance, run);
    const resolved = resolveParams(definition, params, alone, steps);
    definition.check?.(alone, resolved as never);
    const track = await trackOf(backend, definition, alone, resolved, steps, options.population);
    const ledger = growthLedger(clockOf(track.seen, resolved.stepSize, steps), from, steps);
    await follow(backend, track.problem, track.solver, {
      steps,
      directions: exponents,
      attach: Math.max(1, Math.floor(from / 2)),
      stop: () => false,
      visit: (step, _profile, growth) => ledger.note(step, growth),
    }).finally(() => backend.release(track.problem.tensors));
    found.push(ledger.exponents() as Exponents);
  }
  return found;
}
