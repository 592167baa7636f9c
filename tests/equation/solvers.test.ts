import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';
import { move, type Payoff, preferencePayoff, type Seats, zeroSumPayoff } from './plain.ts';

/** Memory of the longest solver is one past payoff vector; two steps more than that tell every history apart. */
const steps = 4;
const tau = 0.3;
const eta = (t: number): number => 0.7 / (t + 2);
const schedule = '0.7/(t+2)';

interface Setting {
  readonly name: string;
  readonly game: MatrixGame;
  readonly payoff: Payoff;
  readonly rho: Seats;
  readonly start: Seats;
}

const p = [
  [0.5, 0.25, 1, 0.6],
  [0.75, 0.5, 0.45, 0.1],
  [0, 0.55, 0.5, 0.8],
  [0.4, 0.9, 0.2, 0.5],
];
const a = [
  [1, -2, 0.5],
  [-1, 3, 0],
];
const settings: readonly Setting[] = [
  {
    name: 'a preference game of four actions',
    game: preferenceGame(p),
    payoff: preferencePayoff(p),
    rho: [[0.1, 0.2, 0.3, 0.4]],
    start: [[0.4, 0.1, 0.25, 0.25]],
  },
  {
    name: 'a 2 × 3 zero-sum game',
    game: zeroSumGame(a),
    payoff: zeroSumPayoff(a),
    rho: [
      [0.3, 0.7],
      [0.2, 0.5, 0.3],
    ],
    start: [
      [0.6, 0.4],
      [0.1, 0.1, 0.8],
    ],
  },
];

/** Every solver of the catalogue, written out: the policies after each of the first steps. */
type Written = (setting: Setting) => Seats[];

const iterate = (setting: Setting, next: (x: Seats, t: number) => Seats): Seats[] => {
  const path = [setting.start];
  for (let t = 0; t < steps; t++) path.push(next(path[t], t));
  return path;
};

const written: Readonly<
  Record<string, { readonly temperature: number; readonly params: object; readonly path: Written }>
> = {
  hedge: {
    temperature: 0,
    params: {},
    path: (s) => iterate(s, (x, t) => move(x, 1, s.rho, 0, eta(t), s.payoff(x))),
  },
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

describe('every solver is the algorithm it says', () => {
  it('each iterative solver of the catalogue is written out here', () => {
    const iterative = Object.values(solvers).filter((solver) => !isDirect(solver));
    expect(iterative.map(({ name }) => name).filter((name) => !(name in written))).toEqual([]);
  });

  for (const setting of settings)
    it.each(Object.entries(written))(
      `%s follows its equations for ${steps} steps on ${setting.name}`,
      (name, entry) => {
        const definition = solvers[name.split(' ')[0]] as SolverDefinition;
        const log = (policies: Seats): Float64Array[] => policies.map((row) => Float64Array.from(row, Math.log));
        const problem = place({
          game: setting.game,
          runs: 1,
          temperature: entry.temperature,
          reference: log(setting.rho),
          start: log(setting.start),
        });
        const solver = definition.make({ stepSize: schedule, ...entry.params });
        let state = solver.init(problem);
        entry.path(setting).forEach((expected, t) => {
          if (t > 0) state = solver.step(problem, state, t - 1);
          probabilities(solver.profile(state)).forEach((policy, role) => {
            policy.forEach((value, action) => {
              expect(Math.abs(value - expected[role][action])).toBeLessThanOrEqual(2e-15);
            });
          });
        });
      },
    );
});
