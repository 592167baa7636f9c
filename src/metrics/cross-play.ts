import { NashlabError } from '../core/errors.ts';
import { nashAveraging } from '../exact/nash-averaging.ts';
import { quantalResponse } from '../exact/quantal-response.ts';
import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import { type Game, isConstantSumOfTwo, isMatrixGame, type MatrixGame, seatOfRole } from '../solve/game.ts';
import { instance } from '../solve/instance.ts';
import { uniformProfile } from '../solve/policies.ts';
import { placeProblem, stepSpan } from '../solve/problem.ts';
import { restrictedGame } from '../solve/restricted-game.ts';
import { evaluator } from './evaluation.ts';
import { totalImprovement } from './player-improvements.ts';

/** Somebody's policies: probabilities per role. */
export interface CrossPlayer {
  readonly name: string;
  readonly profile: readonly (readonly number[])[];
}

/** Everyone against everyone; plain JSON. */
export interface CrossPlay {
  readonly names: readonly string[];
  /**
   * Per role `[i][j]`: expected payoff of i's policy in a seat of that role, where all other seats play j's. In a preference game
   * the one table is that of win rates; in a game of two roles, rows are the role's own policies and columns the other's.
   */
  readonly tables: readonly (readonly (readonly number[])[])[];
  /** An equilibrium of the game in which these policies are the actions, where one was found. */
  readonly equilibrium?: {
    /** Per role, one weight per name. */
    readonly weights: readonly (readonly number[])[];
    /** What deviating to another of these policies gains, summed over the seats; measured, in payoff units. */
    readonly nashConv: number;
    readonly method: string;
  };
  /** Why none was found. */
  readonly unknown?: string;
  /** Per role, indices of the names: by weight in the equilibrium, then by mean payoff, the largest first. */
  readonly order: readonly (readonly number[])[];
}

/** Differences of payoffs that count as none, in payoff spans: answers of two solvers that agree otherwise would not share. */
const equalWithin = 1e-9;

function rounded(value: number, unit: number): number {
  return Math.sign(value) * Math.round(Math.abs(value) / unit) * unit;
}

/** The game with its payoffs rounded, win rates by their distance from ½ so that P + Pᵀ = 1 stays. */
function roundedGame(game: MatrixGame, unit: number): MatrixGame {
  if (game.kind === 'bimatrix') return game;
  const middle = game.kind === 'preference' ? 0.5 : 0;
  const matrices = game.matrices.map((matrix) => ({
    ...matrix,
    values: matrix.values.map((value) => middle + rounded(value - middle, unit)),
  }));
  return { ...game, matrices };
}

type Found = { readonly weights: readonly Float64Array[]; readonly method: string };

/** @param span of the full game. */
async function equilibriumOf(game: Game, span: number): Promise<Found> {
  if (isMatrixGame(game) && isConstantSumOfTwo(game)) {
    const { profile } = await nashAveraging(roundedGame(game, equalWithin * span));
    return {
      weights: game.actions.map((_, role) => profile[role]),
      method: `the equilibrium of largest entropy, by linear programs; payoffs that differ by less than ${equalWithin} spans count as equal`,
    };
  }
  const { profile, temperature } = nearlyUnregularised(game, span);
  return {
    weights: profile.map((log) => log.map(Math.exp)),
    method: `a quantal response equilibrium at the temperature ${temperature}, by Newton’s method on the path from the uniform mixture`,
  };
}

/** Where the path breaks off on its way down, it is left a little higher up. */
const temperatures = [equalWithin, 1e-7, 1e-5] as const;

/** The quantal response equilibrium at the lowest of these temperatures, in payoff spans, that its path reaches. */
function nearlyUnregularised(game: Game, span: number) {
  for (const [k, share] of temperatures.entries())
    try {
      return { ...quantalResponse(game, share * span, uniformProfile(game)), temperature: share * span };
    } catch (error) {
      const last = k === temperatures.length - 1;
      if (last || !(error instanceof NashlabError) || error.code !== 'not-applicable') throw error;
    }
  throw new Error('no temperature to try');
}

/** Column j of each role's table: payoffs of all policies of the role while the other seats play the j-th. */
function tablesOf(game: Game, count: number): number[][][] {
  const backend = cpuBackend({ reproducible: true });
  const placed = game.place(backend.ops);
  const tables = seatOfRole(game).map((seat) => {
    const columns = Array.from({ length: count }, (_, j) =>
      backend.scope(() => {
        const choice = backend.ops.tensor(
          Float64Array.from({ length: count }, (_, k) => (k === j ? 1 : 0)),
          [1, count],
        );
        return Array.from(
          hostValues(
            placed.payoffs(
              seat,
              game.roleOf.map(() => choice),
            ),
          ),
        );
      }),
    );
    return columns.map((_, i) => columns.map((column) => column[i]));
  });
  backend.release(placed.tensors);
  void backend.dispose();
  return tables;
}

function nashConvOf(game: Game, weights: readonly Float64Array[]): number {
  const backend = cpuBackend({ reproducible: true });
  const setting = instance(game);
  const problem = placeProblem(backend.ops, setting, 1);
  try {
    return backend.scope(() => {
      const log = weights.map((row) => backend.ops.tensor(row.map(Math.log), [1, row.length]));
      return totalImprovement(evaluator(setting, problem)(log).evaluation, 0);
    });
  } finally {
    backend.release(problem.tensors);
    void backend.dispose();
  }
}

function orderOf(table: readonly (readonly number[])[], weights: ArrayLike<number> | undefined): number[] {
  const mean = table.map((row) => row.reduce((sum, value) => sum + value, 0));
  return table
    .map((_, i) => i)
    .sort((a, b) => (weights === undefined ? 0 : weights[b] - weights[a]) || mean[b] - mean[a] || a - b);
}

/**
 * Lets policies play each other: the table of everyone against everyone, and an equilibrium of the game in which they are the
 * actions: whose answer would the others' answers play? In a two-player constant-sum game it is the one of largest entropy, in
 * which copies of a policy share their weight; in others one that Newton's method on the quantal response equation finds, if it
 * finds one.
 * @param players at least one, with different names; one policy per role each.
 * @throws `bad-policy` naming who has a policy that is none of the game's.
 */
export async function crossPlay(game: Game, players: readonly CrossPlayer[]): Promise<CrossPlay> {
  for (const { name, profile } of players)
    if (profile.length !== game.actions.length)
      throw new NashlabError('bad-policy', {
        what: `"${name}" has ${profile.length} policies`,
        where: `cross-play in "${game.name}"`,
        expected: `${game.actions.length}, one per role`,
      });
  const members = game.actions.map((_, role) => players.map(({ name, profile }) => ({ name, policy: profile[role] })));
  const restricted = restrictedGame(game, members);
  const tables = tablesOf(restricted, players.length);
  const names = players.map(({ name }) => name);
  try {
    const { weights, method } = await equilibriumOf(restricted, stepSpan(game));
    return {
      names,
      tables,
      equilibrium: {
        weights: weights.map((row) => Array.from(row)),
        nashConv: nashConvOf(restricted, weights),
        method,
      },
      order: tables.map((table, role) => orderOf(table, weights[role])),
    };
  } catch (error) {
    if (!(error instanceof NashlabError) || !['not-applicable', 'too-large'].includes(error.code)) throw error;
    return { names, tables, unknown: error.parts.what, order: tables.map((table) => orderOf(table, undefined)) };
  }
}
