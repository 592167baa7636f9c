import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cellId } from '../../experiments/cell-id.ts';
import { loadExperiment } from '../../experiments/store.ts';
import type { Provenance, StoredRun } from '../../experiments/stored.ts';
import { elsewhere, verifyExperiment } from '../../experiments/verify.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { command, contentsOf, type Outcome, workplace } from '../cli/command.ts';
import { circle, yamlOf } from './specification.ts';

const place = workplace();
let copies = 0;

beforeAll(async () => {
  place.write('circle.json', circle);
  const changes = {
    solvers: '[extragradient, exact, mirror-prox]',
    games: '[circle.json, "random:n=5"]',
    start: 'random',
  };
  place.write('small.yaml', yamlOf(changes));
  expect((await command(place, 'run', 'small.yaml', '--no-report')).code).toBe(0);
});

/** Verifies a copy of the runs in which one file was changed as text. */
async function verifyChanged(pick: (name: string) => boolean, change: (text: string) => string): Promise<Outcome> {
  const copy = `copy-${copies++}`;
  cpSync(join(place.folder, 'runs', 'small'), join(place.folder, copy), { recursive: true });
  const files = contentsOf(join(place.folder, copy));
  const name = Object.keys(files).find(pick) as string;
  const changed = change(files[name]);
  expect(changed).not.toBe(files[name]);
  writeFileSync(join(place.folder, copy, name), changed, 'latin1');
  return command(place, 'verify', copy);
}

const isRun = (name: string): boolean => name.endsWith('/run.json');

/** The first run whose solver is this one. */
function runOf(solver: string): (name: string) => boolean {
  const files = contentsOf(join(place.folder, 'runs', 'small'));
  return (name) => isRun(name) && (JSON.parse(files[name]) as StoredRun).cell.solver.name === solver;
}

type Path = readonly [...(string | number)[], string | number];

/** Changes one value of a JSON text. */
function edited(path: Path, change: (value: number) => unknown): (text: string) => string {
  return (text) => {
    const run = JSON.parse(text) as Record<string, unknown>;
    const parent = path.slice(0, -1).reduce((node, key) => node[key] as Record<string, unknown>, run);
    const key = path[path.length - 1];
    parent[key] = change(parent[key] as number);
    return `${JSON.stringify(run, null, 1)}\n`;
  };
}

describe('verify', () => {
  it('agrees with untouched runs, bit for bit, and exits with 0', async () => {
    const { code, stdout, stderr } = await command(place, 'verify', 'runs/small');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/agrees bit for bit/g)).toHaveLength(6);
    expect(stdout).toContain('6 of 6 runs agree');
  });

  it('also recomputes runs that the experiment file no longer asks for', async () => {
    place.write(
      'shrinking.yaml',
      yamlOf({ name: 'shrinking', games: '[circle.json]', solvers: '[extragradient, exact]' }),
    );
    await command(place, 'run', 'shrinking.yaml', '--no-report');
    await command(place, 'run', 'shrinking.yaml', '--no-report', '--set', 'solvers=[exact]');
    expect((await command(place, 'verify', 'runs/shrinking')).stdout).toContain('2 of 2 runs agree');
  });

  it('takes several folders', async () => {
    expect((await command(place, 'run', 'small.yaml', '--out', 'more', '--no-report')).code).toBe(0);
    expect((await command(place, 'verify', 'runs/small', 'more/small')).stdout).toContain('12 of 12 runs agree');
  });

  const changes: readonly (readonly [path: Path, change: (value: number) => unknown])[] = [
    [['iterates', 'last', 'profile', 0, 1], (p) => p + 1e-15],
    [['iterates', 'last', 'metrics', 'nash-conv'], (gap) => gap + 1e-12],
    [['iterates', 'average'], () => undefined],
    [['result', 'steps'], (steps) => steps + 1],
    [['result', 'code'], () => 'stalled'],
    [['history', 'columns', 'last/nash-conv', 2], (gap) => gap * (1 + 1e-15)],
    [['history', 'extra'], () => 1],
    [['guarantee', 'bound'], (bound) => 2 * bound],
  ];

  it.each(changes)('finds a change at %j, names the place and exits with 1', async (path, change) => {
    const { code, stdout } = await verifyChanged(runOf('extragradient'), edited(path, change));
    expect(code).toBe(1);
    expect(stdout).toContain(`DIFFERS: differs at ${path.join('.')} by`);
    expect(stdout).toContain('5 of 6 runs agree');
  });

  it('finds a changed cell, which no longer has the content of its id', async () => {
    const { code, stdout } = await verifyChanged(
      isRun,
      edited(['cell', 'temperature'], () => 0.2),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('DIFFERS: the cell does not have the content its id says');
  });

  it('finds a changed game, in every run that played it', async () => {
    const isCircle = (name: string): boolean => name.startsWith('games/');
    const { code, stdout } = await verifyChanged(isCircle, (text) => text.replace('0.5', '0.25'));
    expect(code).toBe(1);
    expect(stdout.match(/DIFFERS: the stored game does not have the content its hash says/g)).toHaveLength(3);
    expect(stdout).toContain('3 of 6 runs agree');
  });

  it('lets the last bits of another machine differ, not the eighth digit', async () => {
    const elsewhere = (by: number) => (text: string) => {
      const moved = edited(['iterates', 'last', 'profile', 0, 0], (p) => p + by)(text);
      return edited(['provenance', 'node'], () => 'v99.0.0')(moved);
    };
    const near = await verifyChanged(runOf('extragradient'), elsewhere(1e-12));
    expect(near.code).toBe(0);
    expect(near.stdout).toMatch(/agrees within 1\.0e-12 \(computed elsewhere\)/);
    expect((await verifyChanged(runOf('extragradient'), elsewhere(1e-8))).code).toBe(1);
  });

  const computedElsewhere: readonly { path: Path }[] = [
    { path: ['provenance', 'platform'] },
    { path: ['provenance', 'backend', 'library'] },
    { path: ['provenance', 'backend', 'build'] },
    { path: ['provenance', 'backend', 'threads'] },
  ];

  it.each(computedElsewhere)('takes other last bits for those of another $path', async ({ path }) => {
    const { code, stdout } = await verifyChanged(runOf('extragradient'), (text) => {
      const moved = edited(['iterates', 'last', 'profile', 0, 0], (p) => p + 1e-12)(text);
      return edited(path, () => 'another')(moved);
    });
    expect(stdout).toMatch(/agrees within 1\.0e-12 \(computed elsewhere\)/);
    expect(code).toBe(0);
  });

  it('takes another processor for elsewhere where a system library chose its kernels by it', () => {
    const [run] = loadExperiment(join(place.folder, 'runs/small')).runs;
    const by = (library: string, cpu: string): Provenance => ({
      ...run.provenance,
      cpu,
      backend: { ...run.provenance.backend, library },
    });
    for (const [library, differs] of Object.entries({ OpenBLAS: true, 'wasm-simd': false, loops: false })) {
      expect(elsewhere(by(library, 'this one'), by(library, 'another'))).toBe(differs);
      expect(elsewhere(by(library, 'this one'), by(library, 'this one'))).toBe(false);
    }
  });

  it('reads a game for its hash once, not for every run of it', async () => {
    const loaded = loadExperiment(join(place.folder, 'runs/small'));
    const readings = async (count: number): Promise<number> => {
      const [{ cell }] = loaded.runs;
      const runs = loaded.runs.filter((run) => run.cell.game.hash === cell.game.hash).slice(0, count);
      expect(runs).toHaveLength(count);
      let read = 0;
      const counted = new Proxy(loaded.games[cell.game.hash], {
        ownKeys(game) {
          read++;
          return Reflect.ownKeys(game);
        },
      });
      const found = await verifyExperiment(cpuBackend(), { ...loaded, runs, games: { [cell.game.hash]: counted } });
      expect(found.map(({ words }) => words)).toEqual(runs.map(() => 'bit for bit'));
      return read;
    };
    const once = await readings(1);
    expect(once).toBeGreaterThan(0);
    expect(await readings(3)).toBe(once);
  });

  it('goes on past a run that cannot be read, and names it', async () => {
    const { code, stdout, stderr } = await verifyChanged(isRun, (text) => text.slice(0, 100));
    expect(code).toBe(1);
    expect(stdout).toContain('5 of 6 runs agree');
    expect(stderr).toMatch(/^error\[bad-run\]: a stored file cannot be read: .*, at \S+\/run\.json; expected .*\n$/);
  });

  it('does not look at the time', async () => {
    expect(
      (
        await verifyChanged(
          isRun,
          edited(['times', 'wallSeconds'], () => 1e6),
        )
      ).code,
    ).toBe(0);
  });
});

it('run goes on past a stored run that cannot be read, names it and leaves it', async () => {
  await command(place, 'run', 'small.yaml', '--out', 'damaged', '--no-report');
  const files = contentsOf(join(place.folder, 'damaged', 'small'));
  const [broken, missing] = Object.keys(files).filter(isRun);
  writeFileSync(join(place.folder, 'damaged', 'small', broken), '{"half');
  rmSync(join(place.folder, 'damaged', 'small', missing));
  const { code, stdout, stderr } = await command(place, 'run', 'small.yaml', '--out', 'damaged', '-q');
  expect(code).toBe(1);
  expect(stderr).toContain(`${broken}; expected a file as nashlab run wrote it`);
  // Of six, one is damaged and one was missing.
  expect(stderr).toContain('4 of 6 runs were already stored');
  expect(stdout).toContain('mirror-prox');
  const after = contentsOf(join(place.folder, 'damaged', 'small'));
  expect(after[broken]).toBe('{"half');
  expect(after[missing]).toContain('"nashlab-run/1"');
});

it('the id of a stored run is the hash of its cell, and of a stored game that of its content', () => {
  for (const name of Object.keys(place.contents()).filter((file) => file.startsWith('runs/small/'))) {
    const [, , folder, file] = name.split('/');
    if (file === undefined) continue;
    const data = JSON.parse(place.read(name)) as StoredRun;
    expect(folder === 'games' ? `${contentHash(data)}.json` : cellId(data.cell)).toBe(
      folder === 'games' ? file : folder,
    );
  }
});
