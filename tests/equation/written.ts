import { annotatorsGame } from '../../games/players/annotators.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { type Payoff, type Policy, preferencePayoff, type Seats, zeroSumPayoff } from './plain.ts';

/** Steps written out: two more than the longest memory, which tells every history apart. */
export const steps = 4;
export const tau = 0.3;
export const eta = (t: number): number => 0.7 / (t + 2);
export const schedule = '0.7/(t+2)';

export interface Setting {
  readonly name: string;
  readonly game: MatrixGame;
  readonly payoff: Payoff;
  readonly rho: Seats;
  readonly start: Seats;
  /** P_g of each group, in a game of groups. */
  readonly groups?: readonly (readonly Policy[])[];
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
export const settings: readonly Setting[] = [
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

const second = [
  [0.5, 0.8, 0.3, 0.2],
  [0.2, 0.5, 0.7, 0.6],
  [0.7, 0.3, 0.5, 0.1],
  [0.8, 0.4, 0.9, 0.5],
];

/** For what is defined for groups of annotators only. */
export const groupSetting: Setting = {
  name: 'a population of two groups',
  game: annotatorsGame([preferenceGame(p), preferenceGame(second)], [0.7, 0.3]),
  payoff: preferencePayoff(p.map((row, i) => row.map((entry, j) => 0.7 * entry + 0.3 * second[i][j]))),
  rho: [[0.1, 0.2, 0.3, 0.4]],
  start: [[0.4, 0.1, 0.25, 0.25]],
  groups: [p, second],
};

/** A solver written out: the policies after each of the first steps. */
export type Written = (setting: Setting) => Seats[];

export const iterate = (setting: Setting, next: (x: Seats, t: number) => Seats): Seats[] => {
  const path = [setting.start];
  for (let t = 0; t < steps; t++) path.push(next(path[t], t));
  return path;
};

/** Solvers of the catalogue, written out; what follows the name in brackets tells variants apart. */
export type WrittenSolvers = Readonly<
  Record<
    string,
    {
      readonly temperature: number;
      readonly params: object;
      readonly path: Written;
      /** Only preference games, for what is not defined elsewhere. */
      readonly preferencesOnly?: boolean;
      /** Only games of groups. */
      readonly groupsOnly?: boolean;
      /** Allowed distance of a probability; rounding by default. */
      readonly tolerance?: number;
    }
  >
>;
