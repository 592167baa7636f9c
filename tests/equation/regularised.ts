import { gradient, move, normalise, type Seats } from './plain.ts';
import { eta, iterate, type Setting, steps, tau, type WrittenSolvers } from './written.ts';

/** u − τ·log(π/ρ), per seat. */
const advantages = ({ rho }: Setting, x: Seats, u: Seats): number[][] =>
  x.map((row, seat) => row.map((p, a) => u[seat][a] - tau * Math.log(p / rho[seat][a])));

/** Regularised self-play with R = r·KL(π‖ρ) + w·KL(ρ‖π) + c·χ²: π·exp(η(u − τ∇R(π))), normalised, per seat. */
const selfPlayWith = (r: number, w: number, c: number): WrittenSolvers[string] => ({
  temperature: tau,
  params: { reverse: r, forward: w, chiSquared: c },
  path: (s) =>
    iterate(s, (x, t) => {
      const u = s.payoff(x);
      const slope = (p: number, rho: number): number =>
        r * Math.log(p / rho) - (w * rho) / p + (2 * c * (p - rho)) / rho;
      return x.map((row, seat) =>
        normalise(row.map((p, a) => p * Math.exp(eta(t) * (u[seat][a] - tau * slope(p, s.rho[seat][a]))))),
      );
    }),
});

export const regularised: WrittenSolvers = {
  'mirror-descent': {
    temperature: tau,
    params: { form: 'explicit' },
    path: (s) => iterate(s, (x, t) => move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(x))),
  },
  // Among populations: tests/equation/mnpo.test.ts.
  mnpo: {
    temperature: tau,
    params: { centre: 'population', opponents: 'population' },
    path: (s) => iterate(s, (x, t) => move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(x))),
  },
  'mirror-descent (proximal)': {
    temperature: tau,
    params: { form: 'proximal' },
    path: (s) =>
      iterate(s, (x, t) => {
        const scale = 1 / (1 + eta(t) * tau);
        return move(x, scale, s.rho, eta(t) * tau * scale, eta(t) * scale, s.payoff(x));
      }),
  },
  'nash-md': {
    temperature: tau,
    params: {},
    path: (s) =>
      iterate(s, (x, t) => {
        const mixture = move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, 0, s.payoff(x));
        return move(mixture, 1, s.rho, 0, eta(t), s.payoff(mixture));
      }),
  },
  'online-ipo-2': {
    temperature: tau,
    params: {},
    path: (s) => iterate(s, (x, t) => gradient(x, x, advantages(s, x, s.payoff(x)), eta(t))),
  },
  'nash-md-pg': {
    temperature: tau,
    params: { mixture: 0.3 },
    path: (s) =>
      iterate(s, (x, t) => {
        const met = move(x, 0.7, s.rho, 0.3, 0, x);
        return gradient(x, x, advantages(s, x, s.payoff(met)), eta(t));
      }),
  },
  'ipo-md': {
    temperature: tau,
    params: { mixture: 0.3 },
    path: (s) =>
      iterate(s, (x, t) => {
        const met = move(x, 0.7, s.rho, 0.3, 0, x);
        return gradient(x, met, advantages(s, x, s.payoff(met)), eta(t));
      }),
  },
  'nash-ema': {
    temperature: tau,
    params: { memory: 0.6 },
    path: (s) => {
      const path: Seats[] = [s.start];
      for (let t = 0; t < steps; t++) {
        // The weights of the past written out: 0.4·0.6^k for k steps ago, 0.6^t for the start.
        const past = path.map((_, k) => (k === 0 ? 1 : 0.4) * 0.6 ** (t - k));
        const mean = s.start.map((row, seat) =>
          normalise(row.map((_, a) => path.reduce((weight, x, k) => weight * x[seat][a] ** past[k], 1))),
        );
        path.push(move(path[t], 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(mean)));
      }
      return path;
    },
  },
  extragradient: {
    temperature: tau,
    params: {},
    path: (s) =>
      iterate(s, (x, t) => {
        const half = move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(x));
        return move(x, 1 - eta(t) * tau, s.rho, eta(t) * tau, eta(t), s.payoff(half));
      }),
  },
  'mirror-prox': {
    temperature: tau,
    params: {},
    path: (s) =>
      iterate(s, (x, t) => {
        const scale = 1 / (1 + eta(t) * tau);
        const half = move(x, scale, s.rho, eta(t) * tau * scale, eta(t) * scale, s.payoff(x));
        return move(x, scale, s.rho, eta(t) * tau * scale, eta(t) * scale, s.payoff(half));
      }),
  },
  rspo: selfPlayWith(1, 0, 0),
  'rspo (forward)': selfPlayWith(0, 1, 0),
  'rspo (chi-squared)': selfPlayWith(0, 0, 1),
  'rspo (mixture)': selfPlayWith(0.5, 0.8, 0.3),
};
