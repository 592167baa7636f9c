import type { ComparisonColumns } from './columns.ts';
import type { Database } from './duckdb.ts';
import { type PairPool, pairPool } from './pair-pool.ts';
import type { PooledPair, Tally } from './tally.ts';
import { shareOf, verdictOf } from './winner-words.ts';

/** Comparisons by one value of a column, such as one judge. */
export interface GroupTally {
  readonly name: string;
  readonly pairs: readonly PooledPair[];
  /** Total weight of its comparisons. */
  readonly weight: number;
}

/** What rows without a name in the column stand under. */
export const unnamed = '';

/**
 * The rows that `tallyComparisons` has pooled, once more by the column `grouped`, groups in the order of their names; each
 * on the labels of the whole.
 */
export async function tallyGroups(
  database: Database,
  { form }: Pick<ComparisonColumns, 'form'>,
  { labels }: Pick<Tally, 'labels'>,
): Promise<GroupTally[]> {
  const index = new Map(labels.map((label, k) => [label, k]));
  const pools = new Map<string, { readonly pool: PairPool; weight: number }>();
  const rows = await database.query(
    "SELECT coalesce(trim(grouped), ''), a, b, coalesce(winner, ''), sum(CAST(weight AS DOUBLE)) FROM comparisons GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
  );
  for (const [name, a, b, winner, weight] of rows as [string, string, string, string, number][]) {
    const group = pools.get(name) ?? { pool: pairPool(labels.length), weight: 0 };
    group.pool.add(index.get(a) as number, index.get(b) as number, shareOf(verdictOf(form, winner) ?? 'tie'), weight);
    group.weight += weight;
    pools.set(name, group);
  }
  return Array.from(pools, ([name, { pool, weight }]) => ({ name, pairs: pool.pairs(), weight })).filter(
    ({ weight }) => weight > 0,
  );
}
