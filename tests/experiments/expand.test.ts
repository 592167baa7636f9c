import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellId } from '../../experiments/cell-id.ts';
import { expandExperiment } from '../../experiments/expand.ts';
import { readExperiment } from '../../experiments/read-spec.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { workplace } from '../cli/command.ts';
import { cellsOf, circle, yamlOf } from './specification.ts';

const place = workplace();
const ids = (cells: readonly { readonly id: string }[]): string[] => cells.map(({ id }) => id);

describe('the id of a cell', () => {
  it('is fixed: a stored run of today is found by every later version', async () => {
    const [one] = await cellsOf(place, {});
    expect(one.cell).toEqual({
      game: { name: 'circle.json', hash: '4d35e76d5a30bdf434b18eafcea03f52b4421a4cea4be74ef4e792b3405b30ff' },
      solver: { name: 'extragradient', params: { stepSize: 1.6666666666666667 } },
      temperature: 0.1,
      reference: 'uniform',
      start: 'reference',
      seed: '0',
      steps: 50,
      tolerance: 1e-9,
      iterate: 'last',
      metrics: [],
      given: { params: {} },
    });
    expect(one.id).toBe('6a2a1ec036dc05afe67f7a4a02bd22adc1095a82fac37380a9edbd5bd6d62aa3');
  });

  it('is the hash of the content of the cell', async () => {
    for (const { id, cell } of await cellsOf(place, { solvers: '[exact, nash-md]' })) expect(cellId(cell)).toBe(id);
  });

  it('does not depend on the name, the question, the order of the file or its other cells', async () => {
    const [one] = ids(await cellsOf(place, {}));
    const many = {
      name: 'other',
      question: 'Why?',
      games: '[rps, circle.json]',
      solvers: '[exact, nash-md, extragradient]',
      temperatures: '[0.5, 0.1]',
    };
    expect(ids(await cellsOf(place, many))).toContain(one);
  });

  it.each([
    ['solvers', '[nash-md]'],
    ['solvers', '[{ name: extragradient, iterate: average }]'],
    ['solvers', '[{ name: extragradient, params: { stepSize: 0.1 } }]'],
    ['temperatures', '[0.2]'],
    ['reference', '[0.5, 0.25, 0.25]'],
    ['start', 'uniform'],
    ['start', '[0.5, 0.25, 0.25]'],
    ['budget', '{ calls: 102 }'],
    ['tolerance', '0'],
    ['metrics', '[nash-conv]'],
    ['games', '[rps]'],
  ])('changes with what it says: %s %s', async (key, value) => {
    const [one] = ids(await cellsOf(place, {}));
    expect(ids(await cellsOf(place, { [key]: value }))).not.toContain(one);
  });

  it('does not depend on how a number is written, or on giving a default', async () => {
    const [one] = ids(await cellsOf(place, {}));
    const written: readonly Record<string, string>[] = [
      { budget: '{ steps: 50 }' },
      { temperatures: '[1.0e-1]' },
      { start: 'reference' },
      { tolerance: '0.000000001' },
      { seeds: '[0]' },
      { solvers: '[{ name: extragradient, params: { stepSize: 2/(span+2*tau) } }]' },
    ];
    for (const changes of written) expect(ids(await cellsOf(place, changes))).toEqual([one]);
  });
});

describe('a sweep', () => {
  it('is every combination, in the order of the file: games, seeds, solvers, temperatures, parameters', async () => {
    const cells = await cellsOf(place, {
      games: '[circle.json, rps]',
      seeds: '[7, 3]',
      start: 'random',
      solvers: '[nash-md, { name: extragradient, params: { stepSize: [0.2, 0.1] } }]',
      temperatures: '[0.2, 0.1]',
    });
    const short = cells.map(({ cell: { game, seed, solver, temperature } }) =>
      [game.name, seed, solver.name, temperature, solver.name === 'nash-md' ? '' : solver.params.stepSize].join(' '),
    );
    const expected = ['circle.json', 'rps'].flatMap((game) =>
      ['7', '3'].flatMap((seed) => [
        ...['0.2', '0.1'].map((tau) => `${game} ${seed} nash-md ${tau} `),
        ...['0.2', '0.1'].flatMap((tau) => ['0.2', '0.1'].map((eta) => `${game} ${seed} extragradient ${tau} ${eta}`)),
      ]),
    );
    expect(short).toEqual(expected);
  });

  it('keeps the ids of its other cells when a seed, a game or a solver is added', async () => {
    const small = {
      start: 'random',
      seeds: '[0, 1]',
      solvers: '[extragradient, exact]',
      games: '[circle.json, random:n=4]',
    };
    const before = ids(await cellsOf(place, small));
    const grown = [
      { seeds: '[0, 1, 2]' },
      { seeds: '[2, 1, 0]' },
      { games: '[tournament:n=5, circle.json, random:n=4]' },
      { solvers: '[nash-md, extragradient, exact]' },
    ];
    for (const change of grown) {
      const after = ids(await cellsOf(place, { ...small, ...change }));
      expect(after).toEqual(expect.arrayContaining(before));
      expect(after.length).toBeGreaterThan(before.length);
    }
  });

  it('holds no cell twice: repeated games, solvers, temperatures, seeds', async () => {
    const once = ids(await cellsOf(place, {}));
    const repeats = {
      games: '[circle.json, circle.json]',
      solvers: '[extragradient, { name: extragradient }, { name: extragradient, temperature: 0.1 }]',
      temperatures: '[0.1, 0.1]',
      seeds: '[0, "0", 0]',
    };
    expect(ids(await cellsOf(place, repeats))).toEqual(once);
  });

  it('has one cell for all seeds where nothing is drawn, and for a direct method', async () => {
    expect(await cellsOf(place, { seeds: '[0, 1, 2]' })).toHaveLength(1);
    expect(await cellsOf(place, { seeds: '[0, 1, 2]', start: 'random' })).toHaveLength(3);
    expect(await cellsOf(place, { seeds: '[0, 1, 2]', start: 'random', solvers: '[exact]' })).toHaveLength(1);
    expect(await cellsOf(place, { seeds: '[0, 1, 2]', reference: 'random', solvers: '[exact]' })).toHaveLength(3);
  });

  it('draws a random game for each seed, unless the file gives its seed', async () => {
    const drawn = await cellsOf(place, { games: '[random:n=4]', seeds: '[0, 1]', solvers: '[exact]' });
    expect(drawn.map(({ cell }) => cell.game.name)).toEqual(['random:n=4,seed=0', 'random:n=4,seed=1']);
    expect(drawn.map(({ cell }) => cell.game.group)).toEqual(['random:n=4', 'random:n=4']);
    expect(new Set(drawn.map(({ cell }) => cell.game.hash)).size).toBe(2);
    const given = await cellsOf(place, { games: '["random:n=4,seed=9"]', seeds: '[0, 1]' });
    expect(given).toHaveLength(1);
    expect(given[0].cell.game).not.toHaveProperty('group');
  });

  it('replaces the temperatures by the solver’s own', async () => {
    const solvers = '[{ name: hedge, temperature: 0 }, extragradient]';
    const cells = await cellsOf(place, { solvers, temperatures: '[0.3, 0.2]' });
    expect(cells.map(({ cell }) => cell.temperature)).toEqual([0, 0.3, 0.2]);
  });

  it('counts a budget of calls in the steps that each solver pays for', async () => {
    const cells = await cellsOf(place, { solvers: '[mirror-descent, extragradient]', budget: '{ calls: 101 }' });
    expect(cells.map(({ cell }) => cell.steps)).toEqual([101, 50]);
    const own = await cellsOf(place, {
      solvers: '[{ name: mirror-descent, budget: { steps: 7 } }, extragradient]',
      budget: '{ calls: 100 }',
    });
    expect(own.map(({ cell }) => cell.steps)).toEqual([7, 50]);
    const both = await cellsOf(place, { budget: '{ calls: 100, steps: 20 }' });
    expect(both[0].cell.steps).toBe(20);
  });
});

describe('the games of an experiment', () => {
  it('are found beside its file, wherever nashlab is started', async () => {
    place.write('deep/inner/game.json', circle);
    const file = join(place.folder, place.write('deep/spec.yaml', yamlOf({ games: '[inner/game.json]' })));
    const { cells, games } = await expandExperiment(readExperiment(file), () => {});
    expect(cells[0].cell.game.name).toBe('game.json');
    expect(Object.keys(games)).toEqual([cells[0].cell.game.hash]);
    expect(contentHash(Object.values(games)[0])).toBe(cells[0].cell.game.hash);
  });

  it('are catalogue games even when a folder has their name', async () => {
    place.write('rps/inner', '');
    expect((await cellsOf(place, { games: '[rps]' }))[0].cell.game.name).toBe('rps');
  });

  it('are opened once for all seeds, so that what the reader counts is told once', async () => {
    place.write('votes.csv', 'model_a,model_b,winner\na,b,model_a\na,b,tie\n');
    const notes: string[] = [];
    await cellsOf(place, { games: '[votes.csv]', seeds: '[0, 1, 2]', start: 'random' }, notes);
    expect(notes.length).toBeGreaterThan(0);
    expect(new Set(notes).size).toBe(notes.length);
  });
});

describe('a game with reading rules', () => {
  it('opens sparse comparisons by the rule given, and refuses them without one', async () => {
    place.write('votes.csv', 'model_a,model_b,winner\na,b,a\nb,c,b\n');
    await expect(cellsOf(place, { games: '[votes.csv]' })).rejects.toMatchObject({ code: 'bad-comparisons' });
    const [half] = await cellsOf(place, { games: '[{ game: votes.csv, missing: half }]' });
    expect(half.cell.game.name).toBe('votes.csv');
    await expect(cellsOf(place, { games: '[{ game: votes.csv, mising: half }]' })).rejects.toMatchObject({
      message: expect.stringContaining('unknown key "mising"'),
    });
  });
});
