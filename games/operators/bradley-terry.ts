import { NashlabError } from '../../src/core/errors.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { Game } from '../../src/solve/game.ts';
import type { GameDocument } from '../game-document.ts';
import { type Factors, factorWork, placeFactors } from './factored.ts';
import { logistic } from './logistic.ts';
import { type LogisticNodes, lagrangeRow, logisticNodes } from './logistic-nodes.ts';
import { type OperatorGame, operatorGame } from './operator-game.ts';
import { blockWork, rowsPerBlock } from './row-blocks.ts';

export interface BradleyTerryOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly definition?: () => Pick<GameDocument, 'kind'> & Partial<GameDocument>;
}

/** Factors take at most 4 GB. */
const largestFactors = 2 ** 28;

function extremes(scores: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const score of scores) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  return [low, high];
}

/** left[a][q] = ℓ_q(r_a) and right[q][b] = σ(x_q − r_b). */
function factorsOf(scores: Float64Array, nodes: LogisticNodes): Factors {
  const actions = scores.length;
  const rank = nodes.points.length;
  const left = new Float64Array(actions * rank);
  for (let a = 0; a < actions; a++) lagrangeRow(nodes, scores[a], left, a * rank);
  const right = new Float64Array(rank * actions);
  for (let q = 0; q < rank; q++)
    for (let b = 0; b < actions; b++) right[q * actions + b] = logistic(nodes.points[q] - scores[b]);
  return { actions, rank, left, right };
}

/** A difference and its sigmoid in multiply-adds, measured. */
const entryWork = 32;

/** σ(r_a − r_b) a block of rows at a time. */
function placeBlocks(ops: Ops, scores: Float64Array): ReturnType<Game['place']> {
  const actions = scores.length;
  const minus = ops.tensor(
    scores.map((score) => -score),
    [1, actions],
  );
  const blockRows = rowsPerBlock(actions);
  const block = (from: number, to: number) =>
    ops.sigmoid(ops.add(minus, ops.tensor(scores.subarray(from, to), [to - from, 1])));
  return {
    tensors: [minus],
    payoffs: (seat, policies) => ops.rowBlocks(actions, blockRows, block, policies[1 - seat]),
  };
}

/**
 * Bradley–Terry preferences P(a ≻ b) = σ(r_a − r_b) without their matrix: two products with the factors of
 * `logistic-nodes.ts`, exact to rounding, O(K·nodes). Where the scores spread so far that the factors would cost more than
 * the matrix (or 4 GB), blocks of rows instead. The span is exact: 2σ(r_max − r_min) − 1.
 */
export function bradleyTerryGame(scores: Float64Array, options: BradleyTerryOptions = {}): OperatorGame {
  const { name = 'bradley-terry', definition, ...rest } = options;
  const actions = scores.length;
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0)
    throw new NashlabError('bad-game', {
      what: `score ${scores[bad]}`,
      where: `scores[${bad}]`,
      expected: 'a finite number (a logarithm of a strength)',
    });
  const [low, high] = extremes(scores);
  // An exponential costs about as much as four products.
  const widest = Math.min(2 * actions, largestFactors / actions);
  // At least five points per unit of range are needed: no search where that is too many already.
  const nodes = 5 * (high - low) < widest ? logisticNodes(low, high) : undefined;
  const few = nodes !== undefined && nodes.points.length <= widest ? nodes : undefined;
  return operatorGame({
    name,
    actions,
    ...rest,
    bytes: few === undefined ? 2 * scores.byteLength : 2 * actions * few.points.length * 8,
    work: few === undefined ? blockWork(actions, entryWork) : factorWork({ actions, rank: few.points.length }),
    payoffSpan: actions < 2 ? 0 : Math.tanh((high - low) / 2),
    payoffSpanIs: 'exact',
    preference: (a, b) => logistic(scores[a] - scores[b]),
    place: (ops) => (few === undefined ? placeBlocks(ops, scores) : placeFactors(ops, factorsOf(scores, few))),
    definition: definition ?? (() => ({ kind: 'bradley-terry', scores: Array.from(scores) })),
  });
}
