import { NashlabError } from '../core/errors.ts';
import { quantalResponse } from '../exact/quantal-response.ts';
import { type Game, isMatrixGame, isMonotone, type MatrixGame } from './game.ts';
import { problemFacts, roundingFloor } from './guarantee.ts';
import {
  type HostProfile,
  type Instance,
  roleTemperatureOf,
  rowsOfRun,
  temperatureFactors,
  temperatureOf,
} from './problem.ts';
import type { Regulariser } from './regulariser.ts';
import { rememberedPerGame, rowKey } from './remembered.ts';

/** The regularised equilibrium of every run, or why it is not known. */
export type KnownEquilibrium = { readonly profile: HostProfile } | { readonly unknown: string };

/** Dense Newton steps cost O(A³): above this many actions the equilibrium is not computed alongside a solve. */
export const equilibriumLimit = 400;
/** Multiply-adds of a Newton step's payoffs above which it is not either: about what the step itself costs at most. */
const derivativeLimit = equilibriumLimit ** 3;

/** One draw of a stacked game, as a game of its own. */
export function drawOf(game: MatrixGame, draw: number): MatrixGame;
export function drawOf(game: Game, draw: number): Game;
export function drawOf(game: Game, draw: number): Game {
  if (game.draws === 1 || !isMatrixGame(game)) return game;
  const matrices = game.matrices.map(({ rows, columns, values }) => ({
    rows,
    columns,
    values: values.subarray(draw * rows * columns, (draw + 1) * rows * columns),
  }));
  const alone: MatrixGame = { ...game, draws: 1, matrices };
  return alone;
}

/** Equilibria found so far: runs that differ in solver, step size or start share theirs. */
const equilibria = rememberedPerGame<HostProfile>();

/** What rounding leaves of the regularised gap at an equilibrium that was found: below it no theorem is judged either. */
function unavoidableGap(instance: Instance, run: number): number {
  const facts = problemFacts(instance, run, 0);
  const ofSeats = instance.game.actions.map((_, role) => {
    const temperature = roleTemperatureOf(instance, run, role);
    return temperature * roundingFloor('kl-to-equilibrium', { ...facts, temperature }, 1);
  });
  return (facts.players / 2) * Math.max(...ofSeats);
}

/**
 * Whether the regularised game is known to have one equilibrium: a monotone game has; and so has every game of n players at
 * temperatures τ ≥ (n − 1)·s/2, s the payoff span. There, for two equilibria δ apart (in total variation, the largest over
 * roles), payoffs differ by at most (n − 1)·s·δ, responses to them by tanh((n − 1)·s·δ/(2τ)) at most, and that is below δ.
 */
function isUnique(instance: Instance, run: number): boolean {
  const { game } = instance;
  if (isMonotone(game)) return true;
  const least = Math.min(...game.actions.map((_, role) => roleTemperatureOf(instance, run, role)));
  return 2 * least >= (game.roleOf.length - 1) * game.payoffSpan;
}

/** Multiply-adds of the derivatives of all payoffs, where there is no matrix that holds them: an evaluation per role and action. */
function derivativeWork({ actions, work }: Game, size: number): number {
  return work === undefined ? 0 : size * (work.shared + actions.length * work.perRun);
}

/** @throws `not-applicable` where none was found, or none that is exact to rounding; that is not remembered. */
function equilibriumOf(instance: Instance, run: number, deadline: number): HostProfile {
  const { game } = instance;
  const factors = temperatureFactors(instance);
  const draw = game.draws === 1 ? 0 : run;
  const temperature = temperatureOf(instance, run);
  const reference = rowsOfRun(instance.reference, game.actions, run);
  const key = [draw, temperature, ...(factors ?? []), ...reference.map(rowKey)].join(' ');
  return equilibria(game, key, () => {
    const options = { deadline, ...(factors === undefined ? {} : { roleTemperatures: factors }) };
    const { profile, gap } = quantalResponse(drawOf(game, draw), temperature, reference, options);
    const most = unavoidableGap(instance, run);
    if (gap <= most) return profile;
    throw new NashlabError('not-applicable', {
      what: `Newton's method came no closer to the equilibrium than a regularised gap of ${gap.toExponential(1)}`,
      expected: `at most ${most.toExponential(1)}, which is rounding`,
    });
  });
}

function several({ sum, roleOf }: Game): string {
  if (roleOf.length === 2) return 'a general-sum game may have several equilibria';
  const kind = sum === 'constant' ? 'constant-sum' : 'general-sum';
  return `a ${kind} game of ${roleOf.length} players may have several equilibria at this temperature`;
}

/**
 * Finds the regularised equilibrium of each run by Newton's method; `[B|1, A_role]` per role.
 * @param regulariser R of the game, where it is not reverse KL.
 */
export function knownEquilibrium(
  instance: Instance,
  deadline = Number.POSITIVE_INFINITY,
  regulariser?: Regulariser,
): KnownEquilibrium {
  const { game, runs, reference } = instance;
  if (regulariser !== undefined) return { unknown: `the equilibrium with ${regulariser.name} is not computed` };
  for (let run = 0; run < runs; run++) if (!isUnique(instance, run)) return { unknown: several(game) };
  if (temperatureOf(instance, 0) === 0) return { unknown: 'the temperature is 0' };
  const size = game.actions.reduce((sum, count) => sum + count, 0);
  if (size > equilibriumLimit)
    return { unknown: `the equilibrium is not computed for more than ${equilibriumLimit} actions` };
  if (!isMatrixGame(game) && derivativeWork(game, size) > derivativeLimit)
    return { unknown: 'the equilibrium is not computed where one payoff evaluation per action takes too long' };
  const shared =
    game.draws === 1 &&
    typeof instance.temperature === 'number' &&
    reference.every((values, role) => values.length === game.actions[role]);
  const rows = shared ? 1 : runs;
  const profile = game.actions.map((count) => new Float64Array(rows * count));
  try {
    for (let run = 0; run < rows; run++) {
      const found = equilibriumOf(instance, run, deadline);
      found.forEach((values, role) => {
        profile[role].set(values, run * game.actions[role]);
      });
    }
  } catch (error) {
    if (!(error instanceof NashlabError && error.code === 'not-applicable')) throw error;
    if (performance.now() > deadline) return { unknown: 'the time limit was reached before the equilibrium was found' };
    return { unknown: error.parts.what };
  }
  return { profile };
}
