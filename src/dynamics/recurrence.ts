import { trendOf } from './trend.ts';
import { risesOf, type Turn, turnsOf } from './turns.ts';

/** Where a run was, at times of its second half. */
export interface Trajectory {
  readonly times: readonly number[];
  /** Log-probabilities of all roles, one after the other, at each time. */
  readonly points: readonly Float64Array[];
}

/**
 * `fixed-point`: it comes to rest or draws nearer with every turn; `cycle`: it returns to where it was, after equal times;
 * `outward`: its turns grow, or come nearer to the boundary; `irregular`: it turns, but does not return.
 */
export type RecurrenceKind = 'fixed-point' | 'cycle' | 'outward' | 'irregular' | 'undecided';

export interface Recurrence {
  readonly kind: RecurrenceKind;
  /** Time of a return, of a cycle. */
  readonly period?: number;
  /** Half of the widest range of a probability. */
  readonly amplitude: number;
  /** Turns that were seen. */
  readonly turns: number;
}

/** A range of a probability that counts as none. */
const rest = 1e-9;
/** Fewer points say nothing. */
const fewest = 8;
/** Ranges of the second half over the first at which a run that does not turn comes to rest: 1/√t has 0.60, log t 0.71. */
const slowing = 0.7;
/** An action that rises faster than this at the end, in nats per quarter of the time, has not come to rest. */
const rising = 0.1;
/** How near a return must be, as a share of the range, beside the square of the share that one point is from the next. */
const near = 0.02;
/** Points further apart than this share of the range do not show a turn. */
const coarsest = 1 / 3;
/** Crossings that one period may have. */
const crossingsAtMost = 8;

interface Widest {
  readonly coordinate: number;
  readonly range: number;
  readonly middle: number;
}

/** The probability with the widest range. */
function widest(points: readonly Float64Array[]): Widest {
  let found: Widest = { coordinate: 0, range: 0, middle: 0 };
  for (let coordinate = 0; coordinate < points[0].length; coordinate++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const point of points) {
      low = Math.min(low, point[coordinate]);
      high = Math.max(high, point[coordinate]);
    }
    const range = Math.exp(high) - Math.exp(low);
    if (range > found.range) found = { coordinate, range, middle: (Math.exp(high) + Math.exp(low)) / 2 };
  }
  return found;
}

/** Largest rise of a log-probability over the last quarter: an action that is about to be played. */
function lateRise({ times, points }: Trajectory): number {
  const last = times.length - 1;
  const due = times[last] - (times[last] - times[0]) / 4;
  const before = points[times.findIndex((time) => time >= due)];
  return points[last].reduce((most, value, i) => Math.max(most, value - before[i] || 0), 0);
}

/** A run that hardly turns: at rest, slowing down, or nothing that can be said. */
function straight(trajectory: Trajectory, range: number): RecurrenceKind {
  if (lateRise(trajectory) > rising) return 'undecided';
  if (range <= rest) return 'fixed-point';
  const { times, points } = trajectory;
  const half = times.findIndex((time) => time >= (times[0] + times[times.length - 1]) / 2);
  const [first, second] = [points.slice(0, half + 1), points.slice(half)].map((part) => widest(part).range);
  return second <= slowing * first ? 'fixed-point' : 'undecided';
}

const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

/** The period, if the rises return, so many of them later, to where they were. */
function periodOf(turns: readonly Turn[], range: number): number | undefined {
  const coarse = turns.reduce((most, { stride }) => Math.max(most, stride), 0) / range;
  if (coarse > coarsest) return undefined;
  const allowed = near + coarse ** 2 / 2;
  const last = turns[turns.length - 1];
  const rises = [...turns.map(({ from, start }) => ({ time: from, at: start })), { time: last.to, at: last.end }];
  for (let m = 1; m <= Math.min(crossingsAtMost, Math.floor(turns.length / 2)); m++) {
    const count = Math.floor(turns.length / m) * m;
    const period = ((rises[count].time - rises[0].time) * m) / count;
    const returns = rises.slice(m).every(({ time, at }, k) => {
      const late = Math.abs(time - rises[k].time - period) / period;
      return late <= allowed && apart(at, rises[k].at) <= allowed * range;
    });
    if (returns) return period;
  }
  return undefined;
}

/**
 * Decides from a trajectory whether a run comes to rest, returns, or moves outward. Turns are counted where the probability
 * of widest range rises through the middle of that range; the policies there are compared with one another, to 2 % of the
 * range, and drifts of the turns' width and depth (the least log-probability in a turn) are told from scatter.
 * @param fewestTurns below which nothing is said about turns.
 */
export function recurrence(trajectory: Trajectory, fewestTurns = 3): Recurrence {
  const { times, points } = trajectory;
  if (times.length < fewest) return { kind: 'undecided', amplitude: 0, turns: 0 };
  const { coordinate, range, middle } = widest(points);
  const turns = range > rest ? turnsOf(trajectory, coordinate, middle) : [];
  const found = { amplitude: range / 2, turns: turns.length };
  if (turns.length < fewestTurns) return { kind: straight(trajectory, range), ...found };
  const width = trendOf(turns.map((turn) => turn.range));
  const depth = trendOf(turns.map((turn) => -turn.depth));
  if (width === 'up' || (width === 'none' && depth === 'up')) return { kind: 'outward', ...found };
  if (width === 'down') return { kind: 'fixed-point', ...found };
  // The first turns may still be drawn to a cycle.
  const period = periodOf(turns, range) ?? periodOf(turns.slice(Math.floor(turns.length / 3)), range);
  return period === undefined ? { kind: 'irregular', ...found } : { kind: 'cycle', period, ...found };
}

/** How exactly the iterates of a cycle of whole steps return, as a share of the range. */
const exactly = 1e-6;

/**
 * The least number of steps after which every one of the last iterates returns, at least twice.
 * @param points after consecutive steps.
 */
export function wholePeriod(points: readonly Float64Array[]): number | undefined {
  if (points.length < fewest) return undefined;
  const { range } = widest(points);
  const last = points.length - 1;
  const returns = (period: number): boolean => {
    for (let k = last; k > last - 2 * period; k--)
      if (points[k].some((v, i) => Math.abs(Math.exp(v) - Math.exp(points[k - period][i])) > exactly * range))
        return false;
    return true;
  };
  for (let period = 2; 3 * period <= last; period++) if (range > rest && returns(period)) return period;
  return undefined;
}

/** How much nearer to the boundary, in logarithms of probabilities, a run must come to move outward. */
const deeper = 1.2;

function deepest(points: readonly Float64Array[], coordinates: readonly number[]): number {
  return points.reduce((least, point) => coordinates.reduce((low, i) => Math.min(low, point[i]), least), 0);
}

/**
 * Whether a run that is not at rest after a time has turned before, and has come nearer to the boundary than ever: what
 * goes from corner to corner and stays longer at each does not turn often enough for more.
 */
export function movesOutward(whole: Trajectory, from: number): boolean {
  const { points, times } = whole;
  const { middle } = widest(points);
  const turned = [...points[0].keys()].filter((coordinate) => risesOf(whole, coordinate, middle).length > 1);
  const before = points.filter((_, k) => times[k] < from);
  return turned.length > 0 && deepest(points, turned) <= deeper * deepest(before, turned);
}
