import { NashlabError } from '../core/errors.ts';
import type { Ops } from '../numerics/ops.ts';
import type { Tensor } from '../numerics/tensor.ts';

/** Probabilities of one policy per run, `[B, A]`. */
export type Probs = Tensor;

/**
 * Expected payoff of each action at `seat` against the others' policies, `[B, A]`. Policies are given per seat, so a
 * solver may seat past policies, averages or mixtures there without the game knowing.
 */
export type PayoffOracle = (seat: number, policies: readonly Probs[]) => Tensor;

/** A game on a backend. */
export interface PlacedGame {
  readonly payoffs: PayoffOracle;
  /** `payoffs` of every seat at once, where they share so much that one at a time would take n times as long. */
  readonly everyone?: (policies: readonly Probs[]) => readonly Tensor[];
  /** Every tensor that lies there as long as the game does. */
  readonly tensors: readonly Tensor[];
}

/**
 * Work of one payoff evaluation, in multiply-adds of a matrix that lies in memory (about 0.5 ns each) or what takes as long.
 * A batch of B runs takes shared + B·perRun.
 */
export interface EvaluationWork {
  readonly perRun: number;
  /** Done once for all runs of a batch: blocks of rows that are made or read. */
  readonly shared: number;
  /** The host makes or reads the numbers at every evaluation: a device would wait for them. */
  readonly fromHost?: boolean;
}

/** A game: host data, serialisable; no backend, no randomness. */
export interface Game {
  /** How users call it: a catalogue name with parameters, or a file's name. */
  readonly name: string;
  readonly kind: string;
  /** Action labels per role. */
  readonly labels: readonly (readonly string[])[];
  /** seat → role; a symmetric preference game seats role 0 twice. */
  readonly roleOf: readonly number[];
  /** Number of actions per role. */
  readonly actions: readonly number[];
  /** Games stacked on the run axis; 1 = shared by all runs. */
  readonly draws: number;
  readonly sum: 'constant' | 'general';
  /** Each payoff is a sum of terms in the own action and one other player's, as it always is for two players. */
  readonly pairwise?: true;
  /** Payoffs are monotone (`isMonotone`), where neither two players nor pairs say so. */
  readonly monotone?: true;
  /** Largest minus smallest payoff of any role. */
  readonly payoffSpan: number;
  /** Bytes of the numbers that define the payoffs and one evaluation reads; for memory limits, where there is no matrix. */
  readonly bytes?: number;
  /** What one payoff evaluation costs, where there is no matrix whose size says it. */
  readonly work?: EvaluationWork;
  /** What the game is and where it comes from, in sentences; for reports. */
  readonly description?: string;
  place(ops: Ops): PlacedGame;
}

/** A row-major matrix; with `draws` games stacked, one after the other. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A two-player game given by matrices: the payoff vector of role r is `matrices[r] · (opponent's policy)`. */
export interface MatrixGame extends Game {
  readonly kind: 'preference' | 'zero-sum' | 'bimatrix';
  readonly matrices: readonly Matrix[];
  /** The entries as written (`"1/3"`, `"0.25"`), per matrix and row; present when a source gives exact numbers. */
  readonly entries?: readonly (readonly (readonly string[])[])[];
}

export function isMatrixGame(game: Game): game is MatrixGame {
  return 'matrices' in game;
}

/** A part of a population of judges: its share of the population, and its preferences. */
export interface PreferenceGroup {
  readonly name: string;
  /** The shares of a population add up to 1. */
  readonly weight: number;
  /** P_g(a ≻ b), `[A, A]`. */
  readonly matrix: Matrix;
}

/** A preference game P = Σ_g w_g P_g with the groups that it is pooled from. */
export interface GroupedGame extends MatrixGame {
  readonly kind: 'preference';
  readonly groups: readonly PreferenceGroup[];
}

export function isGroupedGame(game: Game): game is GroupedGame {
  return 'groups' in game;
}

/** The game with its groups. Throws `not-applicable`, naming what needs them, for a game that has none. */
export function requireGroups(game: Game, what: string): GroupedGame {
  if (isGroupedGame(game)) return game;
  throw new NashlabError('not-applicable', {
    what: `${what} of "${game.name}", a game without groups`,
    expected:
      'a population of judges: comparisons opened with --groups, a game of kind "annotators", or annotators:groups=3,n=5',
  });
}

/** Two players whose payoffs add up to a constant: what duality gaps and most theorems are about. */
export function isConstantSumOfTwo({ sum, roleOf }: Pick<Game, 'sum' | 'roleOf'>): boolean {
  return sum === 'constant' && roleOf.length === 2;
}

/** Whether each payoff is a sum of terms in the own action and one other player's. */
export function isPairwise({ pairwise, roleOf }: Pick<Game, 'pairwise' | 'roleOf'>): boolean {
  return pairwise ?? roleOf.length === 2;
}

/**
 * Whether Σ over seats of ⟨u(π) − u(π′), π − π′⟩ ≤ 0 for all profiles π and π′ (of one policy per role), so that every
 * regularised version of the game has one equilibrium. Payoffs of pairs that add up to a constant are so: the part of their
 * sum that is quadratic in π − π′, which is that expression, must vanish. Others say so themselves.
 */
export function isMonotone(game: Pick<Game, 'sum' | 'pairwise' | 'monotone' | 'roleOf'>): boolean {
  return game.monotone ?? (game.sum === 'constant' && isPairwise(game));
}

/** The game with its matrices. Throws `not-applicable`, naming what needs them, for a game that has none. */
export function requireMatrices(game: Game, what: string): MatrixGame {
  if (isMatrixGame(game)) return game;
  const players = game.roleOf.length;
  const size = players === 2 ? `${game.actions[0]} actions without a matrix` : `${players} players`;
  throw new NashlabError('not-applicable', {
    what: `${what} of "${game.name}", a game of ${size}`,
    expected:
      'a game given by its matrix; extragradient and most iterative solvers answer this one, with a float64 certificate',
  });
}

/** First seat of each role. */
export function seatOfRole(game: Pick<Game, 'roleOf' | 'actions'>): number[] {
  return game.actions.map((_, role) => game.roleOf.indexOf(role));
}

/** How many seats each role fills. */
export function seatsPerRole(game: Pick<Game, 'roleOf' | 'actions'>): number[] {
  return game.actions.map((_, role) => game.roleOf.filter((r) => r === role).length);
}
