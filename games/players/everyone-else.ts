import type { Ops } from '../../src/numerics/ops.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';

/** Seats that play one and the same policy. */
export interface Company {
  readonly policy: Tensor;
  readonly seats: number[];
}

/** The distinct policies (by identity) and who plays them; `except` is left out. */
export function companies(policies: readonly Tensor[], except?: number): Company[] {
  const found = new Map<Tensor, Company>();
  policies.forEach((policy, seat) => {
    if (seat === except) return;
    const known = found.get(policy);
    if (known === undefined) found.set(policy, { policy, seats: [seat] });
    else known.seats.push(seat);
  });
  return [...found.values()];
}

/** x^power elementwise, power ≥ 1, by repeated squaring: no logarithm, so that an underflow to 0 stays 0. */
export function power(ops: Ops, x: Tensor, exponent: number): Tensor {
  let square = x;
  let product: Tensor | undefined;
  for (let rest = exponent; ; square = ops.mul(square, square)) {
    if (rest % 2 === 1) product = product === undefined ? square : ops.mul(product, square);
    rest = Math.floor(rest / 2);
    if (rest === 0) return product as Tensor;
  }
}

/**
 * For each item the join of all others, undefined for a single one: of what stands before and what stands behind, so that
 * nothing is divided or subtracted again. 3n joins.
 */
export function joinOthers<Item>(items: readonly Item[], join: (a: Item, b: Item) => Item): (Item | undefined)[] {
  const others = new Array<Item | undefined>(items.length);
  const joined = (a: Item | undefined, b: Item | undefined) =>
    a === undefined || b === undefined ? (a ?? b) : join(a, b);
  let before: Item | undefined;
  for (let k = 0; k < items.length; k++) {
    others[k] = before;
    before = joined(before, items[k]);
  }
  let behind: Item | undefined;
  for (let k = items.length - 1; k >= 0; k--) {
    others[k] = joined(others[k], behind);
    behind = joined(items[k], behind);
  }
  return others;
}
