/** A small independent simulation, so that the fixtures hold curves as real solvers draw them. */

export type Policy = readonly number[];
export type Payoffs = (policies: readonly Policy[]) => number[][];

export interface Method {
  readonly name: string;
  readonly temperature: number;
  /** Oracle calls per step. */
  readonly calls: number;
  readonly step: (t: number) => number;
}

const dot = (a: Policy, b: Policy) => a.reduce((total, value, i) => total + value * b[i], 0);

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - top));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

/** (1 + x)·log(1 + x) − x, without cancellation near 0. */
function excess(x: number): number {
  return Math.abs(x) < 1e-4 ? x * x * (0.5 - x / 6) : (1 + x) * Math.log1p(x) - x;
}

export function kl(p: Policy, q: Policy): number {
  return Math.max(
    0,
    p.reduce((total, value, i) => total + (value > 0 ? q[i] * excess((value - q[i]) / q[i]) : q[i]), 0),
  );
}

/** Payoffs of a preference game (one role) or a zero-sum game (two roles). */
export function matrixPayoffs(matrix: readonly Policy[], symmetric: boolean): Payoffs {
  const columns = matrix[0].map((_, j) => matrix.map((row) => row[j]));
  if (symmetric) return ([policy]) => [matrix.map((row) => dot(row, policy))];
  return ([row, column]) => [matrix.map((r) => dot(r, column)), columns.map((c) => -dot(c, row))];
}

export function dualityGap(payoffs: Payoffs, policies: readonly Policy[]): number {
  const gains = payoffs(policies).map((u, role) => Math.max(...u) - dot(u, policies[role]));
  return (
    Math.max(
      0,
      gains.reduce((a, b) => a + b, 0),
    ) * (policies.length === 1 ? 2 : 1)
  );
}

/** Against a uniform reference. */
export function regularizedGap(payoffs: Payoffs, policies: readonly Policy[], temperature: number): number {
  const terms = payoffs(policies).map(
    (u, role) => temperature * kl(policies[role], softmax(u.map((v) => v / temperature))),
  );
  return terms.reduce((a, b) => a + b, 0) * (policies.length === 1 ? 2 : 1);
}

function update(logits: readonly number[], centre: number, gain: number, u: readonly number[]): number[] {
  const moved = logits.map((logit, i) => centre * logit + gain * u[i]);
  const top = Math.max(...moved);
  return moved.map((value) => value - top);
}

/** Policies of every step: one evaluation per step, or two with a look-ahead. */
export function* iterates(payoffs: Payoffs, method: Method, start: readonly Policy[]): Generator<Policy[]> {
  let logits = start.map((policy) => policy.map(Math.log));
  for (let t = 0; ; t++) {
    const policies = logits.map(softmax);
    yield policies;
    const eta = method.step(t);
    const centre = 1 - eta * method.temperature;
    const ahead =
      method.calls === 1 ? policies : payoffs(policies).map((u, role) => softmax(update(logits[role], centre, eta, u)));
    logits = payoffs(ahead).map((u, role) => update(logits[role], centre, eta, u));
  }
}
