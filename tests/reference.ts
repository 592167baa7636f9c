import { readFileSync } from 'node:fs';
import { bimatrixGame } from '../games/bimatrix.ts';
import { type NormalFormGame, normalFormGame } from '../games/players/normal-form.ts';
import type { PayoffTensor } from '../games/players/payoff-tensor.ts';
import { preferenceGame } from '../games/preference.ts';
import { exactNumber, nearestDouble } from '../src/exact/fractions.ts';
import type { MatrixGame } from '../src/solve/game.ts';

/** Entries of `golden/reference-games.json`; every one names its source there. */
type Written = number | string;
type WrittenMatrix = readonly (readonly Written[])[];

export interface ReferenceGame {
  readonly id: string;
  readonly kind: string;
  readonly players: number;
  readonly actions: readonly number[];
  readonly unique?: boolean;
  readonly value_row?: Written;
  readonly payoffs: readonly WrittenMatrix[];
  readonly preference_matrix?: WrittenMatrix;
  readonly equilibria: readonly {
    readonly profile: WrittenMatrix;
    readonly exact: boolean;
    readonly payoffs?: readonly Written[];
  }[];
}

export interface RegularisedReference {
  readonly id: string;
  readonly payoffs?: readonly WrittenMatrix[];
  readonly preference_matrix?: WrittenMatrix;
  readonly reference_policy?: readonly Written[];
  readonly beta?: Written;
  readonly temperature?: Written;
  readonly policy?: readonly Written[];
  readonly row?: readonly Written[];
  readonly col?: readonly Written[];
}

export interface GoldenStep {
  readonly id: string;
  readonly preference_matrix: WrittenMatrix;
  readonly pi: readonly Written[];
  readonly reference: readonly Written[];
  readonly eta: Written;
  readonly beta: Written;
  readonly result: readonly Written[];
  readonly p1: readonly Written[];
  readonly p2: readonly Written[];
  readonly alpha: Written;
  readonly result_p1: readonly Written[];
  readonly result_p2: readonly Written[];
}

interface ReferenceFile {
  readonly games: readonly ReferenceGame[];
  readonly regularised_references: readonly RegularisedReference[];
  readonly golden_steps: readonly GoldenStep[];
  readonly opponent_mixture_examples: readonly Record<string, unknown>[];
}

export const reference = JSON.parse(
  readFileSync(new URL('./golden/reference-games.json', import.meta.url), 'utf8'),
) as ReferenceFile;

/** The double nearest to a written number. */
export function double(written: Written): number {
  return typeof written === 'number'
    ? written
    : written.includes('/')
      ? nearestDouble(exactNumber(written))
      : Number(written);
}

export const doubles = (row: readonly Written[]): number[] => row.map(double);
export const rows = (matrix: WrittenMatrix): number[][] => matrix.map(doubles);
export const logs = (row: readonly Written[]): Float64Array => Float64Array.from(doubles(row), Math.log);

/** The two-player game of an entry. */
export function gameOf(entry: Pick<ReferenceGame, 'id' | 'payoffs' | 'preference_matrix'>): MatrixGame {
  if (entry.preference_matrix !== undefined) return preferenceGame(rows(entry.preference_matrix), { name: entry.id });
  return bimatrixGame(rows(entry.payoffs[0]), rows(entry.payoffs[1]), { name: entry.id });
}

/** The normal-form game of an entry, of any number of players. */
export function playersGameOf({ id, payoffs }: Pick<ReferenceGame, 'id' | 'payoffs'>): NormalFormGame {
  return normalFormGame(payoffs as unknown as readonly PayoffTensor[], { name: id });
}

/** Total variation distance, the largest over roles. */
export function totalVariation(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number {
  return Math.max(
    ...a.map((row, role) => Array.from(row).reduce((sum, value, k) => sum + Math.abs(value - b[role][k]), 0) / 2),
  );
}
