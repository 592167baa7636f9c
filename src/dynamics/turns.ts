import type { Trajectory } from './recurrence.ts';

/** From one rise of a probability through a level to the next. */
export interface Turn {
  /** Time of the rise, and the probabilities there, both interpolated. */
  readonly from: number;
  readonly start: Float64Array;
  /** The same of the next rise. */
  readonly to: number;
  readonly end: Float64Array;
  /** Widest range of a probability on the way. */
  readonly range: number;
  /** Least log-probability on the way, of the actions that take part. */
  readonly depth: number;
  /** Largest change of a probability between two points. */
  readonly stride: number;
}

/** Share of the widest range at which an action takes part in a turn. */
const taking = 0.1;

/** Where a probability rises through a level. */
export interface Rise {
  /** Index of the first point above. */
  readonly above: number;
  /** Interpolated between that point and the one before: weight of the point above, and the time. */
  readonly share: number;
  readonly time: number;
}

export function risesOf({ times, points }: Trajectory, coordinate: number, level: number): Rise[] {
  const bar = Math.log(level);
  const rises: Rise[] = [];
  for (let above = 1; above < times.length; above++) {
    const [before, after] = [points[above - 1][coordinate], points[above][coordinate]];
    if (!(before < bar && after >= bar)) continue;
    const share = (level - Math.exp(before)) / (Math.exp(after) - Math.exp(before));
    rises.push({ above, share, time: times[above - 1] + share * (times[above] - times[above - 1]) });
  }
  return rises;
}

/** The whole turns of a trajectory, in order. @param level of the probability `coordinate`. */
export function turnsOf(trajectory: Trajectory, coordinate: number, level: number): Turn[] {
  const rises = risesOf(trajectory, coordinate, level);
  const probabilitiesAt = ({ above, share }: Rise): Float64Array => {
    const [before, after] = [trajectory.points[above - 1], trajectory.points[above]];
    return before.map((value, i) => (1 - share) * Math.exp(value) + share * Math.exp(after[i]));
  };
  const at = rises.map(probabilitiesAt);
  return rises.slice(0, -1).map(({ above, time }, k): Turn => {
    const next = rises[k + 1];
    const points = trajectory.points.slice(above - 1, next.above + 1);
    const lows: number[] = [];
    const ranges: number[] = [];
    let stride = 0;
    for (let i = 0; i < points[0].length; i++) {
      let [low, high] = [0, Number.NEGATIVE_INFINITY];
      for (const [j, point] of points.entries()) {
        low = Math.min(low, point[i]);
        high = Math.max(high, point[i]);
        if (j > 0) stride = Math.max(stride, Math.abs(Math.exp(point[i]) - Math.exp(points[j - 1][i])));
      }
      lows.push(low);
      ranges.push(Math.exp(high) - Math.exp(low));
    }
    const range = ranges.reduce((most, value) => Math.max(most, value), 0);
    // An action that nobody plays any more sinks without a turn.
    const depth = lows.reduce((least, low, i) => (ranges[i] > taking * range ? Math.min(least, low) : least), 0);
    return { from: time, start: at[k], to: next.time, end: at[k + 1], range, depth, stride };
  });
}
