/** What one annotator said about two items: the weight of the wins of each. */
export interface PairWins {
  readonly a: number;
  readonly b: number;
  readonly winsOfA: number;
  readonly winsOfB: number;
}

/** Comparisons of one annotator: items by index. */
export type Annotator = readonly PairWins[];

/** Shares and rewards of the groups. */
export interface State {
  readonly logWeights: readonly number[];
  readonly rewards: readonly Float64Array[];
}

/** log σ(r_a − r_b) of all pairs, `[n, n]`. */
function logOdds(rewards: Float64Array): Float64Array {
  const n = rewards.length;
  const table = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      const lead = rewards[a] - rewards[b];
      table[a * n + b] = Math.min(lead, 0) - Math.log1p(Math.exp(-Math.abs(lead)));
    }
  return table;
}

function likelihood(annotator: Annotator, table: Float64Array, n: number): number {
  let sum = 0;
  for (const { a, b, winsOfA, winsOfB } of annotator) sum += winsOfA * table[a * n + b] + winsOfB * table[b * n + a];
  return sum;
}

/** log Σ exp, −∞ of none. */
export const logSum = (values: readonly number[]): number => {
  const top = Math.max(...values);
  return top === -Infinity ? top : top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
};

/** Of each annotator: log w_g + log-likelihood in group g, `[K][G]`; and the log-likelihood of the prior's ties. */
export function judge(annotators: readonly Annotator[], { logWeights, rewards }: State, prior: number) {
  const n = rewards[0].length;
  const tables = rewards.map(logOdds);
  const scores = annotators.map((annotator) =>
    tables.map((table, g) => logWeights[g] + likelihood(annotator, table, n)),
  );
  const ties = tables.reduce(
    (sum, table) => sum + (prior / 2) * table.reduce((all, value, k) => (k % (n + 1) === 0 ? all : all + value), 0),
    0,
  );
  return { scores, ties };
}
