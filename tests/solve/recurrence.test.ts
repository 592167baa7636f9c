import { describe, expect, it } from 'vitest';
import { recurrence, type Trajectory, wholePeriod } from '../../src/dynamics/recurrence.ts';
import { trendOf } from '../../src/dynamics/trend.ts';
import { stream } from '../../src/random/streams.ts';

const log = (policy: readonly number[]): Float64Array => Float64Array.from(policy, Math.log);

/** A trajectory about (1/3, 1/3, 1/3), at `count` times from `from` on. */
function about(radius: (t: number) => number, angle: (t: number) => number, count = 2000, every = 1, from = 1000) {
  const times = Array.from({ length: count }, (_, k) => from + every * k);
  const points = times.map((t) =>
    log([0, 1, 2].map((a) => 1 / 3 + radius(t) * Math.cos(angle(t) + (2 * Math.PI * a) / 3))),
  );
  return { times, points } satisfies Trajectory;
}

const turning = (period: number) => (t: number) => (2 * Math.PI * t) / period;

describe('what a trajectory does', () => {
  it.each([17.3, 132, 400.5])('a circle of period %d is a cycle of that period and half the range', (period) => {
    const found = recurrence(about(() => 0.2, turning(period)));
    expect(found.kind).toBe('cycle');
    expect(Math.abs((found.period ?? 0) / period - 1)).toBeLessThan(2e-3);
    expect(found.amplitude).toBeCloseTo(0.2, 2);
  });

  it('two turns of different width make one period', () => {
    const radius = (t: number): number => (Math.floor(t / 100) % 2 === 0 ? 0.2 : 0.15);
    const found = recurrence(about(radius, turning(100)));
    expect(found).toMatchObject({ kind: 'cycle' });
    expect(found.period).toBeCloseTo(200, 0);
  });

  it.each([
    ['a spiral inward', (t: number) => 0.2 * Math.exp(-t / 20_000), 'fixed-point'],
    ['a spiral inward as 1/√t', (t: number) => 5 / Math.sqrt(t), 'fixed-point'],
    ['a spiral outward', (t: number) => 0.1 * Math.exp(t / 20_000), 'outward'],
    ['a spiral that settles on a circle', (t: number) => 0.2 - 0.02 * Math.exp((1000 - t) / 150), 'cycle'],
  ] as const)('%s', (_, radius, kind) => {
    expect(recurrence(about(radius, turning(150))).kind).toBe(kind);
  });

  it('turns that stay at the boundary and come nearer to it move outward', () => {
    const times = Array.from({ length: 4000 }, (_, k) => 4000 + k);
    const points = times.map((t) => {
      const logits = [0, 1, 2].map((a) => Math.sqrt(t) * Math.cos(t / 60 + (2 * Math.PI * a) / 3));
      const top = Math.max(...logits);
      const total = logits.reduce((sum, v) => sum + Math.exp(v - top), 0);
      return Float64Array.from(logits, (v) => v - top - Math.log(total));
    });
    expect(recurrence({ times, points }).kind).toBe('outward');
  });

  it('slowing down is coming to rest; a steady drift, or an action that is on its way, is not', () => {
    const drift = (x: (t: number) => number): Trajectory => {
      const times = Array.from({ length: 500 }, (_, k) => 500 + k);
      return { times, points: times.map((t) => log([0.5 + x(t), 0.5 - x(t)])) };
    };
    expect(recurrence(drift(() => 0.1)).kind).toBe('fixed-point');
    expect(recurrence(drift((t) => 1 / Math.sqrt(t))).kind).toBe('fixed-point');
    expect(recurrence(drift((t) => 0.0004 * t)).kind).toBe('undecided');
    const times = Array.from({ length: 500 }, (_, k) => 500 + k);
    const waiting = times.map((t) => Float64Array.from([-1e-20, 0.1 * t - 200]));
    expect(recurrence({ times, points: waiting }).kind).toBe('undecided');
  });

  it('turns at random times are irregular', () => {
    const draw = stream('irregular');
    let [phase, speed] = [0, 0.05];
    const angles = Array.from({ length: 3001 }, () => {
      speed = 0.9 * speed + 0.1 * (0.05 + 0.15 * draw.uniform());
      phase += speed * (0.3 + 1.4 * draw.uniform());
      return phase;
    });
    const width = Array.from({ length: 40 }, () => 0.05 + 0.2 * draw.uniform());
    const found = recurrence(
      about(
        (t) => width[Math.floor(angles[t - 1000] / (2 * Math.PI)) % 40],
        (t) => angles[t - 1000],
      ),
    );
    expect(found.kind).toBe('irregular');
  });

  it('a cycle of whole steps is found where points lie too far apart to show a turn', () => {
    const corners = [log([0.9, 0.05, 0.05]), log([0.05, 0.05, 0.9]), log([0.05, 0.9, 0.05])];
    const points = Array.from({ length: 40 }, (_, k) => corners[k % 3]);
    expect(wholePeriod(points)).toBe(3);
    expect(wholePeriod(points.map((point, k) => (k === 38 ? corners[0] : point)))).toBeUndefined();
    const aliased = { times: points.map((_, k) => 1.2 * k), points: points.map((_, k) => corners[(7 * k) % 3]) };
    expect(recurrence({ ...aliased, points: aliased.times.map((t) => corners[Math.floor(t) % 3]) }).kind).toBe(
      'irregular',
    );
  });
});

describe('a trend', () => {
  const noisy = (slope: number) => {
    const draw = stream('trend', slope);
    return Array.from({ length: 60 }, (_, k) => 1 + slope * k + 0.05 * draw.normal());
  };
  it('is told from scatter', () => {
    expect(trendOf(noisy(0.005))).toBe('up');
    expect(trendOf(noisy(-0.005))).toBe('down');
    for (let k = 0; k < 200; k++) {
      const draw = stream('scatter', k);
      expect(trendOf(Array.from({ length: 12 + (k % 50) }, () => 1 + 0.05 * draw.normal()))).toBe('none');
    }
  });
  it('that is about to end is none', () => {
    expect(trendOf([1.1, 1.01, 1.001])).toBe('none');
    expect(trendOf([1, 0.5, 0.25])).toBe('down');
    expect(trendOf([1, 1.01, 1.02])).toBe('up');
  });
});
