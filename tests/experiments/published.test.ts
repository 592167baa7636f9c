import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../experiments/read-spec.ts';
import { runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment } from '../../experiments/store.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { workplace } from '../cli/command.ts';
import { cellsOf, circle, yamlOf } from './specification.ts';

const place = workplace();
place.write('circle.json', circle);

/** A published figure as YAML over several lines, so that errors can be placed: `ours` is on the last one. */
function figure(ours = '{ metric: duality-gap }', changes: Readonly<Record<string, string>> = {}): string {
  const keys = { what: 'a gap', value: '0.1', source: 'a paper', differs: 'all', ...changes };
  const lines = Object.entries(keys).map(([key, value], k) => `${k === 0 ? '- ' : '  '}${key}: ${value}`);
  return `\n${[...lines, `  ours: ${ours}`].map((line) => `  ${line}`).join('\n')}`;
}

function read(published: string, changes: Readonly<Record<string, string>> = {}, ...overrides: readonly string[]) {
  const file = place.write('spec.yaml', yamlOf({ ...changes, published }));
  return readExperiment(join(place.folder, file), overrides);
}

function refusal(action: () => unknown): { code: string; where: string | undefined; what: string } {
  try {
    action();
  } catch (error) {
    if (!(error instanceof NashlabError)) throw error;
    const { where, what, expected } = error.parts;
    return { code: error.code, where: where?.replace(`${place.folder}/`, ''), what: `${what} ${expected}` };
  }
  throw new Error('nothing was thrown');
}

describe('published figures of an experiment file', () => {
  it('take a number or a range, and default to the median at the end', () => {
    const { experiment } = read(`${figure()}${figure(undefined, { value: '[0.1, 0.2]', unit: 'nats' }).slice(0)}`);
    expect(experiment.published).toEqual([
      {
        what: 'a gap',
        value: 0.1,
        source: 'a paper',
        differs: 'all',
        ours: { metric: 'duality-gap', at: 'end', statistic: 'median' },
      },
      expect.objectContaining({ value: [0.1, 0.2], unit: 'nats' }),
    ]);
  });

  it.each([
    ['an unknown metric', figure('{ metric: dualty-gap }'), 'unknown-name', 'nearest: duality-gap'],
    ['an unknown solver', figure('{ metric: duality-gap, solver: hedg }'), 'unknown-name', 'nearest: hedge'],
    ['an unknown key of ours', figure('{ metric: duality-gap, itrate: last }'), 'bad-spec', 'iterate'],
    ['an unknown key of at', figure('{ metric: duality-gap, at: { stp: 3 } }'), 'bad-spec', 'one of step'],
    ['an unknown statistic', figure('{ metric: duality-gap, statistic: mean }'), 'bad-spec', 'statistic'],
    ['half a step', figure('{ metric: duality-gap, at: { step: 0.5 } }'), 'bad-spec', 'at'],
    ['neither metric nor probability', figure('{ solver: hedge }'), 'bad-spec', 'metric or probability'],
    ['both', figure('{ metric: nash-conv, probability: rock }'), 'bad-spec', 'metric or probability'],
    ['a probability at a step', figure('{ probability: rock, at: { step: 3 } }'), 'bad-spec', 'at the end only'],
    [
      'a best iterate at a step',
      figure('{ metric: nash-conv, iterate: best, at: { step: 3 } }'),
      'bad-spec',
      'at the end only',
    ],
  ])('%s is an error with its line', (_what, published, code, words) => {
    const found = refusal(() => read(published));
    expect(found).toMatchObject({ code, where: 'spec.yaml:11' });
    expect(found.what).toContain(words);
  });

  it.each([
    ['an unknown key', figure(undefined, { vlaue: '3' }), 'unknown key "vlaue"', 'spec.yaml:11'],
    ['a range upside down', figure(undefined, { value: '[2, 1]' }), 'a range runs from low to high', 'spec.yaml:8'],
    ['a range of three', figure(undefined, { value: '[1, 2, 3]' }), 'published.0.value', 'spec.yaml:8'],
    ['an empty sentence', figure(undefined, { what: '""' }), 'published.0.what', 'spec.yaml:7'],
    ['no figure at all', '[]', 'published', 'spec.yaml:6'],
  ])('%s is an error with its line', (_what, published, words, where) => {
    const found = refusal(() => read(published));
    expect(found).toMatchObject({ code: 'bad-spec', where });
    expect(found.what).toContain(words);
  });

  it('in an override are placed there', () => {
    const found = refusal(() => read(figure(), {}, 'published.0.ours.metric=gap'));
    expect(found).toMatchObject({ code: 'unknown-name', where: '--set published.0.ours.metric' });
  });

  it('do not touch the ids of cells', async () => {
    const ids = async (changes: Readonly<Record<string, string>>) =>
      (await cellsOf(place, changes)).map(({ id }) => id);
    expect(await ids({ published: figure() })).toEqual(await ids({}));
  });
});

describe('published figures in a store', () => {
  const solvers = '[hedge]';
  const changes = { solvers, temperatures: '[0]', budget: '{ steps: 5 }', games: '["blotto:2,2"]' };
  const run = async (published: string | undefined, out: string) => {
    const text = yamlOf({ ...changes, ...(published === undefined ? {} : { published }) });
    const spec = readExperiment(join(place.folder, place.write('stored.yaml', text)));
    return runExperiment(cpuBackend(), spec, { out: join(place.folder, out), note: () => {} });
  };

  it('are kept, with solvers and games by the names that runs have, and change without a run', async () => {
    const first = await run(undefined, 'kept');
    expect(loadExperiment(first.folder).experiment).not.toHaveProperty('published');
    const again = await run(figure('{ metric: duality-gap, solver: mwu, game: "blotto:2,2" }'), 'kept');
    expect(again).toMatchObject({ resumed: 1, computed: 0 });
    const { experiment, runs } = loadExperiment(again.folder);
    const [{ cell }] = runs;
    expect(experiment.published?.[0].ours).toMatchObject({ solver: 'hedge', game: cell.game.name });
    expect(cell.game.name).not.toBe('blotto:2,2');
  });

  it('that are damaged are refused with their place', async () => {
    const { folder } = await run(figure(), 'damaged');
    const file = join(folder, 'experiment.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"differs"', '"differ"'));
    const found = refusal(() => loadExperiment(folder));
    expect(found.code).toBe('bad-run');
    expect(found.where).toContain('published.0');
  });
});
