import { copyInto } from '../numerics/copy.ts';
import type { Reading, Readings } from './measure.ts';
import { rowsOfRun } from './problem.ts';
import type { MeasuredIterate } from './recorder.ts';

/** An iterate at one record or, one below the other, at several. */
export interface Page {
  /** Per role, `[B, A_role]`; B rows a record, here and below. */
  readonly log: readonly Float64Array[];
  /** Best-response gains per role, `[B]`. */
  readonly gains: readonly Float64Array[];
  /** The gap held against the tolerance, `[B]`. */
  readonly gaps: Float64Array;
}

/** Where a record lies: the row of run 0. */
export interface Place {
  readonly page: Page;
  readonly first: number;
}

/** Checks that are being entered, from the record `from` on. */
export interface Entering {
  readonly from: number;
  readonly last: Page;
  /** Where the average is measured. */
  readonly average: Page | undefined;
}

/**
 * The iterates themselves, of which curves keep only numbers: those of the checks that are being entered, of the last check
 * before, which is at hand when the present one turns out worse or not finite, and the best of each run.
 */
export interface Pages {
  /** Shows checks, from a record on, until `keep`. */
  enter(from: number, readings: Readings): Entering;
  /** Where an iterate lies that was entered just now or kept last. */
  placeOf(iterate: MeasuredIterate, record: number): Place;
  /** Keeps the iterates at a record, in place of those kept before. */
  keep(record: number): void;
  /** Keeps a run's iterate at a record as its best, before its page is written over. */
  keepBest(run: number, record: number): void;
  /** Where a run's iterate at a record lies, if that is its best. */
  bestAt(run: number, record: number): Place;
}

function blank(actions: readonly number[], runs: number): Page {
  return {
    log: actions.map((count) => new Float64Array(runs * count)),
    gains: actions.map(() => new Float64Array(runs)),
    gaps: new Float64Array(runs),
  };
}

/** @param gapColumn index of the gap that is held against the tolerance. @param withAverage whether that is measured. */
export function pages(actions: readonly number[], runs: number, gapColumn: number, withAverage: boolean): Pages {
  const last = blank(actions, runs);
  const average = withAverage ? blank(actions, runs) : undefined;
  const best = blank(actions, runs);
  const bestRecord = new Int32Array(runs).fill(-1);
  let entering: Entering | undefined;
  const pageOf = ({ log, gains, values }: Reading): Page => ({ log, gains, gaps: values[gapColumn] });

  const placeOf = (iterate: MeasuredIterate, record: number): Place => {
    if (entering === undefined || record < entering.from) return { page: { last, average }[iterate] as Page, first: 0 };
    return { page: entering[iterate] as Page, first: (record - entering.from) * runs };
  };
  const keepOne = (kept: Page, { page, first }: Place): void => {
    copyInto(kept.gaps, page.gaps, 0, first, runs);
    for (let role = 0; role < actions.length; role++) {
      const count = actions[role];
      copyInto(kept.log[role], page.log[role], 0, first * count, runs * count);
      copyInto(kept.gains[role], page.gains[role], 0, first, runs);
    }
  };

  return {
    enter(from, readings) {
      entering = { from, last: pageOf(readings.last), average: readings.average && pageOf(readings.average) };
      return entering;
    },
    placeOf,
    keep(record) {
      keepOne(last, placeOf('last', record));
      if (average !== undefined) keepOne(average, placeOf('average', record));
      entering = undefined;
    },
    keepBest(run, record) {
      if (bestRecord[run] === record) return;
      const { page, first } = placeOf('last', record);
      rowsOfRun(page.log, actions, first + run).forEach((row, role) => {
        best.log[role].set(row, run * actions[role]);
        best.gains[role][run] = page.gains[role][first + run];
      });
      bestRecord[run] = record;
    },
    bestAt: (run, record) => (bestRecord[run] === record ? { page: best, first: 0 } : placeOf('last', record)),
  };
}
