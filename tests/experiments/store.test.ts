import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeBatch } from '../../experiments/compute.ts';
import { expandExperiment } from '../../experiments/expand.ts';
import { readExperiment } from '../../experiments/read-spec.ts';
import { runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment, runStore } from '../../experiments/store.ts';
import type { StoredRun } from '../../experiments/stored.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { contentsOf, workplace } from '../cli/command.ts';
import { cellsOf, yamlOf } from './specification.ts';

const place = workplace();
const backend = cpuBackend();
const solvers = '[extragradient, exact]';

/** Runs the small experiment in a folder of its own and returns that folder. */
async function stored(name: string): Promise<string> {
  await cellsOf(place, { solvers });
  const read = readExperiment(join(place.folder, 'small.yaml'));
  const { folder } = await runExperiment(backend, read, { out: join(place.folder, name), note: () => {} });
  return folder;
}

async function freshRun(): Promise<StoredRun> {
  const [{ id, cell }] = await cellsOf(place, {});
  const { games } = await expandExperiment(readExperiment(join(place.folder, 'small.yaml')), () => {});
  const [run] = await computeBatch(backend, [{ id, cell }], readGameDocument(games[cell.game.hash], cell.game.name));
  return run;
}

function refusal(action: () => void): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof NashlabError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the store', () => {
  it('takes the same answer again, whatever the time and the machine', async () => {
    const store = runStore(join(place.folder, 'same'), 'small');
    const run = await freshRun();
    store.write(run);
    const times = { ...run.times, wallSeconds: run.times.wallSeconds + 1 };
    store.write({ ...run, times, provenance: { ...run.provenance, cpu: 'another' } });
    expect(store.read(run.id).times).toEqual(times);
  });

  it('refuses another answer to the same cell with changed-answer, and keeps the first', async () => {
    const store = runStore(join(place.folder, 'other'), 'small');
    const run = await freshRun();
    store.write(run);
    const other = { ...run, result: { ...run.result, steps: run.result.steps + 1 } };
    const { code, message } = refusal(() => store.write(other));
    expect(code).toBe('changed-answer');
    expect(message).toContain(run.id);
    expect(store.read(run.id).result).toEqual(run.result);
  });

  it('does not take −0, which JSON writes as 0, for another answer', async () => {
    const store = runStore(join(place.folder, 'zero'), 'small');
    const run = await freshRun();
    const history = { ...run.history, columns: { odd: [-0, 1] } };
    store.write({ ...run, history });
    expect(() => store.write({ ...run, history })).not.toThrow();
  });

  it('clears what killed writes left behind, and nothing else', async () => {
    const folder = await stored('leftovers');
    const clean = contentsOf(folder);
    const [{ id }] = await cellsOf(place, { solvers });
    const open = (await cellsOf(place, { solvers: '[nash-md]' }))[0].id;
    mkdirSync(join(folder, open));
    const leftovers = [
      `${open}/run.json.2071`,
      `games/${'0'.repeat(64)}.json.77`,
      'experiment.json.4242424242',
      'report.html.9',
    ];
    for (const name of leftovers) writeFileSync(join(folder, name), '{"half');
    writeFileSync(join(folder, id, 'notes.txt'), 'mine');
    const read = readExperiment(join(place.folder, 'small.yaml'), ['solvers=[extragradient, exact, nash-md]']);
    const outcome = await runExperiment(backend, read, { out: join(place.folder, 'leftovers'), note: () => {} });
    expect(outcome).toMatchObject({ resumed: 2, computed: 1, open: 0 });
    const { 'experiment.json': _asked, ...before } = clean;
    const after = contentsOf(folder);
    expect(after).toMatchObject({ ...before, [`${id}/notes.txt`]: 'mine' });
    expect(Object.keys(after).filter((name) => /\.\d+$/.test(name))).toEqual([]);
    expect(after).toHaveProperty([`${open}/run.json`]);
  });

  it('a leftover of a killed write is no finished run', async () => {
    const [{ id }] = await cellsOf(place, {});
    const store = runStore(join(place.folder, 'half'), 'small');
    mkdirSync(join(store.folder, id), { recursive: true });
    writeFileSync(join(store.folder, id, 'run.json.123'), JSON.stringify(await freshRun()));
    expect(store.has(id)).toBe(false);
  });

  it('a folder in the way of a file is an error, not a stack trace', async () => {
    const store = runStore(join(place.folder, 'blocked'), 'small');
    const run = await freshRun();
    mkdirSync(store.folder, { recursive: true });
    writeFileSync(join(store.folder, run.id), 'in the way');
    expect(refusal(() => store.write(run)).code).toBe('unwritable');
    writeFileSync(join(store.folder, 'games'), 'in the way');
    const asked = { schema: 'nashlab-experiment/1', name: 'small', question: '?', report: 'comparison' } as const;
    expect(refusal(() => store.begin({ ...asked, cells: [run.id], spec: {} }, {})).code).toBe('unwritable');
  });
});

describe('loading an experiment', () => {
  it('gives the runs in the order of the cells, with their games', async () => {
    const { experiment, runs, games } = loadExperiment(await stored('order'));
    expect(runs.map(({ id }) => id)).toEqual(experiment.cells);
    expect(runs.map(({ cell }) => cell.solver.name)).toEqual(['extragradient', 'exact']);
    expect(Object.keys(games)).toEqual([runs[0].cell.game.hash]);
  });

  it.each([
    ['an unreadable run', (run: string) => run.slice(0, 100), 'run.json'],
    ['a run that is null', () => 'null', 'run.json'],
    ['a run without a cell', (run: string) => run.replace('"cell"', '"call"'), 'cell'],
    ['a run without a history', (run: string) => run.replace('"history"', '"story"'), 'history'],
    ['a text for a number', (run: string) => run.replace('"wallSeconds": ', '"wallSeconds": "1", "was": '), 'times'],
    ['a game hash with a path', (run: string) => run.replace(/"hash": "\w+"/, '"hash": "../../secret"'), 'hash'],
  ])('refuses %s and names file and place', async (what, change, word) => {
    const folder = await stored(`damaged ${what}`);
    const [{ id }] = await cellsOf(place, { solvers });
    const file = join(folder, id, 'run.json');
    writeFileSync(file, change(contentsOf(folder)[`${id}/run.json`]));
    const { code, message } = refusal(() => loadExperiment(folder));
    expect(code).toBe('bad-run');
    expect(message).toContain(`${id}/run.json`);
    expect(message).toContain(word);
  });

  it('refuses a run that lies in the folder of another', async () => {
    const folder = await stored('swapped');
    const [one, other] = await cellsOf(place, { solvers });
    writeFileSync(join(folder, one.id, 'run.json'), contentsOf(folder)[`${other.id}/run.json`]);
    expect(refusal(() => loadExperiment(folder)).message).toContain(`${one.id}/run.json: id`);
  });

  it('refuses an experiment.json that is none', async () => {
    const folder = await stored('none');
    for (const text of ['{}', '[]', 'null', '{"schema": "nashlab-experiment/1", "cells": ["../../etc"]}']) {
      writeFileSync(join(folder, 'experiment.json'), text);
      const { code, message } = refusal(() => loadExperiment(folder));
      expect(code).toBe('bad-run');
      expect(message).toContain('experiment.json');
    }
  });

  it('refuses a folder without a finished run', async () => {
    const folder = await stored('unfinished');
    const experiment = JSON.parse(contentsOf(folder)['experiment.json']) as { cells: string[] };
    writeFileSync(join(folder, 'experiment.json'), JSON.stringify({ ...experiment, cells: ['0'.repeat(64)] }));
    expect(refusal(() => loadExperiment(folder))).toMatchObject({ code: 'bad-run' });
  });
});

it('an experiment whose question changes keeps its runs', async () => {
  const folder = await stored('asked');
  const text = yamlOf({ solvers, question: 'Something else?' });
  const read = readExperiment(join(place.folder, place.write('again.yaml', text)));
  const outcome = await runExperiment(backend, read, { out: join(place.folder, 'asked'), note: () => {} });
  expect(outcome).toMatchObject({ folder, resumed: 2, computed: 0 });
  expect(loadExperiment(folder).experiment.question).toBe('Something else?');
});
