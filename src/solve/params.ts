import type { z } from 'zod';
import { canonicalJson } from '../core/canonical.ts';
import { NashlabError } from '../core/errors.ts';
import { nearestNames } from '../core/names.ts';
import { compileSchedule, type Schedule } from '../core/schedule.ts';
import { checkedSteps } from './check-grid.ts';
import { type Instance, rowsOfRun, stepSpan, temperatureOf } from './problem.ts';
import type { PerRunSchedule } from './row-schedule.ts';
import { type AnySolver, hasStepSize, ignoresTemperature, isDirect, seenBy } from './solver.ts';

/** Solver parameters as users write them, before and after validation. */
export type RawParams = Readonly<Record<string, unknown>>;
export type ResolvedParams = Readonly<Record<string, number | string>>;

/** Names of the parameters a solver takes. */
export function parameterNames(definition: AnySolver): string[] {
  return [...(hasStepSize(definition) ? ['stepSize'] : []), ...Object.keys(definition.params.shape)];
}

function parameterError(definition: AnySolver, issue: z.core.$ZodIssue, raw: RawParams): NashlabError {
  const known = parameterNames(definition);
  if (issue.code === 'unrecognized_keys')
    return new NashlabError('bad-parameter', {
      what: `unknown parameter "${issue.keys[0]}" of solver "${definition.name}"`,
      unknown: issue.keys[0],
      expected: known.length === 0 ? 'no parameters' : `one of ${nearestNames(issue.keys[0], known, 9).join(', ')}`,
    });
  const name = issue.path.join('.');
  const subject = `parameter "${name}" of solver "${definition.name}"`;
  if (issue.code === 'custom') return new NashlabError('bad-parameter', { what: `${subject}: ${issue.message}` });
  return new NashlabError('bad-parameter', {
    what: `${subject}, ${JSON.stringify(raw[name])}`,
    expected: issue.message.replace(/^(Invalid|Too).*?expected /, ''),
  });
}

/** A value of a schedule that no run can go on with. */
interface Fault {
  readonly t: number;
  readonly tau: number;
  readonly value: number;
}

/** The first value that is not a finite number above 0, over all runs and the steps tried. */
function faultOf(given: Schedule, instance: Instance, steps: number): Fault | undefined {
  const schedule = compileSchedule(given);
  const checked = schedule.constant ? [0] : checkedSteps(steps - 1);
  const { actions } = instance.game;
  const fixed = { T: steps, span: stepSpan(instance.game), n: Math.max(...actions) };
  for (let run = 0; run < instance.runs; run++)
    for (const t of checked) {
      const tau = temperatureOf(instance, run);
      const value = schedule.at({ t, tau, ...fixed });
      if (!(value > 0 && Number.isFinite(value))) return { t, tau, value };
    }
  return undefined;
}

/** ` is −1 at step 3`; nothing for a number, which says itself what it is. */
function valueWords(given: Schedule, { value, t }: Fault): string {
  return typeof given === 'number' ? '' : ` is ${value} at step ${t}`;
}

/** What a default step size would need: a temperature, or payoffs whose square is a number. */
function defaultWords(tau: number, { game }: Instance): string {
  const other = 'or an explicit --step-size';
  if (tau > 0) return `payoffs of another scale than a span of ${game.payoffSpan}, ${other}`;
  return `a temperature above 0, ${other}`;
}

function checkStepSize(name: string, stepSize: Schedule, instance: Instance, steps: number, isDefault: boolean): void {
  const fault = faultOf(stepSize, instance, steps);
  if (fault === undefined) return;
  throw new NashlabError('bad-parameter', {
    what: isDefault
      ? `"${name}" has no default step size at temperature ${fault.tau} (${stepSize} is ${fault.value})`
      : `step size ${stepSize}${valueWords(stepSize, fault)}`,
    expected: isDefault ? defaultWords(fault.tau, instance) : 'a finite number above 0',
  });
}

function checkSchedule(name: string, parameter: string, given: Schedule, instance: Instance, steps: number): void {
  const fault = faultOf(given, instance, steps);
  if (fault === undefined) return;
  throw new NashlabError('bad-parameter', {
    what: `parameter "${parameter}" of solver "${name}": ${given}${valueWords(given, fault)}`,
    expected: 'a finite number above 0',
  });
}

/** The step size as a number where it is one for all steps and runs. */
function plain(stepSize: Schedule, instance: Instance, steps: number): Schedule {
  const schedule = compileSchedule(stepSize);
  if (!schedule.constant || typeof instance.temperature !== 'number') return stepSize;
  const { temperature: tau, game } = instance;
  return schedule.at({ t: 0, tau, T: steps, span: stepSpan(game), n: Math.max(...game.actions) });
}

/**
 * Validates a solver's parameters, fills in the defaults, and returns what the run will use.
 * @throws `bad-parameter` or `bad-schedule` naming the parameter and what it may be.
 */
export function resolveParams(
  definition: AnySolver,
  raw: RawParams,
  instance: Instance,
  steps: number,
): ResolvedParams {
  const { stepSize, ...rest } = raw;
  if (!hasStepSize(definition) && stepSize !== undefined)
    throw new NashlabError('bad-parameter', {
      what: `step size ${stepSize} for "${definition.name}"`,
      expected: `no step size: it ${isDirect(definition) ? 'does not iterate' : 'has none'}`,
    });
  const parsed = definition.params.safeParse(rest);
  if (!parsed.success) throw parameterError(definition, parsed.error.issues[0], rest);
  const params = parsed.data as Record<string, number | string>;
  if (isDirect(definition) || definition.defaultStepSize === undefined) return params;
  const seen = { ...instance, game: seenBy(definition, instance, params) };
  if (stepSize !== undefined && typeof stepSize !== 'number' && typeof stepSize !== 'string')
    throw new NashlabError('bad-parameter', {
      what: `step size ${JSON.stringify(stepSize)}`,
      expected: 'a number or an expression of t, tau, T, span, n',
    });
  for (const name of definition.schedules ?? []) checkSchedule(definition.name, name, params[name], seen, steps);
  const schedule: Schedule = stepSize ?? definition.defaultStepSize(params);
  checkStepSize(definition.name, schedule, seen, steps, stepSize === undefined);
  return { stepSize: plain(schedule, seen, steps), ...params };
}

/** The parameters of a batch: what the solver is made with, and what each run resolved to. */
export interface BatchParams {
  /** As a run's own, except that a step size that differs is given per run. */
  readonly shared: Readonly<Record<string, number | string | PerRunSchedule>>;
  readonly perRun: readonly ResolvedParams[];
}

/**
 * Validates the parameters of every run of an instance, given once for all or once per run.
 * @throws `bad-parameter` also where anything but the step size differs between runs.
 */
export function resolveBatchParams(
  definition: AnySolver,
  raw: RawParams | readonly RawParams[],
  instance: Instance,
  steps: number,
): BatchParams {
  const sets = Array.isArray(raw) ? (raw as readonly RawParams[]) : undefined;
  if (sets !== undefined && sets.length !== instance.runs)
    throw new NashlabError('bad-parameter', {
      what: `${sets.length} parameter sets for ${instance.runs} runs`,
      expected: 'one for all, or one per run',
    });
  const known = new Map<string, ResolvedParams>();
  const perRun = Array.from({ length: instance.runs }, (_, run) => {
    const own = sets === undefined ? (raw as RawParams) : sets[run];
    const temperature = temperatureOf(instance, run);
    const key = JSON.stringify([own, temperature]);
    const reference = rowsOfRun(instance.reference, instance.game.actions, run);
    const alone = { ...instance, runs: 1, temperature, reference };
    const found = known.get(key) ?? resolveParams(definition, own, alone, steps);
    known.set(key, found);
    return found;
  });
  const [{ stepSize, ...rest }] = perRun;
  const text = canonicalJson(rest);
  const other = perRun.findIndex(({ stepSize: _own, ...params }) => canonicalJson(params) !== text);
  if (other >= 0)
    throw new NashlabError('bad-parameter', {
      what: `runs 0 and ${other} of a batch have different parameters of "${definition.name}" beside the step size`,
      expected: 'equal ones: only step sizes may differ within a batch',
    });
  if (perRun.every((params) => params.stepSize === stepSize)) return { shared: perRun[0], perRun };
  return { shared: { ...rest, stepSize: { perRun: perRun.map((params) => params.stepSize) } }, perRun };
}

/** Checks that a solver can answer at the instance's temperatures. */
export function checkApplicable(definition: AnySolver, instance: Instance): void {
  for (let run = 0; run < instance.runs; run++) {
    const tau = temperatureOf(instance, run);
    if (ignoresTemperature(definition) && tau !== 0)
      throw new NashlabError('not-applicable', {
        what: `"${definition.name}" solves the unregularised game, but the temperature is ${tau}`,
        expected: 'temperature 0 for this solver, or a regularised solver such as extragradient',
      });
    if (definition.equilibrium === 'none' && !ignoresTemperature(definition) && tau === 0)
      throw new NashlabError('not-applicable', {
        what: `"${definition.name}" at temperature 0`,
        expected: `a temperature above 0: it approaches ${definition.target ?? 'a regularised policy'}`,
      });
  }
}
