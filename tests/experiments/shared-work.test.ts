import { join } from 'node:path';
import { expect, it } from 'vitest';
import { computeBatch } from '../../experiments/compute.ts';
import { expandExperiment } from '../../experiments/expand.ts';
import { planWork } from '../../experiments/plan-work.ts';
import { readExperiment } from '../../experiments/read-spec.ts';
import { answerOf } from '../../experiments/store.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { workplace } from '../cli/command.ts';
import { yamlOf } from './specification.ts';

const place = workplace();

it('runs of a game made in blocks ride in one batch, and have the bytes they have alone', async () => {
  const file = place.write(
    'blocks.yaml',
    yamlOf({
      name: 'blocks',
      games: '["low-rank:n=2100,rank=2,seed=1"]',
      start: 'random',
      seeds: '[0, 1, 2]',
      budget: '{ calls: 2 }',
      metrics: '[regularized-gap]',
    }),
  );
  const { cells, sizes, games } = await expandExperiment(readExperiment(join(place.folder, file)), () => {});
  const { batches } = planWork(cells, sizes, { memory: 8e9, held: 2e8 });
  expect(batches.map((batch) => batch.cells.length)).toEqual([3]);
  const [{ cell }] = cells;
  const game = readGameDocument(games[cell.game.hash], cell.game.name);
  const together = await computeBatch(cpuBackend(), batches[0].cells, game);
  for (const run of together) {
    const own = cells.filter(({ id }) => id === run.id);
    const [alone] = await computeBatch(cpuBackend(), own, game);
    expect(answerOf(run)).toEqual(answerOf(alone));
  }
});
