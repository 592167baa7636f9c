import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readExperiment } from '../../experiments/read-spec.ts';
import { runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment } from '../../experiments/store.ts';
import { verifyExperiment } from '../../experiments/verify.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { workplace } from '../cli/command.ts';

const place = workplace();
const at = (file: string) => join(place.folder, file);

const text = (more: string) => `
name: players
question: Who pulls whom?
games: [{ game: rps, players: 3 }]
reference: random
start: random
temperatures: [0.2]
${more}
budget: { steps: 2000 }
`;

async function run(name: string, more: string) {
  place.write(name, text(more));
  const outcome = await runExperiment(cpuBackend(), readExperiment(at(name)), {
    out: at(`runs-${name}`),
    workers: 1,
    note: () => {},
  });
  return outcome;
}

it('temperatures of single players are kept in cells, and solved for', async () => {
  const alike = await run('alike.yaml', 'solvers: [mirror-descent]');
  const apart = await run('apart.yaml', 'solvers: [mirror-descent]\nroleTemperatures: [1, 4, 0.5]');
  expect(alike.runs[0].cell.roleTemperatures).toBeUndefined();
  expect(apart.runs[0].cell.roleTemperatures).toEqual([1, 4, 0.5]);
  const [run1, run2] = [alike, apart].map(({ runs }) => runs[0]);
  expect(run2.id).not.toBe(run1.id);
  expect(run2.result.code).toBe('converged');
  // Whom four times the temperature pulls stays nearer to the reference.
  const spread = ({ iterates }: typeof run1, role: number) => Math.max(...(iterates.last?.profile[role] ?? []));
  expect(spread(run2, 1)).not.toBeCloseTo(spread(run1, 1), 2);
  expect((await verifyExperiment(cpuBackend(), loadExperiment(apart.folder))).every(({ agrees }) => agrees)).toBe(true);
});

it('a sweep of populations makes cells that say whom they met, and another file gives the same ones', async () => {
  place.write('teacher.json', '[1, 0, 0]');
  const swept = "solvers: [{ name: mirror-descent, population: [others, 'recent:2', 'external:teacher.json'] }]";
  const { runs } = await run('swept.yaml', swept);
  expect(runs.map(({ cell }) => cell.population?.name)).toEqual(['others', 'recent', 'external']);
  // What the file said stands in the cell, not its name alone.
  expect(runs[2].cell.population?.params).toMatchObject({
    policies: [
      {
        name: 'teacher.json',
        profile: [
          [1, 0, 0],
          [1, 0, 0],
          [1, 0, 0],
        ],
      },
    ],
  });
  expect(new Set(runs.map(({ id }) => id)).size).toBe(3);
});
