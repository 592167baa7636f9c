import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import type { OperatorGame } from '../../../games/operators/operator-game.ts';
import { cpuBackend } from '../../../src/numerics/cpu/backend.ts';
import type { Ops } from '../../../src/numerics/ops.ts';
import { gameSize } from '../../../src/solve/memory.ts';
import { problemSize } from '../../../src/solve/problem-size.ts';
import { temporaryFolder } from '../files.ts';
import { operatorSamples } from './samples.ts';

const { folder } = temporaryFolder();
const actions = 600;
const samples = Object.entries(operatorSamples(folder, actions));

/** What one payoff evaluation does: entries of matrices multiplied per run, entries of blocks made, numbers sent. */
function counted(game: OperatorGame, runs: number): { multiplied: number; made: number; sent: number } {
  // As a device has it: no sparse product.
  const { sparseMatVec: _absent, ...ops } = cpuBackend().ops;
  const seen = { multiplied: 0, made: 0, sent: 0 };
  let inBlock = false;
  const watched: Ops = {
    ...ops,
    tensor(values, shape) {
      seen.sent += values.length;
      return ops.tensor(values, shape);
    },
    matVec(matrix, vector) {
      if (!inBlock) seen.multiplied += matrix.shape[1] * matrix.shape[2];
      return ops.matVec(matrix, vector);
    },
    rowBlocks(rows, blockRows, block, vector) {
      const watchedBlock: typeof block = (from, to) => {
        inBlock = true;
        const made = block(from, to);
        inBlock = false;
        seen.made += made.shape[0] * made.shape[1];
        return made;
      };
      return ops.rowBlocks(rows, blockRows, watchedBlock, vector);
    },
  };
  const policy = ops.fill([runs, actions], 1 / actions);
  const { payoffs } = game.place(watched);
  seen.sent = 0;
  payoffs(0, [policy, policy]);
  return seen;
}

describe('the work of an evaluation', () => {
  test.each(samples)('%s: is shared by runs where blocks are made, and else what is multiplied', (name, game) => {
    const { work } = game;
    const { multiplied, made, sent } = counted(game, 1);
    expect(counted(game, 3)).toEqual({ multiplied, made, sent });
    expect(work.fromHost === true).toBe(sent >= actions * actions);
    if (name === 'sparse') {
      const entries = 2 * (game.document().pairs?.length ?? 0);
      expect(work.shared).toBe(0);
      expect(work.perRun / entries).toBeGreaterThanOrEqual(1);
      expect(work.perRun).toBeLessThan(actions * actions);
    } else if (made === 0) expect(work).toEqual({ perRun: multiplied, shared: 0 });
    else {
      expect(made).toBe(actions * actions);
      expect(work.shared).toBeGreaterThan(made);
      expect(work.perRun).toBeLessThan(made);
    }
  });

  test('of blocks grows with the columns that make them', () => {
    const [two, thirty] = [2, 30].map((rank) => operatorSamples(folder, actions, rank)['low rank, sigmoid'].work);
    expect(thirty.perRun).toBe(two.perRun);
    expect(thirty.shared).toBeGreaterThan(1.5 * two.shared);
  });

  test.each(samples)('%s: is what batches are cut by and what a backend is chosen by', (_name, game) => {
    const { perRun, shared, fromHost } = game.work;
    expect(gameSize(game)).toEqual({ actions: [actions], bytes: game.bytes, work: game.work });
    expect(problemSize(game, 5)).toEqual({
      actions,
      runs: 5,
      work: shared + 5 * perRun,
      ...(fromHost ? { fromHost } : {}),
    });
  });

  test('of a game with a matrix is its size', () => {
    const game = catalogueGame('blotto:5,3');
    expect(gameSize(game)).not.toHaveProperty('work');
    expect(problemSize(game, 2)).toEqual({ actions: Math.max(...game.actions), runs: 2 });
  });
});
