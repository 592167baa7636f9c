import { NashlabError } from '../../src/core/errors.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { GameDocument } from '../game-document.ts';
import type { BinaryFormat, NumberFile } from './matrix-file.ts';
import { type OperatorGame, operatorGame } from './operator-game.ts';
import { blockWork, rowsPerBlock } from './row-blocks.ts';

export interface StreamedOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  /** What the document says; the path and hash of the binary file where absent. */
  readonly definition?: () => Pick<GameDocument, 'kind'> & Partial<GameDocument>;
}

/** Reading an entry in multiply-adds, measured where the system keeps the file in memory; a disk may take ten times as long. */
const readWork = 1.6;

/** Side of the tiles that are checked against their mirror images: two of them take 16 MB. */
const tile = 1024;

/** Allowed deviation of P + Pᵀ from 1; float32 rounds both entries by up to 2⁻²⁵. */
const pairTolerance: Readonly<Record<BinaryFormat, number>> = { f64: 1e-9, f32: 2 ** -23 };

/**
 * Reads the whole matrix once, tile by tile with its mirror image: every entry a probability, P + Pᵀ = 1. Returns the span
 * of the entries. Throws `bad-game` naming the entry.
 */
function checkMatrix(matrix: NumberFile, actions: number): number {
  const tolerance = pairTolerance[matrix.format];
  let [low, high] = [0.5, 0.5];
  const upper = new Float64Array(tile * tile);
  const lower = new Float64Array(tile * tile);
  const refuse = (what: string, a: number, b: number, expected: string): NashlabError =>
    new NashlabError('bad-game', { what, where: `${matrix.file}: entry [${a}][${b}]`, expected });
  matrix.reading((read) => {
    const load = (rows: number, columns: number, target: Float64Array): void => {
      const width = Math.min(tile, actions - columns);
      for (let k = 0; k < Math.min(tile, actions - rows); k++)
        read((rows + k) * actions + columns, width, target, k * tile);
    };
    for (let top = 0; top < actions; top += tile)
      for (let left = top; left < actions; left += tile) {
        load(top, left, upper);
        load(left, top, lower);
        for (let a = top; a < Math.min(actions, top + tile); a++)
          for (let b = left; b < Math.min(actions, left + tile); b++) {
            const own = upper[(a - top) * tile + b - left];
            const other = lower[(b - left) * tile + a - top];
            if (!(own >= 0 && own <= 1)) throw refuse(`preference ${own}`, a, b, 'a probability in [0, 1]');
            if (!(other >= 0 && other <= 1)) throw refuse(`preference ${other}`, b, a, 'a probability in [0, 1]');
            if (Math.abs(own + other - 1) > tolerance)
              throw refuse(
                `P[${a}][${b}] + P[${b}][${a}] = ${own + other}`,
                a,
                b,
                `P + Pᵀ = 1 within ${tolerance}: row-major numbers, P[a][b] the probability that a is preferred to b`,
              );
            low = Math.min(low, own, other);
            high = Math.max(high, own, other);
          }
      }
  });
  return high - low;
}

/** Entries one at a time; they come in pieces of a page or two, of which the last is kept. */
function entryReader(matrix: NumberFile, actions: number): (a: number, b: number) => number {
  const piece = new Float64Array(1024);
  let held = -1;
  return (a, b) => {
    const at = a * actions + b;
    const wanted = Math.floor(at / piece.length);
    if (wanted !== held) {
      const first = wanted * piece.length;
      matrix.reading((read) => read(first, Math.min(piece.length, matrix.length - first), piece));
      held = wanted;
    }
    return piece[at - wanted * piece.length];
  };
}

/**
 * A preference matrix that stays in its file and is read in blocks of rows at every evaluation. The file is read and checked
 * once at the start, and again asked for its size and time at every reading. The span is exact. Throws `bad-file` for a
 * count of numbers that is no square, `bad-game` naming an entry that breaks P + Pᵀ = 1 or leaves [0, 1].
 */
export function streamedGame(matrix: NumberFile, options: StreamedOptions = {}): OperatorGame {
  const { name = matrix.file, definition, ...rest } = options;
  const { path, format, length } = matrix;
  const actions = Math.round(Math.sqrt(length));
  if (actions * actions !== length)
    throw new NashlabError('bad-file', {
      what: `${length} numbers`,
      where: matrix.file,
      expected: 'a square matrix, n × n numbers row by row',
    });
  const payoffSpan = checkMatrix(matrix, actions);
  const blockRows = rowsPerBlock(actions);
  const place = (ops: Ops) => {
    const rows = new Float64Array(blockRows * actions);
    return {
      tensors: [],
      payoffs: (seat: number, policies: readonly Parameters<Ops['rowBlocks']>[3][]) =>
        matrix.reading((read) => {
          const block = (from: number, to: number) => {
            const count = (to - from) * actions;
            read(from * actions, count, rows);
            return ops.tensor(rows.subarray(0, count), [to - from, actions]);
          };
          return ops.rowBlocks(actions, blockRows, block, policies[1 - seat]);
        }),
    };
  };
  return operatorGame({
    name,
    actions,
    ...rest,
    bytes: 8 * blockRows * actions,
    work: { ...blockWork(actions, readWork), fromHost: true },
    payoffSpan,
    payoffSpanIs: 'exact',
    preference: entryReader(matrix, actions),
    place,
    definition: definition ?? (() => ({ kind: 'preference-file', file: path, format, hash: matrix.hash() })),
  });
}
