import { NashlabError } from '../core/errors.ts';
import type { MeasuredDeviations } from '../metrics/deviations.ts';
import type { CheckGrid } from './check-grid.ts';
import { isConstantSumOfTwo } from './game.ts';
import type { RawParams } from './params.ts';
import { deviationsWanted } from './play.ts';
import type { Population } from './population.ts';
import { type Instance, stepSpan, temperatureOf } from './problem.ts';
import type { IterateName } from './solution.ts';
import { type AnySolver, callsPerStep, ignoresTemperature, isDirect } from './solver.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Largest gap of the runs still going. */
  readonly gap: number;
  readonly running: number;
}

export interface SolveOptions {
  /**
   * Solver parameters, `stepSize` included, for all runs or one set per run (only step sizes may differ); the default
   * step size is the largest the solver's theorem allows.
   */
  readonly params?: RawParams | readonly RawParams[];
  /** Step limit (default 100,000), or a budget in oracle calls per run. */
  readonly steps?: number;
  readonly calls?: number;
  /** Gap in payoff units at which a run is done; 0 = run all steps. Default 1e-9 × payoff span. */
  readonly tolerance?: number;
  /** The iterate to certify; the solver's own by default. */
  readonly iterate?: IterateName;
  readonly timeLimitSeconds?: number;
  /** Whom the solver meets, of the catalogue of populations; itself, or whom its method is about, by default. */
  readonly population?: Population;
  /** Also follow each run again with tangent vectors beside it, and label what it does: `RunSolution.dynamics`. */
  readonly dynamics?: boolean;
  /** Metrics to record; all that apply by default, but the gaps of play (ce-gap, cce-gap) mostly only by name: see `play.ts`. */
  readonly metrics?: readonly string[];
  /** Also measure the average iterate where nothing needs it; default true. */
  readonly average?: boolean;
  /** Measure on a log-spaced grid of steps (default), or after every step. */
  readonly checks?: CheckGrid;
  /** An `AbortSignal`, or anything else that can say so. */
  readonly signal?: Pick<AbortSignal, 'aborted'>;
  readonly onProgress?: (progress: Progress) => void;
}

/** Options with their defaults, for one solver and instance. */
export interface Plan {
  readonly steps: number;
  readonly tolerance: number;
  readonly iterate: IterateName;
  /** Name of the gap held against the tolerance. */
  readonly gap: 'regularized-gap' | 'duality-gap' | 'nash-conv' | 'ce-gap' | 'cce-gap';
  /** Gaps of joint distributions that are measured. */
  readonly deviations: MeasuredDeviations;
  readonly average: boolean;
  readonly checks: CheckGrid;
  /** The first step at which a run may be done: 1 for methods that aim at something else, which a start may not replace. */
  readonly firstEnd: 0 | 1;
}

/** Step limit where none is given. */
export const defaultSteps = 100_000;

function positive(name: string, value: number | undefined, integer: boolean): void {
  if (value === undefined) return;
  if (!(value > 0) || !Number.isFinite(value) || (integer && !Number.isInteger(value)))
    throw new NashlabError('bad-option', {
      what: `${name} ${value}`,
      expected: integer ? 'a whole number above 0' : 'a number above 0',
    });
}

/** The gap that counts as none where no tolerance is given, in payoff units. */
export function defaultTolerance(instance: Instance): number {
  return 1e-9 * stepSpan(instance.game);
}

/**
 * Steps that a budget of oracle calls pays for: each step evaluates every role `oracleCallsPerStep` times, after the
 * evaluations of the start.
 * @param extra evaluations per role and step of the population. Throws `bad-option` for a budget below one step.
 */
export function stepsForCalls(
  definition: AnySolver,
  roles: number,
  calls: number,
  params: RawParams = {},
  extra = 0,
): number {
  if (isDirect(definition)) return 1;
  const { oracleCallsAtStart: atStart = 0 } = definition;
  const { stepSize: _, ...rest } = params;
  const parsed = definition.params.safeParse(rest);
  // Parameters that are wrong are refused where they are resolved.
  const perStep = (parsed.success ? callsPerStep(definition, parsed.data) : 1) + extra;
  const steps = Math.floor((calls / roles - atStart) / perStep);
  if (steps >= 1) return steps;
  throw new NashlabError('bad-option', {
    what: `a budget of ${calls} oracle calls for "${definition.name}"`,
    expected: `at least ${roles * (atStart + perStep)}, the cost of its first step`,
  });
}

/** The gap held against the tolerance. */
function gapOf(definition: AnySolver, { game }: Instance, regularised: boolean): Plan['gap'] {
  if (isDirect(definition) && definition.certificate !== undefined) return definition.certificate;
  if (regularised) return 'regularized-gap';
  return isConstantSumOfTwo(game) ? 'duality-gap' : 'nash-conv';
}

/** Checks the options and fills in the defaults. */
export function planSolve(definition: AnySolver, instance: Instance, options: SolveOptions): Plan {
  positive('steps', options.steps, true);
  positive('calls', options.calls, true);
  positive('time limit', options.timeLimitSeconds, false);
  const { tolerance } = options;
  if (tolerance !== undefined && !(tolerance >= 0 && Number.isFinite(tolerance)))
    throw new NashlabError('bad-option', {
      what: `tolerance ${tolerance}`,
      expected: 'a gap ≥ 0 in payoff units (0 = run all steps)',
    });
  const given = Array.isArray(options.params) ? options.params[0] : (options.params as RawParams | undefined);
  const fromCalls =
    options.calls === undefined
      ? undefined
      : stepsForCalls(definition, instance.game.actions.length, options.calls, given, options.population?.callsPerStep);
  const steps = Math.min(options.steps ?? fromCalls ?? defaultSteps, fromCalls ?? Number.POSITIVE_INFINITY);
  const regularised = !ignoresTemperature(definition) && temperatureOf(instance, 0) > 0;
  const iterate = options.iterate ?? ((regularised && definition.regularisedIterate) || definition.iterate);
  return {
    steps,
    tolerance: tolerance ?? defaultTolerance(instance),
    iterate,
    gap: gapOf(definition, instance, regularised),
    deviations: deviationsWanted(definition, instance, options.metrics),
    average: iterate === 'average' || (options.average ?? true),
    checks: options.checks ?? 'log',
    firstEnd: definition.equilibrium === 'none' || options.population?.selfPlay === false ? 1 : 0,
  };
}
