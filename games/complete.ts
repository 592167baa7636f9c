/**
 * A whole preference matrix from its upper triangle: P[a][b] = `upper(a, b)` for a < b (called row by row),
 * P[b][a] = 1 − P[a][b], and ½ on the diagonal.
 */
export function completePreferences(actions: number, upper: (a: number, b: number) => number): number[][] {
  const rows = Array.from({ length: actions }, () => new Array<number>(actions).fill(0.5));
  for (let a = 0; a < actions; a++)
    for (let b = a + 1; b < actions; b++) {
      rows[a][b] = upper(a, b);
      rows[b][a] = 1 - rows[a][b];
    }
  return rows;
}
