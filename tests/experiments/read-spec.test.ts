import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandExperiment } from '../../experiments/expand.ts';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { experimentJsonSchema } from '../../experiments/write-schema.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { packageRoot } from '../../src/core/package-root.ts';
import { workplace } from '../cli/command.ts';
import { yamlOf } from './specification.ts';

const place = workplace();

function read(text: string, ...overrides: readonly string[]): ReturnType<typeof readExperiment> {
  return readExperiment(join(place.folder, place.write('spec.yaml', text)), overrides);
}

/** Code and place of the error that reading throws. */
function refusal(text: string, ...overrides: readonly string[]): { code: string; where: string | undefined } {
  try {
    read(text, ...overrides);
  } catch (error) {
    if (error instanceof NashlabError)
      return { code: error.code, where: error.parts.where?.replace(`${place.folder}/`, '') };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('an error in an experiment file', () => {
  it.each([
    ['an unknown key', `${yamlOf()}nmae: x\n`, 'spec.yaml:6'],
    ['a value of the wrong type', yamlOf({ seeds: '{ a: 1 }' }), 'spec.yaml:6'],
    ['an entry of the wrong type', `${yamlOf()}seeds:\n  - 0\n\n  - [1]\n`, 'spec.yaml:9'],
    ['an unknown key of a solver', yamlOf({ solvers: '\n  - exact\n  - { name: hedge, tau: 0 }' }), 'spec.yaml:6'],
    [
      'a swept parameter without values',
      yamlOf({ solvers: '[{ name: hedge, params: { stepSize: [] } }]' }),
      'spec.yaml:4',
    ],
    ['an infinite number', yamlOf({ tolerance: '.inf' }), 'spec.yaml:6'],
    ['NaN', yamlOf({ temperatures: '[.nan]' }), 'spec.yaml:6'],
    ['a fraction of a call', yamlOf({ budget: '{ calls: 1.5 }' }), 'spec.yaml:5'],
    ['an alias without an anchor', yamlOf({ seeds: '*none' }), 'spec.yaml:6'],
    ['two documents', `${yamlOf()}---\nname: b\n`, 'spec.yaml:6'],
    ['an unclosed list', yamlOf({ seeds: '[1, 2' }), 'spec.yaml:7'],
    ['a list instead of keys', '- a\n- b\n', 'spec.yaml:1'],
    ['a missing key', 'name: a\n', 'spec.yaml'],
    ['an empty file', '', 'spec.yaml'],
  ])('is placed: %s', (_what, text, where) => {
    expect(refusal(text)).toEqual({ code: 'bad-spec', where });
  });

  it('in an override is placed there, also where the file has the key', () => {
    expect(refusal(yamlOf(), 'budget.calls=0')).toEqual({ code: 'bad-spec', where: '--set budget.calls' });
    expect(refusal(yamlOf(), 'budget.cals=10')).toEqual({ code: 'bad-spec', where: '--set budget.cals' });
    expect(refusal(yamlOf(), 'seeds=none')).toEqual({ code: 'bad-spec', where: '--set seeds' });
    expect(refusal(yamlOf(), 'tau=0.1')).toEqual({ code: 'bad-spec', where: '--set tau' });
  });

  it('beside an override keeps its line', () => {
    expect(refusal(`${yamlOf()}nmae: x\n`, 'seeds=[1]')).toEqual({ code: 'bad-spec', where: 'spec.yaml:6' });
  });
});

describe('--set', () => {
  it('replaces values, entries of lists and whole keys, and adds what is not there; the value is YAML', () => {
    const { experiment } = read(
      yamlOf({ solvers: '[exact, hedge]' }),
      'budget.calls=7',
      'solvers.1=nash-md',
      'seeds=[1, two]',
      'start=random',
      'tolerance=1e-3',
    );
    expect(experiment).toMatchObject({
      budget: { calls: 7 },
      solvers: ['exact', 'nash-md'],
      seeds: [1, 'two'],
      start: 'random',
      tolerance: 1e-3,
    });
  });

  it('may hold an equals sign, and the last one counts', () => {
    const { experiment } = read(yamlOf(), 'games=["random:n=5"]', 'name=a', 'name=b');
    expect(experiment).toMatchObject({ games: ['random:n=5'], name: 'b' });
  });

  it('leaves the file alone', () => {
    read(yamlOf(), 'name=other');
    expect(place.read('spec.yaml')).toBe(yamlOf());
  });
});

describe('what ships with nashlab', () => {
  it('the JSON Schema for editors is current: npm run schema writes it, npm run format breaks its lines', () => {
    const file = join(packageRoot(), 'experiments', 'experiment.schema.json');
    const compact = (text: string): string => JSON.stringify(JSON.parse(text));
    expect(compact(readFileSync(file, 'utf8'))).toBe(compact(experimentJsonSchema()));
  });

  it('the JSON Schema refuses unknown keys, as reading does', () => {
    const schema = JSON.parse(experimentJsonSchema()) as { additionalProperties: boolean; required: string[] };
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required.sort()).toEqual(['budget', 'games', 'name', 'question', 'solvers']);
  });

  it('there are ready experiments', () => {
    expect(readyExperiments()).toContain('disagreeing-judges');
  });

  it.each(readyExperiments())('%s is named as its file, points editors to the schema, and can be run', async (name) => {
    const read = readExperiment(name);
    expect(read.experiment.name).toBe(name);
    expect(readFileSync(read.file, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/experiment\.schema\.json\n/,
    );
    const { cells, games } = await expandExperiment(read, () => {});
    expect(cells.length).toBeGreaterThan(0);
    expect(new Set(cells.map(({ cell }) => cell.game.hash))).toEqual(new Set(Object.keys(games)));
  });
});
