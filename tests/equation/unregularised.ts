import { move, normalise, type Policy, preferencePayoff, type Seats } from './plain.ts';
import { eta, iterate, type Setting, steps, tau, type WrittenSolvers } from './written.ts';

const mean = (policies: readonly Seats[]): Seats =>
  policies[0].map((row, seat) => row.map((_, a) => policies.reduce((sum, x) => sum + x[seat][a], 0) / policies.length));

const inner = (x: Policy, y: Policy): number => x.reduce((sum, p, a) => sum + p * y[a], 0);

/** Where a decreasing function is 0. */
function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let k = 0; k < 200; k++) {
    const middle = (from + to) / 2;
    if (f(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** π⁺ with δ + c·e^δ = g, δ = log(π⁺/π), where c normalises it: the stationary point of E_π[(δ − g)²] on the simplex. */
function leastSquares(policy: Policy, g: Policy): number[] {
  const ratio = (c: number): number[] => g.map((goal) => rootOf((d) => goal - d - c * Math.exp(d), -50, 50));
  const weights = (c: number): number[] => ratio(c).map((d, a) => policy[a] * Math.exp(d));
  return weights(rootOf((c) => weights(c).reduce((sum, w) => sum + w, 0) - 1, 0, 50));
}

/** Payoffs of the score game: logits of the preferences, clipped. */
const scoresOf = ({ game }: Setting, clip: number): number[][] => {
  const [{ rows, values }] = game.matrices;
  const score = (p: number): number => Math.log(p) - Math.log(1 - p);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (__, j) => score(Math.max(clip, Math.min(1 - clip, values[i * rows + j])))),
  );
};

const againstQueue = (k: number) => (s: Setting) => {
  const path: Seats[] = [s.start];
  for (let t = 0; t < steps; t++) path.push(move(path[t], 1, s.rho, 0, eta(t), s.payoff(mean(path.slice(-k)))));
  return path;
};

/** One classical Runge–Kutta step of d log π/dt = u − τ·log(π/ρ). */
function rungeKutta({ payoff, rho }: Setting, x: Seats, h: number, temperature: number): Seats {
  const slope = (at: Seats): number[][] =>
    payoff(at).map((row, seat) => row.map((u, a) => u - temperature * Math.log(at[seat][a] / rho[seat][a])));
  const moved = (k: Seats, by: number): Seats => move(x, 1, rho, 0, by, k);
  const [a, b] = [slope(x), slope(moved(slope(x), h / 2))];
  const c = slope(moved(b, h / 2));
  const d = slope(moved(c, h));
  const sum = a.map((row, seat) => row.map((k, i) => (k + 2 * b[seat][i] + 2 * c[seat][i] + d[seat][i]) / 6));
  return moved(sum, h);
}

export const unregularised: WrittenSolvers = {
  hedge: {
    temperature: 0,
    params: {},
    path: (s) => iterate(s, (x, t) => move(x, 1, s.rho, 0, eta(t), s.payoff(x))),
  },
  spo: { temperature: 0, params: { queue: 1 }, path: againstQueue(1) },
  'spo (a queue of three)': { temperature: 0, params: { queue: 3 }, path: againstQueue(3) },
  sppo: {
    temperature: 0,
    params: { surrogate: 'exact' },
    path: (s) => iterate(s, (x, t) => move(x, 1, s.rho, 0, eta(t), s.payoff(x))),
  },
  'sppo (least squares)': {
    temperature: 0,
    params: { surrogate: 'least-squares' },
    tolerance: 1e-14,
    path: (s) =>
      iterate(s, (x, t) => {
        const u = s.payoff(x);
        return x.map((row, seat) =>
          leastSquares(
            row,
            u[seat].map((value) => eta(t) * (value - inner(row, u[seat]))),
          ),
        );
      }),
  },
  gpo: {
    temperature: 0,
    params: { clip: 0.05 },
    preferencesOnly: true,
    path: (s) => iterate(s, (x, t) => move(x, 1, s.rho, 0, eta(t), preferencePayoff(scoresOf(s, 0.05))(x))),
  },
  optimistic: {
    temperature: 0,
    params: {},
    path: (s) => {
      let seen = s.payoff(s.start);
      let auxiliary = s.start;
      const path = [move(auxiliary, 1, s.rho, 0, eta(0), seen)];
      for (let t = 0; t < steps; t++) {
        seen = s.payoff(path[t]);
        auxiliary = move(auxiliary, 1, s.rho, 0, eta(t), seen);
        path.push(move(auxiliary, 1, s.rho, 0, eta(t), seen));
      }
      return path;
    },
  },
  'regret-matching-plus': {
    temperature: 0,
    params: {},
    path: (s) => {
      let regrets: Seats = s.start.map((row) => row.map(() => 0));
      return iterate(s, (x) => {
        const u = s.payoff(x);
        regrets = regrets.map((row, seat) =>
          row.map((regret, a) => Math.max(0, regret + u[seat][a] - inner(x[seat], u[seat]))),
        );
        return regrets.map((row, seat) => (row.some((regret) => regret > 0) ? normalise(row) : s.start[seat]));
      });
    },
  },
  replicator: { temperature: 0, params: {}, path: (s) => iterate(s, (x, t) => rungeKutta(s, x, eta(t), 0)) },
  'replicator (regularised)': {
    temperature: tau,
    params: {},
    path: (s) => iterate(s, (x, t) => rungeKutta(s, x, eta(t), tau)),
  },
  'fictitious-play': {
    temperature: 0,
    params: {},
    path: (s) =>
      iterate(s, (x, t) => {
        const u = s.payoff(x);
        return x.map((row, seat) => {
          const best = Math.max(...u[seat]);
          const ties = u[seat].filter((value) => value === best).length;
          return row.map((p, a) => p + eta(t) * ((u[seat][a] === best ? 1 / ties : 0) - p));
        });
      }),
  },
};
