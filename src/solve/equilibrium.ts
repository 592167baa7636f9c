import { NashlabError } from '../core/errors.ts';
import { quantalResponse } from '../exact/quantal-response.ts';
import { isMatrixGame, type MatrixGame } from './game.ts';
import { problemFacts, roundingFloor } from './guarantee.ts';
import { type HostProfile, type Instance, rowsOfRun, temperatureOf } from './problem.ts';
import type { Regulariser } from './regulariser.ts';
import { rememberedPerGame, rowKey } from './remembered.ts';

/** The regularised equilibrium of every run, or why it is not known. */
export type KnownEquilibrium = { readonly profile: HostProfile } | { readonly unknown: string };

/** Dense Newton steps cost O(A³): above this many actions the equilibrium is not computed alongside a solve. */
export const equilibriumLimit = 400;

/** One draw of a stacked game, as a game of its own. */
export function drawOf(game: MatrixGame, draw: number): MatrixGame {
  if (game.draws === 1) return game;
  const matrices = game.matrices.map(({ rows, columns, values }) => ({
    rows,
    columns,
    values: values.subarray(draw * rows * columns, (draw + 1) * rows * columns),
  }));
  return { ...game, draws: 1, matrices };
}

/** Equilibria found so far: runs that differ in solver, step size or start share theirs. */
const equilibria = rememberedPerGame<HostProfile>();

/** What rounding leaves of the regularised gap at an equilibrium that was found: below it no theorem is judged either. */
function unavoidableGap(instance: Instance, run: number): number {
  const facts = problemFacts(instance, run, 0);
  return facts.temperature * roundingFloor('kl-to-equilibrium', facts, 1);
}

/** @throws `not-applicable` where none was found, or none that is exact to rounding; that is not remembered. */
function equilibriumOf(instance: Instance, game: MatrixGame, run: number, deadline: number): HostProfile {
  const draw = game.draws === 1 ? 0 : run;
  const temperature = temperatureOf(instance, run);
  const reference = rowsOfRun(instance.reference, game.actions, run);
  const key = [draw, temperature, ...reference.map(rowKey)].join(' ');
  return equilibria(game, key, () => {
    const { profile, gap } = quantalResponse(drawOf(game, draw), temperature, reference, { deadline });
    const most = unavoidableGap(instance, run);
    if (gap <= most) return profile;
    throw new NashlabError('not-applicable', {
      what: `Newton's method came no closer to the equilibrium than a regularised gap of ${gap.toExponential(1)}`,
      expected: `at most ${most.toExponential(1)}, which is rounding`,
    });
  });
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
  if (!isMatrixGame(game)) return { unknown: 'the game is not given by matrices' };
  if (game.sum !== 'constant') return { unknown: 'a general-sum game may have several equilibria' };
  if (temperatureOf(instance, 0) === 0) return { unknown: 'the temperature is 0' };
  const size = game.actions.reduce((sum, count) => sum + count, 0);
  if (size > equilibriumLimit)
    return { unknown: `the equilibrium is not computed for more than ${equilibriumLimit} actions` };
  const shared =
    game.draws === 1 &&
    typeof instance.temperature === 'number' &&
    reference.every((values, role) => values.length === game.actions[role]);
  const rows = shared ? 1 : runs;
  const profile = game.actions.map((count) => new Float64Array(rows * count));
  try {
    for (let run = 0; run < rows; run++) {
      const found = equilibriumOf(instance, game, run, deadline);
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
