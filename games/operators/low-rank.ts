import { NashlabError } from '../../src/core/errors.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { Game } from '../../src/solve/game.ts';
import type { GameDocument } from '../game-document.ts';
import { type Embeddings, skewScore, turnedColumns, turnedRows } from './embeddings.ts';
import { factorWork, placeFactors } from './factored.ts';
import { largestScore } from './largest-score.ts';
import { logistic } from './logistic.ts';
import { type OperatorGame, operatorGame } from './operator-game.ts';
import { blockRanges, blockWork, rowsPerBlock } from './row-blocks.ts';

/** From scores to preferences: P = σ(scale·s), or P = ½ + scale·s. */
export type Link = 'sigmoid' | 'linear';

export interface LowRankOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly scale?: number;
  readonly link?: Link;
  /** What the document says instead of all embeddings: the catalogue text or the file they come from. */
  readonly definition?: () => Pick<GameDocument, 'kind'> & Partial<GameDocument>;
}

/** Rounding allowed beyond [0, 1], as for the entries of a matrix. */
const tolerance = 1e-9;

/** Products that may be spent on showing that linear preferences are probabilities: some ten seconds. */
const patient = 1e10;

/** The largest |scale·s|, for linear preferences at most ½. Throws `bad-game` where they leave [0, 1], `too-large` where that cannot be told. */
function largestMargin(embeddings: Embeddings, scale: number, link: Link): { value: number; exact: boolean } {
  const quick = largestScore(embeddings);
  const bound = Math.abs(scale) * quick.value;
  if (link === 'sigmoid' || bound <= 0.5 + tolerance) return { value: bound, exact: quick.exact };
  const found = quick.exact ? quick : largestScore(embeddings, patient);
  const value = Math.abs(scale) * found.value;
  const most = `a scale of at most ${Number((0.5 / found.value).toPrecision(6))}, or the link "sigmoid"`;
  if (!found.exact)
    throw new NashlabError('too-large', {
      what: `preferences ½ + ${scale}·s cannot be shown to stay in [0, 1]: the lengths of the embeddings allow |s| up to ${found.value}, and ${embeddings.actions} actions are too many to try all pairs`,
      where: 'scale',
      expected: most,
    });
  if (value > 0.5 + tolerance) {
    const [a, b] = found.pair as readonly [number, number];
    throw new NashlabError('bad-game', {
      what: `preference ${0.5 + scale * skewScore(embeddings, a, b)} of action ${a + 1} to action ${b + 1} (½ + scale·s)`,
      where: `embeddings[${a}] and embeddings[${b}]`,
      expected: `probabilities in [0, 1]: ${most}`,
    });
  }
  return { value, exact: true };
}

/** An entry of a block in multiply-adds, measured with 2 to 128 columns: its sigmoid, and for each column of the embeddings. */
const sigmoidWork = 8.5;
const columnWork = 0.2;

/** P = σ(scale·s), a block of rows at a time: the scores of a block are one product `[1, K, rank]` × `[b, rank]` → `[b, K]`. */
function placeSigmoid(ops: Ops, embeddings: Embeddings, scale: number): ReturnType<Game['place']> {
  const { actions, rank, values } = embeddings;
  const all = ops.tensor(values, [1, actions, rank]);
  const turned = turnedRows(embeddings, scale);
  const blockRows = rowsPerBlock(actions);
  const blocks = blockRanges(actions, blockRows).map(([from, to]) =>
    ops.tensor(turned.subarray(from * rank, to * rank), [to - from, rank]),
  );
  const block = (from: number) => ops.sigmoid(ops.matVec(all, blocks[from / blockRows]));
  return {
    tensors: [all, ...blocks],
    payoffs: (seat, policies) => ops.rowBlocks(actions, blockRows, block, policies[1 - seat]),
  };
}

/**
 * General preference embeddings (Zhang et al., ICML 2025): each action has an embedding of 2k numbers, and the skew score
 * s_ab = Σ_l (a_2l·b_2l+1 − a_2l+1·b_2l) turns in k planes, so that cycles need no more than one of them. Link `sigmoid`:
 * P = σ(scale·s) (scale = 1/τ of the paper), evaluated in blocks of rows, O(K²·k) time and O(K·k) memory. Link `linear`:
 * P = ½ + scale·s, exactly two products, O(K·k). The span is exact for up to about 10,000 actions of 4 numbers (all pairs are
 * tried), above it an upper bound from the lengths of the embeddings.
 */
export function lowRankGame(embeddings: Embeddings, options: LowRankOptions = {}): OperatorGame {
  const { name = 'low-rank-preference', scale = 1, link = 'sigmoid', definition, ...rest } = options;
  const { actions, rank, values } = embeddings;
  if (!Number.isFinite(scale))
    throw new NashlabError('bad-game', { what: `scale ${scale}`, where: 'scale', expected: 'a finite number' });
  const margin = largestMargin(embeddings, scale, link);
  const written = () => ({
    kind: 'low-rank-preference' as const,
    embeddings: Array.from({ length: actions }, (_, a) => Array.from(values.subarray(a * rank, (a + 1) * rank))),
    scale,
    link,
  });
  return operatorGame({
    name,
    actions,
    ...rest,
    bytes: 2 * values.byteLength,
    work: link === 'linear' ? factorWork(embeddings) : blockWork(actions, sigmoidWork + columnWork * rank),
    payoffSpan: link === 'linear' ? 2 * margin.value : Math.tanh(margin.value / 2),
    payoffSpanIs: margin.exact ? 'exact' : 'upper bound',
    preference: (a, b) => {
      const score = scale * skewScore(embeddings, a, b);
      return link === 'linear' ? 0.5 + score : logistic(score);
    },
    place: (ops) => {
      if (link === 'sigmoid') return placeSigmoid(ops, embeddings, scale);
      return placeFactors(ops, { actions, rank, left: values, right: turnedColumns(embeddings, scale) }, 0.5);
    },
    definition: definition ?? written,
  });
}
