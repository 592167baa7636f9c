import { NashlabError } from '../../src/core/errors.ts';
import type { Matrix } from '../../src/solve/game.ts';
import { sumTolerance } from '../constant-sum.ts';
import { counted } from '../counted.ts';
import { checkLabels, numberedLabels } from '../labels.ts';
import { type Entries, matrixFromRows, transposed } from '../rows.ts';
import type { PlayersGame } from './players-game.ts';
import { checkPlayers } from './shared-actions.ts';

/** Rows of entries, as numbers or as a file writes them: `"1/3"`. */
type WrittenEntries = readonly (readonly (number | string)[])[];

/**
 * Two players, counted from 0, and the bimatrix game between them: `payoffs[0]` to the first, `payoffs[1]` to the second,
 * both `[action of the first][action of the second]`.
 */
export interface PolymatrixEdge<Rows = Entries> {
  readonly players: readonly [number, number];
  readonly payoffs: readonly [Rows, Rows];
}

export type WrittenEdge = PolymatrixEdge<WrittenEntries>;

export interface PolymatrixGame extends PlayersGame {
  readonly kind: 'polymatrix';
}

export interface PolymatrixOptions {
  readonly name?: string;
  /** One list per player. */
  readonly labels?: readonly (readonly string[])[];
  readonly description?: string;
  /** The edges with their entries as the source wrote them, for the document. */
  readonly written?: readonly WrittenEdge[];
}

/** What a player receives from one neighbour, `[own action, the neighbour's action]`. */
interface Tie {
  readonly to: number;
  readonly matrix: Matrix;
}

function refuse(what: string, where: string, expected: string): NashlabError {
  return new NashlabError('bad-game', { what, where, expected });
}

/** Per player, what every neighbour brings. Throws `bad-game` naming the edge. */
function tiesOf(edges: readonly PolymatrixEdge[], players: number): Tie[][] {
  const ties: Tie[][] = Array.from({ length: players }, () => []);
  for (const [k, { players: ends, payoffs }] of edges.entries()) {
    const [i, j] = ends;
    const where = `edges[${k}]`;
    for (const end of ends)
      if (!Number.isInteger(end) || end < 0 || end >= players)
        throw refuse(`player ${end}`, `${where}.players`, `two different players in 0 … ${players - 1}`);
    if (i === j) throw refuse(`player ${i} with itself`, `${where}.players`, 'two different players');
    if (ties[i].some(({ to }) => to === j))
      throw refuse(`players ${i} and ${j} twice`, `${where}.players`, 'each pair once, in either order');
    const own = matrixFromRows(payoffs[0], `${where}.payoffs[0]`);
    const other = matrixFromRows(payoffs[1], `${where}.payoffs[1]`);
    if (own.rows !== other.rows || own.columns !== other.columns)
      throw refuse(
        `payoffs of ${own.rows} × ${own.columns} and ${other.rows} × ${other.columns}`,
        `${where}.payoffs`,
        `two matrices of one shape, [action of player ${i}][action of player ${j}] each`,
      );
    ties[i].push({ to: j, matrix: own });
    ties[j].push({ to: i, matrix: transposed(other) });
  }
  return ties;
}

/** Actions per player. Throws `bad-game` for a player without an edge, or with edges of different sizes. */
function actionsOf(ties: readonly (readonly Tie[])[]): number[] {
  return ties.map((own, player) => {
    if (own.length === 0)
      throw refuse(`player ${player} stands on no edge`, 'edges', 'every player on at least one edge');
    const [{ matrix }] = own;
    const odd = own.find((tie) => tie.matrix.rows !== matrix.rows);
    if (odd !== undefined)
      throw refuse(
        `player ${player} has ${counted(matrix.rows, 'action')} towards player ${own[0].to} and ${odd.matrix.rows} towards player ${odd.to}`,
        'edges',
        'one number of actions per player',
      );
    return matrix.rows;
  });
}

/** Smallest and largest payoff of one player: neighbours choose apart from each other, so their extremes add up. */
function rangeOfTies(ties: readonly Tie[]): [low: number, high: number] {
  const [{ matrix }] = ties;
  let [low, high] = [Infinity, -Infinity];
  for (let a = 0; a < matrix.rows; a++) {
    let [least, most] = [0, 0];
    for (const { matrix: tie } of ties) {
      const row = tie.values.subarray(a * tie.columns, (a + 1) * tie.columns);
      least += row.reduce((x, y) => Math.min(x, y));
      most += row.reduce((x, y) => Math.max(x, y));
    }
    low = Math.min(low, least);
    high = Math.max(high, most);
  }
  return [low, high];
}

/** Smallest and largest payoff of any player. Throws `bad-game` naming the edge. */
export function polymatrixRange(edges: readonly PolymatrixEdge[], players: number): [low: number, high: number] {
  const ranges = tiesOf(edges, players).map(rangeOfTies);
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/**
 * Whether the payoffs add up to a constant, within `sumTolerance`: the sum is Σ over edges of C_ij(a_i, a_j) with C_ij what both
 * receive. It is constant exactly when no C_ij has an interaction, C(a, b) − C(a, 0) − C(0, b) + C(0, 0) = 0, and for every player
 * the sum of C_ij(a, 0) over its edges does not depend on a.
 */
function isConstantSum(ties: readonly (readonly Tie[])[], actions: readonly number[]): boolean {
  const most = Math.max(...ties.map((own) => own.length));
  const tolerance = sumTolerance(
    ties.flat().map(({ matrix }) => matrix.values),
    4 * most,
  );
  const small = (x: number): boolean => Math.abs(x) <= tolerance;
  return ties.every((own, i) => {
    const alone = new Float64Array(actions[i]);
    for (const { to, matrix } of own) {
      const back = ties[to].find((tie) => tie.to === i) as Tie;
      const both = (a: number, b: number): number =>
        matrix.values[a * matrix.columns + b] + back.matrix.values[b * back.matrix.columns + a];
      for (let a = 0; a < matrix.rows; a++) {
        alone[a] += both(a, 0) - both(0, 0);
        for (let b = 1; b < matrix.columns; b++)
          if (!small(both(a, b) - both(a, 0) - both(0, b) + both(0, 0))) return false;
      }
    }
    return alone.every(small);
  });
}

/**
 * Players on a graph: each plays one policy against all neighbours and receives the sum of its payoffs over the edges. Every
 * player has a role of its own; what is not written there (players without an edge between them) is 0. The span is exact.
 * Throws `bad-game` naming the edge.
 */
export function polymatrixGame(
  edges: readonly PolymatrixEdge[],
  players: number,
  options: PolymatrixOptions = {},
): PolymatrixGame {
  const { name = 'polymatrix', description, written = edges } = options;
  checkPlayers(players, name);
  const ties = tiesOf(edges, players);
  const actions = actionsOf(ties);
  const labels = options.labels ?? actions.map(numberedLabels);
  if (labels.length !== players)
    throw refuse(counted(labels.length, 'list of labels', 'lists of labels'), 'labels', `${players}, one per player`);
  for (const [player, list] of labels.entries()) checkLabels(list, actions[player], player, name);
  const entries = ties.flat().reduce((sum, { matrix }) => sum + matrix.values.length, 0);
  const described = description === undefined ? {} : { description };
  return {
    name,
    kind: 'polymatrix',
    roleOf: actions.map((_, seat) => seat),
    actions,
    labels,
    draws: 1,
    sum: isConstantSum(ties, actions) ? 'constant' : 'general',
    pairwise: true,
    payoffSpan: Math.max(...ties.map(rangeOfTies).map(([low, high]) => high - low)),
    bytes: 8 * entries,
    work: { perRun: entries / players, shared: 0 },
    ...described,
    place(ops) {
      const placed = ties.map((own) =>
        own.map(({ to, matrix }) => ({ to, tensor: ops.tensor(matrix.values, [1, matrix.rows, matrix.columns]) })),
      );
      return {
        tensors: placed.flat().map(({ tensor }) => tensor),
        payoffs(seat, policies) {
          const parts = placed[seat].map(({ to, tensor }) => ops.matVec(tensor, policies[to]));
          return parts.length === 1
            ? parts[0]
            : ops.combine(
                parts.map(() => 1),
                parts,
              );
        },
      };
    },
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      kind: 'polymatrix',
      players,
      labels,
      edges: written.map(({ players: ends, payoffs }) => ({ players: ends, payoffs })),
      ...described,
    }),
  };
}
