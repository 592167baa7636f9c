/** What a player with memory one does: at first, and after each outcome of the round before. Actions are 0 and 1. */
export interface MemoryOne {
  readonly first: number;
  /** After own action a and the other's action b, at index 2a + b. */
  readonly after: readonly [number, number, number, number];
}

type Outcome = readonly [row: number, column: number];
/** Stage payoffs of both players, `[row][column]`. */
export type StagePayoffs = readonly [readonly (readonly number[])[], readonly (readonly number[])[]];

/** The outcomes of all rounds: those before the cycle, then those that come round for ever. */
function outcomes(row: MemoryOne, column: MemoryOne): { readonly before: Outcome[]; readonly cycle: Outcome[] } {
  const path: Outcome[] = [];
  const seen = [-1, -1, -1, -1];
  let outcome: Outcome = [row.first, column.first];
  for (;;) {
    const state: number = 2 * outcome[0] + outcome[1];
    if (seen[state] >= 0) return { before: path.slice(0, seen[state]), cycle: path.slice(seen[state]) };
    seen[state] = path.length;
    path.push(outcome);
    outcome = [row.after[state], column.after[2 * outcome[1] + outcome[0]]];
  }
}

/**
 * Normalised discounted payoffs (1 − δ)·Σ_t δ^t·u_t of both players. The four outcomes are the states of a Markov chain without
 * chance: it runs into a cycle of L rounds, m rounds from the start, so the sum is
 * (1 − δ)·Σ_{t<m} δ^t·u_t + δ^m·(Σ_{k<L} δ^k·u_{m+k})/(Σ_{k<L} δ^k), without a quotient of small numbers. At δ = 1 it is the
 * mean of the cycle, the limit.
 */
export function discountedPayoffs(
  row: MemoryOne,
  column: MemoryOne,
  stage: StagePayoffs,
  discount: number,
): readonly [number, number] {
  const { before, cycle } = outcomes(row, column);
  const of = (player: 0 | 1): number => {
    const utility = ([a, b]: Outcome): number => stage[player][a][b];
    let total = 0;
    let weight = 1;
    for (const outcome of before) {
      total += (1 - discount) * weight * utility(outcome);
      weight *= discount;
    }
    let sum = 0;
    let weights = 0;
    let power = 1;
    for (const outcome of cycle) {
      sum += power * utility(outcome);
      weights += power;
      power *= discount;
    }
    return total + (weight * sum) / weights;
  };
  return [of(0), of(1)];
}
