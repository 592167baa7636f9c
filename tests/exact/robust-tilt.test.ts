import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Demands, proofAt, robustTilt } from '../../src/exact/robust-tilt.ts';
import { minimaxOf } from '../../src/exact/zero-sum.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { stream } from '../../src/random/streams.ts';

type Row = Float64Array;
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);

function draw(seed: number, actions: number, groups: number) {
  const { uniform, normal } = stream(seed, 'robust tilt');
  const reference = normalisedLog(Array.from({ length: actions }, normal));
  const columns = Array.from({ length: groups }, () => Float64Array.from({ length: actions }, uniform));
  return { uniform, normal, reference, columns };
}

/** What is maximised, of a policy; −∞ where it misses a demand. */
function worthOf({ reference, temperature, objective, columns, rule }: Demands, log: Row): number {
  const policy = log.map(Math.exp);
  const divergence = policy.reduce((sum, p, a) => (p > 0 ? sum + p * (log[a] - reference[a]) : sum), 0);
  const own = (objective === undefined ? 0 : dot(objective, policy)) - temperature * divergence;
  const met = columns.map((column) => dot(column, policy));
  if (rule === 'worst') return own + Math.min(...met);
  return met.every((value) => value >= 0) ? own : -Infinity;
}

const tilted = ({ reference, temperature }: Demands, scores: ArrayLike<number>): Row =>
  normalisedLog(reference.map((log, a) => log + scores[a] / temperature));

/** The root of a falling function in [0, high], by bisection. */
function root(at: (x: number) => number, high: number): number {
  let [low, top] = [0, high];
  for (let k = 0; k < 200; k++) {
    const middle = (low + top) / 2;
    if (at(middle) > 0) low = middle;
    else top = middle;
  }
  return (low + top) / 2;
}

const shape = [fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer()] as const;
const temperatures = fc.constantFrom(3, 0.3, 0.03, 0.003);

describe('the worst of several demands', () => {
  it('is served best: no policy near the answer, or anywhere, is better than its proof allows', () => {
    fc.assert(
      fc.property(...shape, temperatures, (actions, groups, seed, temperature) => {
        const { normal, reference, columns } = draw(seed, actions, groups);
        const demands: Demands = { reference, temperature, columns, rule: 'worst' };
        const { log, gap, multipliers, met } = robustTilt(demands);
        const worth = worthOf(demands, log);
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThanOrEqual(1e-14 * (1 + 1 / temperature));
        expect(Math.abs(multipliers.reduce((sum, y) => sum + y, 0) - 1)).toBeLessThanOrEqual(1e-12);
        for (const [g, column] of columns.entries())
          expect(Math.abs(met[g] - dot(column, log.map(Math.exp)))).toBeLessThanOrEqual(1e-14);
        for (const spread of [3, 0.1, 1e-3])
          for (let k = 0; k < 10; k++) {
            const other = normalisedLog(log.map((value) => value + spread * normal()));
            expect(worthOf(demands, other)).toBeLessThanOrEqual(worth + gap + 1e-13);
          }
      }),
      { numRuns: 60 },
    );
  });

  it('of two is where one multiplier, found by bisection, makes them equal or stands at its end', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { reference, columns } = draw(seed, 5, 2);
      const demands: Demands = { reference, temperature: 0.2, columns, rule: 'worst' };
      const at = (q: number): Row =>
        tilted(
          demands,
          columns[0].map((c, a) => q * c + (1 - q) * columns[1][a]),
        );
      // The derivative in q of the dual is the first demand minus the second.
      const q = root(
        (x) =>
          dot(
            columns[1].map((c, a) => c - columns[0][a]),
            at(x).map(Math.exp),
          ),
        1,
      );
      const { log, multipliers } = robustTilt(demands);
      expect(Math.abs(multipliers[0] - q)).toBeLessThanOrEqual(1e-9);
      at(q).forEach((value, a) => {
        expect(Math.abs(Math.exp(log[a]) - Math.exp(value))).toBeLessThanOrEqual(1e-9);
      });
    }
  });

  it('does not mind demands that repeat, or that never bind', () => {
    const { reference, columns } = draw(3, 6, 3);
    const plain: Demands = { reference, temperature: 0.1, columns, rule: 'worst' };
    const more = [...columns, columns[0], columns[1].map((value) => value + 5)];
    const [one, two] = [robustTilt(plain), robustTilt({ ...plain, columns: more })];
    one.log.forEach((value, a) => {
      expect(Math.abs(Math.exp(value) - Math.exp(two.log[a]))).toBeLessThanOrEqual(1e-12);
    });
    expect(two.multipliers[4]).toBeLessThanOrEqual(1e-12);
  });

  it('comes to the linear program as the temperature falls, within τ·log n', async () => {
    const { columns } = draw(8, 6, 4);
    const reference = new Float64Array(6).fill(-Math.log(6));
    const values = Float64Array.from({ length: 24 }, (_, k) => columns[k % 4][Math.floor(k / 4)]);
    const { value } = await minimaxOf({ rows: 6, columns: 4, values });
    for (const temperature of [0.1, 0.01, 0.001]) {
      const { met } = robustTilt({ reference, temperature, columns, rule: 'worst' });
      expect(Math.min(...met)).toBeLessThanOrEqual(value + 1e-12);
      expect(Math.min(...met)).toBeGreaterThanOrEqual(value - temperature * Math.log(6));
    }
  });

  it('scales with its demands', () => {
    const { reference, columns } = draw(5, 7, 3);
    const one = robustTilt({ reference, temperature: 0.05, columns, rule: 'worst' });
    for (const scale of [1e-6, 1e6]) {
      const scaledColumns = columns.map((column) => column.map((value) => value * scale));
      const other = robustTilt({ reference, temperature: 0.05 * scale, columns: scaledColumns, rule: 'worst' });
      one.log.forEach((value, a) => {
        expect(Math.abs(Math.exp(value) - Math.exp(other.log[a]))).toBeLessThanOrEqual(1e-11);
      });
      expect(other.gap).toBeLessThanOrEqual(1e-12 * scale);
    }
  });
});

describe('the proof of multipliers', () => {
  it('is the dual value less the policy’s, and how far it misses a demand', () => {
    fc.assert(
      fc.property(...shape, temperatures, (actions, groups, seed, temperature) => {
        const { uniform, reference, columns: raw } = draw(seed, actions, groups);
        const weights = Float64Array.from({ length: groups }, uniform);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const y = weights.map((weight) => weight / total);
        const columns = raw.map((column) => column.map((value) => value - 0.5));
        const scores = reference.map((_, a) => columns.reduce((sum, column, g) => sum + y[g] * column[a], 0));
        const top = scores.reduce((high, value) => Math.max(high, value));
        const sum = scores.reduce((part, s, a) => part + Math.exp(reference[a] + (s - top) / temperature), 0);
        const dual = top + temperature * Math.log(sum);
        const worst: Demands = { reference, temperature, columns, rule: 'worst' };
        const log = tilted(worst, scores);
        const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12);
        close(proofAt(worst, y).gap, dual - worthOf(worst, log));
        const met = columns.map((column) => dot(column, log.map(Math.exp)));
        const { gap, violation } = proofAt({ ...worst, rule: 'each' }, y);
        close(violation, Math.max(0, -Math.min(...met)));
        if (violation === 0) close(gap, dual - worthOf({ ...worst, rule: 'each' }, log));
      }),
      { numRuns: 100 },
    );
  });
});

describe('each of several demands', () => {
  it('is met by the best policy that meets them all: Karush–Kuhn–Tucker, and no random policy is better', () => {
    fc.assert(
      fc.property(...shape, temperatures, (actions, groups, seed, temperature) => {
        const { uniform, normal, reference, columns: raw } = draw(seed, actions, groups);
        const objective = Float64Array.from({ length: actions }, uniform);
        const { met: best } = robustTilt({ reference, temperature: 0.01, columns: raw, rule: 'worst' });
        const level = Math.min(...best) - 0.01;
        const columns = raw.map((column) => column.map((value) => value - level));
        const demands: Demands = { reference, temperature, objective, columns, rule: 'each' };
        const { log, met, multipliers, gap, violation } = robustTilt(demands);
        expect(violation).toBeLessThanOrEqual(1e-13 * (1 + 1 / temperature));
        multipliers.forEach((y, g) => {
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y * Math.abs(met[g])).toBeLessThanOrEqual(1e-13 * (1 + 1 / temperature));
        });
        const scores = objective.map((f, a) => columns.reduce((sum, c, g) => sum + multipliers[g] * c[a], f));
        tilted(demands, scores).forEach((value, a) => {
          expect(Math.abs(Math.exp(value) - Math.exp(log[a]))).toBeLessThanOrEqual(1e-12);
        });
        const loose = { ...demands, columns: columns.map((column) => column.map((value) => value + 1e-9)) };
        for (const spread of [3, 0.1, 1e-3])
          for (let k = 0; k < 10; k++) {
            const other = normalisedLog(log.map((value) => value + spread * normal()));
            expect(worthOf(demands, other)).toBeLessThanOrEqual(worthOf(loose, log) + gap + 1e-12);
          }
      }),
      { numRuns: 60 },
    );
  });

  it('that never binds leaves the optimum of the objective', () => {
    const { uniform, reference } = draw(2, 5, 1);
    const objective = Float64Array.from({ length: 5 }, uniform);
    const columns = [new Float64Array(5).fill(0.3)];
    const demands: Demands = { reference, temperature: 0.2, objective, columns, rule: 'each' };
    const { log, multipliers } = robustTilt(demands);
    expect(multipliers[0]).toBeLessThanOrEqual(1e-12);
    tilted(demands, objective).forEach((value, a) => {
      expect(Math.abs(Math.exp(value) - Math.exp(log[a]))).toBeLessThanOrEqual(1e-12);
    });
  });

  it('that cannot be met is refused, and so are more demands than it is made for', () => {
    const reference = new Float64Array(2).fill(-Math.LN2);
    const hopeless = [Float64Array.of(-1, -2)];
    expect(() => robustTilt({ reference, temperature: 0.1, columns: hopeless, rule: 'each' })).toThrow(
      /serves 1 demands was found only to/,
    );
    const many = Array.from({ length: 401 }, () => Float64Array.of(0, 1));
    expect(() => robustTilt({ reference, temperature: 0.1, columns: many, rule: 'worst' })).toThrow(/401 demands/);
  });
});
