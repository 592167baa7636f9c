import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mathjs } from '../../src/core/mathjs.ts';
import type { RegulariserWeights } from '../../src/solve/regularised-response.ts';
import { type Regulariser, regulariser } from '../../src/solve/regulariser.ts';

/** A best response to find: payoffs of span 1 or so, a reference, a temperature and weights over four orders each. */
interface Task {
  readonly u: Float64Array;
  readonly rho: Float64Array;
  readonly tau: number;
  readonly weights: RegulariserWeights;
}

const decades = (from: number, to: number): fc.Arbitrary<number> =>
  fc.double({ min: from, max: to, noNaN: true }).map((exponent) => 10 ** exponent);
const weight = fc.oneof(fc.constant(0), decades(-2, 2));

function policyOf(logits: readonly number[]): Float64Array {
  const top = Math.max(...logits);
  const total = top + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - top), 0));
  return Float64Array.from(logits, (value) => value - total);
}

const row = (length: number, size: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: length, maxLength: length });

function tasks(weights: fc.Arbitrary<RegulariserWeights>): fc.Arbitrary<Task> {
  return fc.integer({ min: 2, max: 8 }).chain((n) =>
    fc.record({
      u: row(n, 0.5).map((values) => Float64Array.from(values)),
      rho: row(n, 3).map(policyOf),
      tau: decades(-3, 1),
      weights,
    }),
  );
}

const mixtures = fc
  .record({ reverse: weight, forward: weight, chiSquared: weight })
  .filter(({ reverse, forward, chiSquared }) => reverse + forward + chiSquared > 0);
const alone = (part: keyof RegulariserWeights, size = 1): RegulariserWeights => ({
  reverse: 0,
  forward: 0,
  chiSquared: 0,
  [part]: size,
});

const probabilities = (log: Float64Array): number[] => Array.from(log, Math.exp);

/** ⟨π, u⟩ − τR from the definitions, and R alone. */
function written({ u, rho, tau, weights }: Task, log: Float64Array): { readonly r: number; readonly value: number } {
  const { reverse, forward, chiSquared } = weights;
  let [r, value] = [0, 0];
  log.forEach((entry, a) => {
    const [p, q] = [Math.exp(entry), Math.exp(rho[a])];
    if (reverse > 0 && p > 0) r += reverse * p * (entry - rho[a]);
    if (forward > 0) r += forward * q * (rho[a] - entry);
    r += (chiSquared * (p - q) ** 2) / q;
    value += p * u[a];
  });
  return { r, value: value - tau * r };
}

/** The multiplier λ at which decreasing weights sum to 1. */
function multiplier(sum: (lambda: number) => number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let k = 0; k < 200; k++) {
    const middle = (below + above) / 2;
    if (sum(middle) > 1) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

describe('the best response in a game regularised by R', () => {
  it('satisfies the KKT conditions: one multiplier for all actions played, less at the others', () =>
    fc.assert(
      fc.property(tasks(mixtures), (task) => {
        const { u, rho, tau, weights } = task;
        const r = regulariser(weights);
        const { log, slack } = r.bestResponse(u, rho, tau);
        const policy = probabilities(log);
        expect(policy.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
        const slope = r.gradient(log, rho);
        const marginal = u.map((value, a) => value - tau * (log[a] === -Infinity ? -2 * weights.chiSquared : slope[a]));
        const played = policy.reduce((top, p, a) => (p > policy[top] ? a : top), 0);
        // What R itself is worth, whose rounding the marginals carry.
        const scale = 1 + tau * (10 * weights.reverse + weights.forward + weights.chiSquared);
        for (let a = 0; a < u.length; a++) {
          expect(slack[a]).toBeGreaterThanOrEqual(0);
          if (log[a] > -Infinity) expect(slack[a]).toBe(0);
          expect(Math.abs(marginal[a] + slack[a] - marginal[played])).toBeLessThanOrEqual(1e-11 * scale);
        }
      }),
      { numRuns: 400 },
    ));

  it('is the softmax for reverse KL, τρ/(λ − u) for forward KL and ρ·max(0, 1 + (u − λ)/(2τ)) for χ²', () =>
    fc.assert(
      fc.property(tasks(fc.constant(alone('reverse'))), ({ u, rho, tau }) => {
        const q = probabilities(rho);
        const top = Math.max(...u);
        const closed: Record<keyof RegulariserWeights, (lambda: number) => number[]> = {
          reverse: (lambda) => q.map((p, a) => p * Math.exp((u[a] - lambda) / tau)),
          forward: (lambda) => q.map((p, a) => (tau * p) / (lambda - u[a])),
          chiSquared: (lambda) => q.map((p, a) => p * Math.max(0, 1 + (u[a] - lambda) / (2 * tau))),
        };
        for (const part of ['reverse', 'forward', 'chiSquared'] as const) {
          const sum = (lambda: number): number => closed[part](lambda).reduce((total, p) => total + p, 0);
          const low = part === 'forward' ? top : top - 10 * tau - 1;
          const expected = closed[part](multiplier(sum, low, top + 2 * tau));
          const found = probabilities(regulariser(alone(part)).bestResponse(u, rho, tau).log);
          const total = expected.reduce((s, p) => s + p, 0);
          found.forEach((p, a) => {
            expect(Math.abs(p - expected[a] / total)).toBeLessThanOrEqual(1e-15 * (10 + 10 / tau));
          });
        }
      }),
    ));

  it('is exact to the rounding of the payoffs, beside 64 digits of Newton’s method', () => {
    const many = mathjs.create(mathjs.all, { number: 'BigNumber', precision: 64 });
    const big = (value: number) => many.bignumber(value);
    type Big = ReturnType<typeof big>;
    const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.add(value), big(0));
    fc.assert(
      fc.property(tasks(mixtures), ({ u, rho, tau, weights }) => {
        const { log } = regulariser(weights).bestResponse(u, rho, tau);
        const played = [...log.keys()].filter((a) => log[a] > -Infinity);
        const total = sum(Array.from(rho, (value) => big(value).exp()));
        const q = played.map((a) => big(rho[a]).exp().div(total));
        let x = played.map((a, k) => big(log[a]).exp().div(q[k]));
        const marginal = (value: Big, a: number): Big =>
          value
            .ln()
            .mul(weights.reverse)
            .add(big(1).sub(big(1).div(value)).mul(weights.forward))
            .add(value.sub(1).mul(2 * weights.chiSquared))
            .mul(-tau)
            .add(u[a]);
        const curvature = (value: Big): Big =>
          big(weights.reverse)
            .div(value)
            .add(big(weights.forward).div(value.mul(value)))
            .add(2 * weights.chiSquared);
        let condition = 0;
        for (let k = 0; k < 5; k++) {
          const reach = x.map((value) => big(1).div(curvature(value).mul(tau)));
          const g = x.map((value, i) => marginal(value, played[i]));
          const reached = sum(x.map((value, i) => q[i].mul(value.add(reach[i].mul(g[i])))));
          const all = sum(reach.map((value, i) => q[i].mul(value)));
          const lambda = reached.sub(1).div(all);
          x = x.map((value, i) => value.add(reach[i].mul(g[i].sub(lambda))));
          condition = all.toNumber();
        }
        // A payoff that is off by ε moves the best response by ε·Σ ρ/(τf″).
        const error = played.reduce((far, a, i) => far + Math.abs(Math.exp(log[a]) - q[i].mul(x[i]).toNumber()), 0);
        expect(error).toBeLessThanOrEqual(4 * Number.EPSILON * (1 + condition));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('keeps its head where the reference or the temperature is extreme', () => {
    const rho = policyOf([-900, 0, -30, -1]);
    const u = Float64Array.of(1, 0.5, 0.25, 0);
    for (const weights of [
      alone('reverse'),
      alone('forward'),
      alone('chiSquared'),
      { reverse: 1, forward: 1, chiSquared: 1 },
    ])
      for (const tau of [1e-9, 1e-4, 1, 1e6]) {
        const { log, slack } = regulariser(weights).bestResponse(u, rho, tau);
        expect(probabilities(log).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        expect(slack.every((value) => value >= 0)).toBe(true);
      }
    // A ratio π/ρ of e^±900 is beyond doubles; the parts without weight do not see it.
    expect(regulariser(alone('reverse')).gradient(policyOf([0, -900]), policyOf([-900, 0]))).toEqual(
      Float64Array.of(900, -900),
    );
    const equal = regulariser({ reverse: 1, forward: 2, chiSquared: 3 }).bestResponse(new Float64Array(4), rho, 0.1);
    equal.log.forEach((value, a) => {
      expect(value).toBeCloseTo(rho[a], 12);
    });
  });
});

describe('R', () => {
  const policies = fc
    .integer({ min: 2, max: 6 })
    .chain((n) => fc.record({ pi: row(n, 2).map(policyOf), rho: row(n, 2).map(policyOf), weights: mixtures }));

  it('is what its definition says, ≥ 0, with the gradient it says', () =>
    fc.assert(
      fc.property(policies, ({ pi, rho, weights }) => {
        const r = regulariser(weights);
        const own = { u: new Float64Array(pi.length), rho, tau: 1, weights };
        const size = weights.reverse + weights.forward + weights.chiSquared;
        expect(r.value(pi, rho)).toBeGreaterThanOrEqual(0);
        expect(r.value(rho, rho)).toBe(0);
        expect(Math.abs(r.value(pi, rho) - written(own, pi).r)).toBeLessThanOrEqual(
          1e-13 * size * Math.exp(-Math.min(...rho)),
        );
        // Mass h from the second action to the first, there and back.
        const slope = r.gradient(pi, rho);
        const h = 1e-5 * Math.exp(Math.min(pi[0], pi[1]));
        const moved = (by: number): Float64Array =>
          pi.map((log, a) => (a > 1 ? log : log + Math.log1p((a === 0 ? by : -by) * Math.exp(-log))));
        const measured = (r.value(moved(h), rho) - r.value(moved(-h), rho)) / (2 * h);
        const sizes = size * (1 + Math.abs(slope[0]) + Math.abs(slope[1])) * Math.exp(-Math.min(...rho, ...pi));
        expect(Math.abs(measured - (slope[0] - slope[1]))).toBeLessThanOrEqual(1e-6 * sizes);
      }),
    ));

  it('is named by its parts', () => {
    expect(regulariser(alone('forward')).name).toBe('forward KL');
    expect(regulariser({ reverse: 1, forward: 0.25, chiSquared: 2 }).name).toBe('reverse KL + 0.25·forward KL + 2·χ²');
  });
});

describe('the gap of a policy', () => {
  const gapOf = (r: Regulariser, { u, rho, tau }: Task, log: Float64Array): number => r.gap(log, u, rho, tau);

  it('is what the best response gains, computed as two values', () =>
    fc.assert(
      fc.property(tasks(mixtures), row(8, 2), (task, logits) => {
        const r = regulariser(task.weights);
        const pi = policyOf(logits.slice(0, task.u.length));
        const { log } = r.bestResponse(task.u, task.rho, task.tau);
        const gain = written(task, log).value - written(task, pi).value;
        const rounding = 1e-12 * (1 + Math.abs(written(task, pi).value));
        expect(gapOf(r, task, pi)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(gapOf(r, task, pi) - gain)).toBeLessThanOrEqual(rounding);
        // No other policy gains more.
        for (const other of [pi, task.rho])
          expect(written(task, other).value).toBeLessThanOrEqual(written(task, log).value + rounding);
      }),
    ));

  it('keeps its digits where the two values no longer differ: quadratic in the distance, down to 1e-20', () => {
    const task: Task = {
      u: Float64Array.of(0.9, 0.4, 0.1),
      rho: policyOf([0, 0.5, -0.3]),
      tau: 0.2,
      weights: { reverse: 0.5, forward: 1, chiSquared: 0.7 },
    };
    const r = regulariser(task.weights);
    const { log } = r.bestResponse(task.u, task.rho, task.tau);
    const [p, q] = [log.map(Math.exp), task.rho.map(Math.exp)];
    for (const h of [1e-3, 1e-6, 1e-10]) {
      const away = log.map((value, a) => (a === 2 ? value : value + Math.log1p(((a === 0 ? 1 : -1) * h) / p[a])));
      const { reverse, forward, chiSquared } = task.weights;
      const curvature = [0, 1].map((a) => reverse / p[a] + (forward * q[a]) / p[a] ** 2 + (2 * chiSquared) / q[a]);
      const expected = (task.tau * h * h * (curvature[0] + curvature[1])) / 2;
      expect(Math.abs(gapOf(r, task, away) / expected - 1)).toBeLessThanOrEqual(Math.max(10 * h, 1e-4));
    }
    expect(gapOf(r, task, log)).toBeLessThanOrEqual(1e-31);
  });

  it('counts what is spent on actions that χ² leaves out', () => {
    const r = regulariser(alone('chiSquared'));
    const u = Float64Array.of(1, 0);
    const rho = policyOf([0, 0]);
    const { log, slack } = r.bestResponse(u, rho, 0.1);
    expect([...log]).toEqual([0, -Infinity]);
    // λ = u₁ − 2τ(x₁ − 1) = 0.8 and the marginal of the second action at 0 is 2τ = 0.2.
    expect(slack[1]).toBeCloseTo(0.6, 15);
    expect(r.gap(policyOf([Math.log(0.99), Math.log(0.01)]), u, rho, 0.1)).toBeCloseTo(
      0.1 * 4 * 0.01 ** 2 + 0.6 * 0.01,
      15,
    );
  });
});
