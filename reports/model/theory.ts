import type { GuaranteeRecord, LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { knownSolver } from '../../solvers/catalogue.ts';
import { type CurvePoint, summarise } from './curve.ts';
import { type GameFacts, gameReader } from './game.ts';
import { floorOf } from './gap.ts';
import { groupedBy } from './groups.ts';
import { type GuaranteeCount, reasonCounts } from './guarantee.ts';
import { type ReportHead, reportHead } from './head.ts';
import type { RateKind } from './rate.ts';
import { type Series, seriesOf } from './series.ts';
import { type Spread, spreadOf } from './spread.ts';
import { lawOf, rateOf, ratioCurve, ratioOf, type Trial, telling, trialOf } from './trial.ts';

/** The record that came closest to its bound, or went furthest above it. */
export interface Tightest {
  readonly run: StoredRun;
  readonly step: number;
  /** Measured value over bound; above 1 only in a violation. */
  readonly ratio: number;
}

/** How fast the runs at one temperature were, and how fast their bound falls. */
export interface RateSummary {
  readonly temperature: number;
  /** Absent where too little was recorded above the rounding. */
  readonly kind?: RateKind;
  readonly observed?: Spread;
  readonly declared?: Spread;
}

/** Measured values and bounds over the steps at one temperature, over all runs. */
export interface TheoryCurves {
  readonly temperature: number;
  readonly runs: number;
  readonly measured: readonly CurvePoint[];
  readonly bound: readonly CurvePoint[];
  /** Where the logarithmic axis ends. */
  readonly floor: number;
}

/** What a theorem says: runs that share it are one trial. */
export type Theorem = Pick<GuaranteeRecord, 'statement' | 'source' | 'iterate' | 'metric'>;

export interface TheoryRow {
  readonly series: Series;
  /** Absent where no theorem is stated. */
  readonly theorem?: Theorem;
  readonly games: number;
  readonly runs: number;
  readonly counts: Readonly<Record<GuaranteeRecord['status'], number>>;
  /** Why runs were outside the premises or not measured, most frequent first. */
  readonly reasons: readonly GuaranteeCount[];
  readonly tightest?: Tightest;
  /** What the catalogue says of the method, `linear`; absent for one it does not know. */
  readonly declaredRate?: string;
  readonly rates: readonly RateSummary[];
  readonly curves: readonly TheoryCurves[];
  /** Measured value over bound against steps, over all runs; 0 where a run is at the rounding, until all are. */
  readonly ratios: readonly CurvePoint[];
}

/** Everything the theory report shows, as plain data. */
export interface TheoryModel extends ReportHead {
  readonly rows: readonly TheoryRow[];
}

/** Over the runs that were still going: a bound falls on where a stopped run keeps its value. */
function overRuns(
  trials: readonly Trial[],
  of: (trial: Trial) => readonly (readonly [number, number])[],
): CurvePoint[] {
  const traces = trials.map((trial) => {
    const points = of(trial);
    return { at: points.map(([step]) => step), values: points.map(([, value]) => value), broken: true };
  });
  return summarise(traces).points;
}

function tightestOf(trials: readonly Trial[]): Tightest | undefined {
  return trials
    .flatMap((trial) => telling(trial).map((held) => ({ run: trial.run, step: held.step, ratio: ratioOf(held) })))
    .reduce<Tightest | undefined>(
      (best, one) => (best === undefined || one.ratio > best.ratio ? one : best),
      undefined,
    );
}

function rateSummary(trials: readonly Trial[]): RateSummary {
  const { temperature } = trials[0].run.cell;
  const longest = trials.reduce((a, b) => (b.held.length > a.held.length ? b : a));
  const kind = lawOf(longest);
  if (kind === undefined) return { temperature };
  if (kind === 'flat' || kind === 'levelling') return { temperature, kind };
  const rates = trials.flatMap((trial) => rateOf(trial, kind) ?? []);
  const observed = spreadOf(rates.map((rate) => rate.observed));
  const declared = spreadOf(rates.map((rate) => rate.declared));
  return observed === undefined || declared === undefined ? { temperature } : { temperature, kind, observed, declared };
}

function curvesOf(trials: readonly Trial[], gameOf: (run: StoredRun) => GameFacts): TheoryCurves {
  const [{ run, guarantee }] = trials;
  return {
    temperature: run.cell.temperature,
    runs: trials.length,
    measured: overRuns(trials, ({ held }) => held.map(({ step, measured }) => [step, measured])),
    bound: overRuns(trials, ({ held }) => held.map(({ step, bound }) => [step, bound])),
    floor: trials.reduce((low, trial) => Math.min(low, floorOf(gameOf(trial.run), guarantee.metric)), Infinity),
  };
}

function theoryRow(series: Series, runs: readonly StoredRun[], gameOf: (run: StoredRun) => GameFacts): TheoryRow {
  const records = runs.flatMap(({ guarantee }) => guarantee ?? []);
  const count = (status: GuaranteeRecord['status']): number =>
    records.filter((record) => record.status === status).length;
  const trials = runs.flatMap((run) => {
    const trial = run.guarantee === undefined ? undefined : trialOf(run, run.guarantee, gameOf(run));
    return trial === undefined || trial.held.length === 0 ? [] : [trial];
  });
  const atTemperature = groupedBy(trials, ({ run }) => run.cell.temperature);
  const tightest = tightestOf(trials);
  const solver = knownSolver(runs[0].cell.solver.name);
  const ratios = overRuns(trials, ratioCurve);
  return {
    series,
    ...(records.length === 0 ? {} : { theorem: records[0] }),
    games: new Set(runs.map(({ cell }) => cell.game.hash)).size,
    runs: runs.length,
    counts: {
      within: count('within'),
      outside: count('outside'),
      violated: count('violated'),
      unmeasured: count('unmeasured'),
    },
    reasons: reasonCounts(records.filter(({ status }) => status === 'outside' || status === 'unmeasured')),
    ...(tightest === undefined ? {} : { tightest }),
    ...(solver === undefined ? {} : { declaredRate: solver.rate }),
    rates: atTemperature.map(rateSummary),
    curves: atTemperature.map((group) => curvesOf(group, gameOf)),
    ratios: ratios.slice(0, ratios.findLastIndex(({ high }) => high > 0) + 1),
  };
}

/** Each theorem of each series on trial. Throws `bad-run` when there is nothing to report on or a game is missing. */
export function theoryModel(experiments: readonly LoadedExperiment[]): TheoryModel {
  const head = reportHead(experiments);
  const series = seriesOf(head.runs);
  const gameOf = gameReader(experiments);
  const key = (run: StoredRun): string => {
    const { statement, source, iterate, metric } = run.guarantee ?? {};
    return JSON.stringify([series.of(run).slot, statement, source, iterate, metric]);
  };
  const groups = groupedBy(head.runs, key).sort((a, b) => series.of(a[0]).slot - series.of(b[0]).slot);
  return { ...head, rows: groups.map((runs) => theoryRow(series.of(runs[0]), runs, gameOf)) };
}
