import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeBatch, computeNamed } from '../../experiments/compute.ts';
import { crewFor } from '../../experiments/crew.ts';
import { type ExpandedCell, type Expansion, expandExperiment } from '../../experiments/expand.ts';
import { planBatches } from '../../experiments/plan-batches.ts';
import { planWork, type WorkPlan, workLimits } from '../../experiments/plan-work.ts';
import { type ReadExperiment, readExperiment } from '../../experiments/read-spec.ts';
import { type RunExperimentOptions, type RunOutcome, runExperiment } from '../../experiments/run-experiment.ts';
import { answerOf, loadExperiment } from '../../experiments/store.ts';
import type { Cell } from '../../experiments/stored.ts';
import { verifyExperiment } from '../../experiments/verify.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { usableBlas } from '../../src/numerics/cpu/products.ts';
import { contentsOf, workplace } from '../cli/command.ts';
import { circle, yamlOf } from './specification.ts';

const place = workplace();
const backend = cpuBackend();
/** 64 cells: seeds, temperatures, step sizes and solvers of two games. */
const spec = yamlOf({
  name: 'many',
  games: '[circle.json, "random:n=5,seed=1"]',
  solvers: `
  - extragradient
  - { name: mirror-descent, params: { stepSize: [0.05, "1/(t+20)", "tau/span^2"], form: [explicit, proximal] } }
  - { name: optimistic, temperature: 0 }
  - exact`,
  temperatures: '[0.1, 0.5]',
  seeds: '[0, 1]',
  start: 'random',
  budget: '{ calls: 300 }',
  tolerance: '1.0e-3',
});
let read: ReadExperiment;
let expansion: Expansion;
let whole: Record<string, string>;

function run(out: string, options: Partial<RunExperimentOptions> = {}): Promise<RunOutcome> {
  return runExperiment(backend, read, { out: join(place.folder, out), note: () => {}, ...options });
}

/** Every file of a store, the runs without their times. */
function timeless(out: string, name = 'many'): Record<string, string> {
  const files = Object.entries(contentsOf(join(place.folder, out, name)));
  return Object.fromEntries(files.map(([name, text]) => [name, text.replace(/,\n "times": \{[^}]*\}/, '')]));
}

const roomy = { workers: 1, bytes: 1e9 };

function plan(workers: number): WorkPlan {
  return planWork(expansion.cells, expansion.sizes, { workers, memory: 8e9, held: 2e8 });
}

beforeAll(async () => {
  place.write('circle.json', circle);
  read = readExperiment(join(place.folder, place.write('many.yaml', spec)));
  expansion = await expandExperiment(read, () => {});
  expect(await run('whole', { workers: 1 })).toMatchObject({ computed: 64, open: 0 });
  whole = timeless('whole');
});

describe('the bytes of a run', () => {
  it('are the same alone as in a batch', async () => {
    const { batches } = plan(1);
    expect(Math.max(...batches.map(({ cells }) => cells.length))).toBeGreaterThanOrEqual(12);
    for (const { id, cell } of expansion.cells) {
      const game = readGameDocument(expansion.games[cell.game.hash], cell.game.name);
      const [alone] = await computeBatch(backend, [{ id, cell }], game);
      const { times: _times, ...timelessRun } = alone;
      const text = Buffer.from(`${JSON.stringify(timelessRun, null, 1)}\n`).toString('latin1');
      expect(text).toBe(whole[`${id}/run.json`]);
    }
  });

  it('are the same where the equilibrium of another cell in the batch cannot be found', async () => {
    const changes = ['games=["random:n=40,seed=2"]', 'solvers=[extragradient]', 'temperatures=[0.1, 1e-20]'];
    const { cells, games } = await expandExperiment(readExperiment(join(place.folder, 'many.yaml'), changes), () => {});
    expect(planBatches(cells, { [cells[0].cell.game.hash]: { actions: [40], bytes: 12_800 } }, roomy)).toHaveLength(1);
    const game = readGameDocument(games[cells[0].cell.game.hash], 'random');
    const alone = await Promise.all(cells.map((entry) => computeBatch(backend, [entry], game)));
    const batch = await computeBatch(backend, cells, game);
    const byId = new Map(batch.map((found) => [found.id, answerOf(found)]));
    for (const [found] of alone) expect(byId.get(found.id)).toEqual(answerOf(found));
    const measured = alone.map(([found]) => Object.hasOwn(found.history.columns, 'last/kl-to-equilibrium'));
    expect(new Set(measured).size).toBe(2);
  });

  it('are the same with two workers as with one, and after runs were lost', async () => {
    expect(plan(2)).toMatchObject({ workers: 2 });
    const first = await run('pair', { workers: 2 });
    expect(first).toMatchObject({ computed: 64, open: 0, lost: [] });
    expect(timeless('pair')).toEqual(whole);
    const gone = expansion.cells.filter((_, k) => k % 3 === 1).map(({ id }) => join(place.folder, 'pair/many', id));
    for (const folder of gone) rmSync(folder, { recursive: true });
    expect(await run('pair', { workers: 1 })).toMatchObject({ computed: gone.length, resumed: 64 - gone.length });
    expect(timeless('pair')).toEqual(whole);
  });

  it('say of each game what multiplied it, whatever else was computed before or beside it', async () => {
    const [small, large] = ['random:n=5,seed=1', 'random:n=100,seed=1'];
    const keys = { name: 'mixed', start: 'random', seeds: '[0, 1, 2]', budget: '{ calls: 60 }' };
    const stored = async (out: string, games: readonly string[], workers: number): Promise<Record<string, string>> => {
      const file = place.write(`${out}.yaml`, yamlOf({ ...keys, games: JSON.stringify(games) }));
      const mixed = readExperiment(join(place.folder, file));
      const outcome = await runExperiment(backend, mixed, { out: join(place.folder, out), workers, note: () => {} });
      expect(outcome).toMatchObject({ computed: 6, open: 0 });
      const used = new Set(outcome.runs.map(({ provenance }) => provenance.backend.library));
      expect(used.size).toBe(usableBlas() === undefined ? 1 : 2);
      const files = Object.entries(timeless(out, 'mixed'));
      return Object.fromEntries(files.filter(([path]) => path.endsWith('/run.json')));
    };
    const first = await stored('upwards', [small, large], 1);
    expect(await stored('downwards', [large, small], 1)).toEqual(first);
    expect(await stored('beside', [large, small], 2)).toEqual(first);
  });

  it('verify in batches, on two workers', async () => {
    const results = await verifyExperiment(backend, loadExperiment(join(place.folder, 'whole/many')), { workers: 2 });
    expect(results.filter(({ words }) => words === 'bit for bit')).toHaveLength(64);
    expect(results.map(({ id }) => id)).toEqual(expansion.cells.map(({ id }) => id));
  });
});

describe('an interrupted experiment', () => {
  // Days of work: only an interrupt that reaches the batches in flight lets this end.
  it.each([1, 2])('keeps what is finished and ends at once, with workers: %d', async (workers) => {
    const long = readExperiment(join(place.folder, 'many.yaml'), ['budget={calls: 3000000000}', 'tolerance=0']);
    const control = new AbortController();
    const out = join(place.folder, `cut-${workers}`);
    const outcome = await runExperiment(backend, long, {
      out,
      workers,
      note: () => {},
      signal: control.signal,
      onProgress: ({ done, running }) => done + running > 0 && control.abort(),
    });
    expect(outcome.open).toBeGreaterThan(0);
    expect(outcome.open + outcome.computed).toBe(64);
    expect(outcome.runs.map(({ result }) => result.code)).not.toContain('aborted');
  });
});

describe('options of the library', () => {
  const refused = [{ workers: 2.5 }, { workers: 0 }, { workers: NaN }, { memoryLimit: 0 }, { memoryLimit: Infinity }];
  it.each(refused)('%o is refused before anything is written', async (options) => {
    const [key] = Object.keys(options);
    const expected = { code: 'bad-option', message: expect.stringContaining(`${key}: `) };
    expect(() => workLimits(backend, options)).toThrow(expect.objectContaining(expected));
    await expect(run('refused', options)).rejects.toMatchObject(expected);
    expect(existsSync(join(place.folder, 'refused'))).toBe(false);
    const loaded = loadExperiment(join(place.folder, 'whole/many'));
    await expect(verifyExperiment(backend, loaded, options)).rejects.toMatchObject(expected);
  });
});

describe('what goes wrong with one cell', () => {
  /** A batch of two cells, the second of which cannot be computed. */
  function spoiled(change: Partial<Cell>): readonly [ExpandedCell, ExpandedCell] {
    const [good, other] = expansion.cells.filter(({ cell }) => cell.solver.name === 'extragradient');
    return [good, { ...other, cell: { ...other.cell, temperature: 0.75, ...change } }];
  }

  async function caught(work: Promise<unknown>): Promise<Error> {
    return work.then(
      () => new Error('nothing was thrown'),
      (error: unknown) => error as Error,
    );
  }

  it('is an error that names the cell, here and in a worker', async () => {
    const cells = spoiled({ solver: { name: 'extragradient', params: { stepSize: 'not(a, schedule' } } });
    // A bug of nashlab's own: what a specification never lets through.
    const buggy = spoiled({ metrics: null as never });
    const { hash, name } = cells[0].cell.game;
    const words = /τ = 0\.75.*not\(a, schedule|not\(a, schedule.*τ = 0\.75/;
    const game = readGameDocument(expansion.games[hash], name);
    const crew = await crewFor({ ...plan(2), workers: 2 }, backend, expansion.games, {});
    const places = [
      (batch: readonly ExpandedCell[]) => computeNamed(backend, batch, game),
      (batch: readonly ExpandedCell[]) => crew.compute({ cells: batch, bytes: 0, seconds: 0 }, 0, () => {}),
    ];
    for (const compute of places) {
      const expected = { code: 'bad-schedule', message: expect.stringMatching(words) };
      expect(await caught(compute(cells))).toMatchObject(expected);
      const bug = await caught(compute(buggy));
      expect(bug).not.toHaveProperty('code');
      expect(bug.message).toMatch(/extragradient · τ = 0\.75: Cannot read properties of null/);
      expect((bug.cause as Error).stack).toMatch(/TypeError: Cannot read.*\n.*compute/);
    }
    await crew.close();
  });

  it('a worker that dies loses its batch alone, which is named; the others are kept', async () => {
    const workerFile = join(dirname(import.meta.filename), 'dying-worker.ts');
    const outcome = await run('dying', { workers: 2, workerFile });
    const dead = planBatches(expansion.cells, expansion.sizes, { workers: 2, bytes: 1e9 }).filter(
      ({ cells }) => cells[0].cell.solver.name === 'optimistic',
    );
    expect(dead.length).toBeGreaterThan(0);
    const cells = dead.flatMap((batch) => batch.cells);
    expect(outcome).toMatchObject({ computed: 64 - cells.length, open: cells.length });
    expect(outcome.lost).toHaveLength(dead.length);
    expect(outcome.lost[0]).toMatchObject({ code: 'worker-lost' });
    expect(outcome.lost[0].message).toContain('optimistic · τ = 0');
    await run('dying', { workers: 1 });
    expect(timeless('dying')).toEqual(whole);
  });

  it('workers that cannot start end the run instead of keeping it waiting', async () => {
    const workerFile = place.write('no-worker.mjs', 'throw new Error("no worker here");');
    const outcome = await run('stillborn', { workers: 2, workerFile: join(place.folder, workerFile) });
    expect(outcome).toMatchObject({ computed: 0, open: 64 });
    expect(outcome.lost[0].message).toContain('no worker here');
  });
});
