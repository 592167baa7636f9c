import { move } from './plain.ts';
import { eta, iterate, tau, type WrittenSolvers } from './written.ts';

export const regularised: WrittenSolvers = {
  'mirror-descent': {
    temperature: tau,
    params: { form: 'explicit' },
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
};
