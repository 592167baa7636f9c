import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandExperiment } from '../../experiments/expand.ts';
import { type ReadExperiment, readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment } from '../../experiments/store.ts';
import { reports } from '../../reports/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { workplace } from '../cli/command.ts';

const place = workplace();
const tiny = { steps: 12 };

/** The experiment with one seed and a few steps: every game, solver and temperature is still there. */
function cutShort(read: ReadExperiment): ReadExperiment {
  const { experiment } = read;
  const solvers = experiment.solvers.map((entry) =>
    typeof entry === 'string' || entry.budget === undefined ? entry : { ...entry, budget: tiny },
  );
  return { ...read, experiment: { ...experiment, solvers, seeds: experiment.seeds.slice(0, 1), budget: tiny } };
}

describe('ready experiments', () => {
  it('there are fifteen', () => expect(readyExperiments()).toHaveLength(15));

  it.each(readyExperiments())('%s asks a question, under its own name, and expands', async (name) => {
    const read = readExperiment(name);
    expect(read.experiment.name).toBe(name);
    expect(read.experiment.question).toMatch(/\?/);
    const { cells } = await expandExperiment(read, () => {});
    expect(cells.length).toBeGreaterThan(1);
  });

  it.each(readyExperiments())('%s runs to the end, violates no theorem, and reports', async (name) => {
    const out = join(place.folder, 'runs');
    const outcome = await runExperiment(cpuBackend(), cutShort(readExperiment(name)), {
      out,
      workers: 1,
      note: () => {},
    });
    expect(outcome.open).toBe(0);
    const broken = outcome.runs.filter(
      ({ result, guarantee }) => result.code === 'non-finite' || guarantee?.status === 'violated',
    );
    expect(broken.map(({ cell, guarantee }) => [cell.game.name, cell.solver, cell.temperature, guarantee])).toEqual([]);
    const loaded = loadExperiment(outcome.folder);
    const template = Object.values(reports).find((report) => report.name === loaded.experiment.report);
    expect(await template?.render([loaded])).toMatch(/^<!doctype html>/i);
  });
});
