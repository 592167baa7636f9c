import { NashlabError } from '../core/errors.ts';

/**
 * A connected component of the equilibrium set: the union of its `products`, in each of which any mixture of the row
 * policies goes with any mixture of the column policies. A single extreme equilibrium is isolated, more are a continuum.
 */
export interface EquilibriumComponent {
  readonly continuum: boolean;
  /** Indices of the extreme equilibria in it, ascending. */
  readonly extremes: readonly number[];
  /** The maximal products, each by the indices of its corners: extreme equilibria, one per pair of its policies. */
  readonly products: readonly (readonly number[])[];
}

/** Maximal products beyond this many are refused. */
export const productLimit = 10_000;

/** Sets of columns that are intersections of the neighbourhoods of rows: each with all rows that have it is a maximal product. */
function closedSets(neighbours: ReadonlyMap<number, ReadonlySet<number>>): Set<number>[] {
  const found = new Map<string, Set<number>>();
  for (const own of neighbours.values()) {
    const added = [own, ...[...found.values()].map((set) => new Set([...set].filter((c) => own.has(c))))];
    for (const set of added) {
      if (set.size === 0) continue;
      found.set([...set].sort((a, b) => a - b).join(), new Set(set));
      if (found.size > productLimit)
        throw new NashlabError('too-large', {
          what: `an equilibrium component of more than ${productLimit} maximal products`,
          expected: 'a less degenerate game',
        });
    }
  }
  return [...found.values()];
}

/**
 * The components of a set of equilibria from its extreme ones, given as pairs (row policy, column policy) of numbers that
 * name equal policies equally: two are connected when they share a policy. In the order of their first equilibrium.
 */
export function components(pairs: readonly (readonly [number, number])[]): EquilibriumComponent[] {
  const open = new Set(pairs.keys());
  const result: EquilibriumComponent[] = [];
  for (const first of pairs.keys()) {
    if (!open.delete(first)) continue;
    const members = [first];
    for (const k of members)
      for (const other of open)
        if (pairs[other][0] === pairs[k][0] || pairs[other][1] === pairs[k][1]) {
          open.delete(other);
          members.push(other);
        }
    members.sort((a, b) => a - b);
    const neighbours = new Map<number, Set<number>>();
    for (const k of members) {
      const [row, column] = pairs[k];
      neighbours.set(row, (neighbours.get(row) ?? new Set()).add(column));
    }
    const products = closedSets(neighbours).map((columns) => {
      const rows = new Set(
        [...neighbours].filter(([, own]) => [...columns].every((c) => own.has(c))).map(([row]) => row),
      );
      return members.filter((k) => rows.has(pairs[k][0]) && columns.has(pairs[k][1]));
    });
    result.push({ continuum: members.length > 1, extremes: members, products });
  }
  return result;
}
