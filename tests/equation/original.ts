import { gradient, move, type Policy, type Seats } from './plain.ts';
import { eta, iterate, type Setting, steps, tau, type WrittenSolvers } from './written.ts';

/** Weight of the magnet in all of them, falling so that a step taken at the wrong time is seen. */
const alpha = (t: number): number => 0.4 / (t + 1);
const magnetTemperature = '0.4/(t+1)';

/** The proximal step towards a magnet, centred on x, against the payoffs u. */
const pulled = (x: Seats, magnet: Seats, t: number, u: readonly Policy[]): Seats => {
  const scale = 1 / (1 + eta(t) * alpha(t));
  return move(x, scale, magnet, eta(t) * alpha(t) * scale, eta(t) * scale, u);
};

/** a^{1−w}·b^w, normalised. */
const between = (a: Seats, b: Seats, w: number): Seats => move(a, 1 - w, b, w, 0, a);

/** Steps towards magnets that depend on all policies so far. */
const chased = (s: Setting, magnetOf: (path: readonly Seats[], t: number) => Seats): Seats[] => {
  const path: Seats[] = [s.start];
  for (let t = 0; t < steps; t++) path.push(pulled(path[t], magnetOf(path, t), t, s.payoff(path[t])));
  return path;
};

/** The reference, and then every policy so far at rate 0.3, the policy of this step not among them. */
const following = (first: Seats, path: readonly Seats[], t: number): Seats =>
  path.slice(0, t).reduce((magnet, x) => between(magnet, x, 0.3), first);

/** Momentum on F: the plain policies first, then a^{1+α}·b^{−α} of the last two. */
const carried = (s: Setting, momentum: number, next: (x: Seats, t: number) => Seats): Seats[] => {
  const plain = [s.start];
  const path = [s.start];
  for (let t = 0; t < steps; t++) {
    plain.push(next(path[t], t));
    path.push(move(plain[t + 1], 1 + momentum, plain[t], -momentum, 0, plain[t]));
  }
  return path;
};

const hedged = (s: Setting) => (x: Seats, t: number) => move(x, 1, x, 0, eta(t), s.payoff(x));

export const original: WrittenSolvers = {
  mpo: {
    temperature: 0,
    params: { magnetTemperature, period: 2 },
    path: (s) => chased(s, (path, t) => path[t - (t % 2)]),
  },
  'moving-magnet': {
    temperature: 0,
    params: { magnetTemperature, rate: 0.3 },
    path: (s) => chased(s, (path, t) => following(s.rho, path, t)),
  },
  'mmd-annealed': {
    temperature: 0,
    params: { magnetTemperature },
    path: (s) => chased(s, () => s.rho),
  },
  comal: {
    temperature: 0,
    params: { magnetTemperature, innerSteps: 2 },
    path: (s) =>
      iterate(s, (magnet, t) => {
        const ahead = (x: Seats): Seats => pulled(x, magnet, t, s.payoff(pulled(x, magnet, t, s.payoff(x))));
        return ahead(ahead(magnet));
      }),
  },
  'nash-prox': {
    temperature: tau,
    params: { magnetTemperature, rate: 0.3 },
    path: (s) => {
      const path: Seats[] = [s.start];
      for (let t = 0; t < steps; t++) {
        const target = following(s.start, path, t);
        const u = s.payoff(path[t]);
        const advantages = path[t].map((row, seat) =>
          row.map((p, a) => u[seat][a] - tau * Math.log(p / s.rho[seat][a]) - alpha(t) * Math.log(p / target[seat][a])),
        );
        path.push(gradient(path[t], path[t], advantages, eta(t)));
      }
      return path;
    },
  },
  apo: {
    temperature: 0,
    params: { momentum: 0.4 },
    path: (s) => carried(s, 0.4, hedged(s)),
  },
  'apo (negative momentum)': {
    temperature: 0,
    params: { momentum: -0.4 },
    path: (s) => carried(s, -0.4, hedged(s)),
  },
  'apo-regularised': {
    temperature: tau,
    params: { base: 'mirror-descent', momentum: 0.4 },
    path: (s) => carried(s, 0.4, (x, t) => move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(x))),
  },
  'apo-regularised (on mirror prox)': {
    temperature: tau,
    params: { base: 'mirror-prox', momentum: 0.4 },
    path: (s) =>
      carried(s, 0.4, (x, t) => {
        const scale = 1 / (1 + eta(t) * tau);
        const half = move(x, scale, s.rho, eta(t) * tau * scale, eta(t) * scale, s.payoff(x));
        return move(x, scale, s.rho, eta(t) * tau * scale, eta(t) * scale, s.payoff(half));
      }),
  },
};
