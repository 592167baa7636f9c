import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { type RandomStream, stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import type { IterateSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';
import { normalise, type Payoff, type Policy, preferencePayoff, type Seats, zeroSumPayoff } from './plain.ts';

/** A random game with a random reference and start. */
export interface RandomSetting {
  readonly game: MatrixGame;
  /** Preferences P or row payoffs. */
  readonly rows: readonly Policy[];
  readonly payoff: Payoff;
  readonly span: number;
  readonly tau: number;
  readonly rho: Seats;
  readonly start: Seats;
  readonly draw: RandomStream;
}

const policy = (draw: RandomStream, count: number): number[] =>
  normalise(Array.from({ length: count }, () => Math.exp(1.5 * draw.normal())));

function preferences(draw: RandomStream, n: number): number[][] {
  const rows = Array.from({ length: n }, () => Array.from({ length: n }, () => 0.5));
  const certain = draw.integer(3) === 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      rows[i][j] = certain ? draw.integer(2) : draw.uniform();
      rows[j][i] = 1 - rows[i][j];
    }
  return rows;
}

/** Two games in three are preference games, the others zero-sum; 2 … 8 actions; τ from `coolest` to 3 spans. */
export function randomSetting(name: string, trial: number, coolest = 0.03): RandomSetting {
  const draw = stream(name, trial);
  const n = 2 + draw.integer(7);
  const preference = trial % 3 !== 0;
  const scale = 10 ** (2 * draw.uniform() - 1);
  const width = 2 + draw.integer(7);
  const rows = preference
    ? preferences(draw, n)
    : Array.from({ length: n }, () => Array.from({ length: width }, () => scale * draw.normal()));
  const game = preference ? preferenceGame(rows) : zeroSumGame(rows);
  const span = game.payoffSpan > 0 ? game.payoffSpan : 1;
  return {
    game,
    rows,
    payoff: preference ? preferencePayoff(rows) : zeroSumPayoff(rows),
    span,
    tau: span * coolest * (3 / coolest) ** draw.uniform(),
    rho: game.actions.map((count) => policy(draw, count)),
    start: game.actions.map((count) => policy(draw, count)),
    draw,
  };
}

export const logs = (policies: Seats): Float64Array[] => policies.map((row) => Float64Array.from(row, Math.log));

type Params = Readonly<Record<string, number | string>>;

/** The policies of a solver of the catalogue after some steps; parameters left out are the solver's own. */
export function reached(
  name: string,
  { game, tau, rho, start }: Pick<RandomSetting, 'game' | 'tau' | 'rho' | 'start'>,
  params: Params,
  steps: number,
): number[][] {
  const definition = solvers[name] as SolverDefinition;
  const problem = place({ game, runs: 1, temperature: tau, reference: logs(rho), start: logs(start) });
  const { stepSize, ...rest } = params;
  const solver = definition.make({ ...definition.params.parse(rest), stepSize: stepSize ?? 1 });
  let state = solver.init(problem);
  for (let t = 0; t < steps; t++) state = solver.step(problem, state, t);
  return probabilities(solver.profile(state));
}

/** The same after many steps, by the loop of the library, which holds on to no tensors. */
export async function settled(
  name: string,
  { game, tau, rho, start }: Pick<RandomSetting, 'game' | 'tau' | 'rho' | 'start'>,
  params: Params,
  steps: number,
): Promise<Seats> {
  const setting = { game, runs: 1, temperature: tau, reference: logs(rho), start: logs(start) };
  const options = { params, steps, tolerance: 0, average: false, metrics: [] };
  const { runs } = await solve(cpuBackend(), setting, solvers[name], options);
  return (runs[0].iterates.last as IterateSolution).profile;
}

/** π^(1−w)·ρ^w, per seat. */
export const mixed = (x: Seats, rho: Seats, weight: number): number[][] =>
  x.map((row, seat) => normalise(row.map((p, a) => p ** (1 - weight) * rho[seat][a] ** weight)));

/** BR_τ: ρ·exp(u/τ), normalised, per seat. */
export const response = ({ rho, tau }: Pick<RandomSetting, 'rho' | 'tau'>, u: Seats): number[][] =>
  u.map((row, seat) => {
    const top = Math.max(...row);
    return normalise(row.map((value, a) => rho[seat][a] * Math.exp((value - top) / tau)));
  });

/** KL(p‖q), summed over seats. */
export const divergence = (p: Seats, q: Seats): number =>
  p.reduce(
    (total, row, seat) => total + row.reduce((sum, x, a) => sum + (x > 0 ? x * Math.log(x / q[seat][a]) : 0), 0),
    0,
  );
