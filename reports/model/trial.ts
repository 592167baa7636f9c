import type { GuaranteeRecord, StoredRun } from '../../experiments/stored.ts';
import type { GameFacts } from './game.ts';
import { boundOf, columnOf } from './gap.ts';
import { exponentOf, factorOf, type RateKind, rateKind, type StepValue } from './rate.ts';
import { roundingFloorOf } from './rounding.ts';

/** A measured value beside the bound of the theorem at the same step. */
export interface Held {
  readonly step: number;
  readonly measured: number;
  readonly bound: number;
}

/** One run held against its theorem. */
export interface Trial {
  readonly run: StoredRun;
  readonly guarantee: GuaranteeRecord;
  /** Every record with a bound; none outside the premises. */
  readonly held: readonly Held[];
  /** Measured values at or below this are rounding. */
  readonly floor: number;
}

/** The recorded curve and bound; of a method that answers at once, the answer. */
function heldOf(run: StoredRun, { iterate, metric, bound, measured }: GuaranteeRecord): Held[] {
  const bounds = boundOf(run);
  const values = columnOf(run, iterate, metric);
  if (bounds !== undefined && values !== undefined)
    return run.history.step.map((step, k) => ({ step, measured: values[k], bound: bounds[k] }));
  return bound === undefined || measured === undefined ? [] : [{ step: run.result.steps, measured, bound }];
}

export function trialOf(run: StoredRun, guarantee: GuaranteeRecord, game: GameFacts): Trial {
  return { run, guarantee, held: heldOf(run, guarantee), floor: roundingFloorOf(run, game, guarantee.metric) };
}

/**
 * The records at which a theorem promises something that can be measured: above the rounding, and after the start, where
 * most bounds are the start itself, unless the start breaks its bound.
 */
export function telling({ held, floor }: Trial): Held[] {
  const alone = held.length === 1;
  return held.filter(
    (record) => (alone || record.step > 0 || ratioOf(record) > 1 + 1e-9) && record.measured > floor && record.bound > 0,
  );
}

export function ratioOf({ measured, bound }: Held): number {
  return measured / bound;
}

/** The ratio at every step but the first record; 0 where the measured value is rounding. */
export function ratioCurve(trial: Trial): (readonly [step: number, ratio: number])[] {
  const told = new Set(telling(trial));
  const alone = trial.held.length === 1;
  return trial.held
    .filter(({ step }) => alone || step > 0)
    .map((held) => [held.step, told.has(held) ? ratioOf(held) : 0]);
}

/** How fast a run was, beside how fast its bound falls. */
export interface Rate {
  readonly observed: number;
  readonly declared: number;
}

/** The law of the bound of a run, from all its records after the start. */
export function lawOf({ held }: Trial): RateKind | undefined {
  return rateKind(curve(held, 'bound').filter(({ value }) => value > Number.MIN_VALUE));
}

function curve(held: readonly Held[], of: 'measured' | 'bound'): StepValue[] {
  return held.filter(({ step }) => step > 0).map((record) => ({ step: record.step, value: record[of] }));
}

/** Both rates, fitted alike to the records before the measured value first reaches the rounding floor. */
export function rateOf({ held, floor }: Trial, kind: 'factor' | 'exponent'): Rate | undefined {
  const end = held.findIndex(({ step, measured, bound }) => step > 0 && !(measured > floor && bound > 0));
  const above = end < 0 ? held : held.slice(0, end);
  const slope = kind === 'factor' ? factorOf : exponentOf;
  const rate = { observed: slope(curve(above, 'measured')), declared: slope(curve(above, 'bound')) };
  return Number.isFinite(rate.observed) && Number.isFinite(rate.declared) ? rate : undefined;
}
