/** Counts that are spelled out one by one; more of them are told together. */
const spelled = 6;

/** `3 × 4`, `5`; of many players `100 × 3` where each has 3, `100 × 2 to 5` where they differ. */
export function sizesText(counts: readonly number[]): string {
  if (counts.length <= spelled) return counts.join(' × ');
  const [low, high] = counts.reduce(([a, b], n) => [Math.min(a, n), Math.max(b, n)], [Infinity, -Infinity]);
  return low === high ? `${counts.length} × ${low}` : `${counts.length} × ${low} to ${high}`;
}
