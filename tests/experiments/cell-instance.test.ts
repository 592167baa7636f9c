import { describe, expect, it } from 'vitest';
import { batchInstance, instanceOf } from '../../experiments/cell-instance.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { rowsOfRun } from '../../src/solve/problem.ts';

const game = catalogueGame('cyclic:5');
const cell = (seed: string, start: 'reference' | 'random') =>
  ({ temperature: 0.1, reference: 'random', start, seed }) as const;

describe('a random reference', () => {
  it('is drawn with the seed, apart from the start', () => {
    const [a, b] = ['1', '2'].map((seed) => instanceOf(cell(seed, 'random'), game));
    expect(a).toEqual(instanceOf(cell('1', 'random'), game));
    expect(a.reference).not.toEqual(b.reference);
    expect(a.reference).not.toEqual(a.start);
    expect(instanceOf(cell('1', 'reference'), game).start).toEqual(a.reference);
  });

  it('stays each run’s own in a batch', () => {
    const cells = [cell('1', 'reference'), cell('2', 'reference'), cell('1', 'random')];
    const batch = batchInstance(cells, game);
    cells.forEach((one, run) => {
      const alone = instanceOf(one, game);
      expect(rowsOfRun(batch.reference, game.actions, run)).toEqual(alone.reference);
      expect(rowsOfRun(batch.start, game.actions, run)).toEqual(alone.start);
    });
  });
});
