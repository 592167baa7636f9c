import { move } from './plain.ts';
import { eta, iterate, steps, type WrittenSolvers } from './written.ts';

export const unregularised: WrittenSolvers = {
  hedge: {
    temperature: 0,
    params: {},
    path: (s) => iterate(s, (x, t) => move(x, 1, s.rho, 0, eta(t), s.payoff(x))),
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
};
