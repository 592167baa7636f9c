import { NashlabError } from '../core/errors.ts';
import type { CutSimplex } from './cut-simplex.ts';
import { solveProgram } from './linear-program.ts';

/** The least face of the simplex that holds every p with G·p ≥ 0, and the rows that bind all of them. */
export interface WidestFace {
  /** Outcomes that some p uses, ascending. */
  readonly support: readonly number[];
  /** Rows with (G·p)_k = 0 for every p. */
  readonly binding: readonly boolean[];
  /** Multipliers d ≥ 0, `[rows]`: (Gᵀd)_s = 0 on the support, ≤ −1 off it, and d_k ≥ 1 on binding rows: the proof. */
  readonly exposing: Float64Array;
}

/**
 * One linear program over the cone x ≥ 0, G·x ≥ 0: maximise Σ min(x_s, 1) + Σ min((G·x)_k, 1). The cone has a point where
 * every x_s and (G·x)_k that can be positive is, and a multiple of it has them all ≥ 1, so each term is 0 or 1.
 * @param what the subject, for messages. @throws `not-applicable` where no p exists.
 */
export async function widestFace(cut: CutSimplex, what: string): Promise<WidestFace> {
  const { size, rows, starts, indices, values } = cut;
  const entries = starts[size];
  const variables = 2 * size + rows;

  // Columns: what counts of x (up to 1), the rest of x, what counts of G·x (up to 1).
  const upper = new Float64Array(variables).fill(1);
  upper.fill(Infinity, size, 2 * size);
  const costs = new Float64Array(variables).fill(1);
  costs.fill(0, size, 2 * size);
  const columnStarts = Int32Array.from({ length: variables + 1 }, (_, c) =>
    c <= size ? starts[c] : c <= 2 * size ? entries + starts[c - size] : 2 * entries + c - 2 * size,
  );
  const thrice = <A extends Int32Array | Float64Array>(given: A, own: (row: number) => number): A => {
    const all = new (given.constructor as new (length: number) => A)(2 * entries + rows);
    all.set(given);
    all.set(given, entries);
    for (let k = 0; k < rows; k++) all[2 * entries + k] = own(k);
    return all;
  };
  const { primal, duals } = await solveProgram(
    {
      costs,
      lower: new Float64Array(variables),
      upper,
      rowLower: new Float64Array(rows),
      rowUpper: new Float64Array(rows).fill(Infinity),
      starts: columnStarts,
      indices: thrice(indices, (k) => k),
      values: thrice(values, () => -1),
    },
    what,
  );
  const support = Array.from({ length: size }, (_, s) => s).filter((s) => primal[s] > 0.5);
  if (support.length === 0)
    throw new NashlabError('not-applicable', {
      what: `no distribution meets the conditions of ${what}`,
      expected: 'conditions that some distribution meets; please report this game',
    });
  return {
    support,
    binding: Array.from({ length: rows }, (_, k) => !(primal[2 * size + k] > 0.5)),
    exposing: duals.map(Math.abs),
  };
}
