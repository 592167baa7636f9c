import type { Ops } from '../../src/numerics/ops.ts';
import type { EvaluationWork, Game } from '../../src/solve/game.ts';

/** A K × K matrix as shift + left·right, its factors row-major `[K, rank]` and `[rank, K]`. */
export interface Factors {
  readonly actions: number;
  readonly rank: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Every run's own: two products. */
export function factorWork({ actions, rank }: Pick<Factors, 'actions' | 'rank'>): EvaluationWork {
  return { perRun: 2 * actions * rank, shared: 0 };
}

/** Places the game with payoffs shift + left·(right·π): two products of K·rank entries. */
export function placeFactors(ops: Ops, factors: Factors, shift = 0): ReturnType<Game['place']> {
  const { actions, rank } = factors;
  const left = ops.tensor(factors.left, [1, actions, rank]);
  const right = ops.tensor(factors.right, [1, rank, actions]);
  return {
    tensors: [left, right],
    payoffs: (seat, policies) => {
      const product = ops.matVec(left, ops.matVec(right, policies[1 - seat]));
      return shift === 0 ? product : ops.add(product, shift);
    },
  };
}
