import type { Cell, GuaranteeRecord, LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { dualityGap, iterates, kl, type Method, matrixPayoffs, type Policy, regularizedGap } from './dynamics.ts';
import { numbers } from './games.ts';

const provenance = {
  nashlab: '0.1.0',
  commit: 'e05f7826c5d0b7a9c3a2f2c1f0e9d8c7b6a59483',
  dirty: false,
  node: 'v20.20.2',
  lockfile: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
  backend: { name: 'cpu', dtype: 'float64', library: 'typed-arrays', device: 'cpu' },
  cpu: 'AMD EPYC 7B13',
  platform: 'linux x64',
};

const times = { started: '2025-01-05T10:00:00.000Z', finished: '2025-01-05T10:00:02.500Z', wallSeconds: 2.5 };

export interface RunOptions {
  readonly game: StoredGame;
  readonly method: Method;
  readonly seed?: string;
  readonly steps?: number;
  readonly tolerance?: number;
  readonly iterate?: 'last' | 'average';
  readonly params?: Cell['solver']['params'];
  readonly guarantee?: (step: number) => number;
  readonly statement?: Partial<GuaranteeRecord>;
}

function startOf(sizes: readonly number[], seed: string): Policy[] {
  const next = numbers(Number(seed) + 11);
  return sizes.map((size) => {
    const weights = Array.from({ length: size }, () => 0.15 + next());
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / total);
  });
}

/** A run as `nashlab run` stores it, simulated. */
export function storedRun(options: RunOptions): StoredRun {
  const { game, method, seed = '0', steps = 4000, tolerance = 1e-9, iterate = 'last', params = {} } = options;
  const matrix = (game.matrix ?? []).map((row) => row.map((entry) => (typeof entry === 'number' ? entry : 0.5)));
  const symmetric = game.kind === 'preference';
  const payoffs = matrixPayoffs(matrix, symmetric);
  const sizes = symmetric ? [matrix.length] : [matrix.length, matrix[0].length];
  const { temperature } = method;
  const main = temperature > 0 ? 'regularized-gap' : 'duality-gap';
  const record = { step: [] as number[], oracleCalls: [] as number[] };
  const columns: Record<string, number[]> = {};
  const path = { last: [] as Policy[][], average: [] as Policy[][] };
  const push = (name: string, value: number) => {
    columns[name] = [...(columns[name] ?? []), value];
  };
  const sums = sizes.map((size) => new Array<number>(size).fill(0));
  let finals: Record<'last' | 'average', Policy[]> = { last: [], average: [] };
  let code: StoredRun['result']['code'] = 'step-limit';
  let step = 0;
  let nextRecord = 0;
  for (const last of iterates(payoffs, method, startOf(sizes, seed))) {
    last.forEach((policy, role) => {
      policy.forEach((value, i) => {
        sums[role][i] += value;
      });
    });
    if (step >= nextRecord || step === steps) {
      nextRecord = Math.max(step + 1, Math.ceil(step * 1.06));
      finals = { last, average: sums.map((sum) => sum.map((value) => value / (step + 1))) };
      record.step.push(step);
      record.oracleCalls.push(step * method.calls);
      for (const name of ['last', 'average'] as const) {
        push(`${name}/duality-gap`, dualityGap(payoffs, finals[name]));
        if (temperature > 0) push(`${name}/regularized-gap`, regularizedGap(payoffs, finals[name], temperature));
        push(
          `${name}/kl-to-equilibrium`,
          kl(
            sizes.map((size) => 1 / size),
            finals[name][0],
          ),
        );
        path[name].push(finals[name]);
      }
      if (options.guarantee) push('bound', options.guarantee(step));
      if (tolerance > 0 && (columns[`${iterate}/${main}`].at(-1) ?? 1) <= tolerance) {
        code = 'converged';
        break;
      }
    }
    if (step++ === steps) break;
  }
  const cell: Cell = {
    game: { name: game.name, hash: contentHash(game) },
    solver: { name: method.name, params },
    temperature,
    reference: 'uniform',
    start: 'random',
    seed,
    steps,
    tolerance,
    iterate,
    metrics: ['duality-gap', 'regularized-gap'],
    given: { params, ...(options.tolerance === undefined ? {} : { tolerance }) },
  };
  const iterateRecord = (name: 'last' | 'average') => ({
    profile: finals[name],
    metrics: Object.fromEntries(
      Object.entries(columns).flatMap(([column, values]) =>
        column.startsWith(`${name}/`) ? [[column.slice(name.length + 1), values[values.length - 1]]] : [],
      ),
    ),
  });
  return {
    schema: 'nashlab-run/1',
    id: contentHash(cell),
    cell,
    provenance,
    result: { code, steps: record.step.at(-1) ?? 0, oracleCalls: record.oracleCalls.at(-1) ?? 0 },
    iterates: { last: iterateRecord('last'), average: iterateRecord('average') },
    ...(options.statement === undefined
      ? {}
      : {
          guarantee: {
            status: 'within',
            statement: '',
            source: '',
            iterate,
            metric: 'kl-to-equilibrium',
            ...options.statement,
          },
        }),
    history: { ...record, columns, ...(sizes.every((size) => size <= 3) ? { path } : {}) },
    times,
  };
}

/** An experiment of runs on the given games. */
export function loaded(
  name: string,
  question: string,
  games: readonly StoredGame[],
  runs: readonly StoredRun[],
): LoadedExperiment {
  return {
    experiment: {
      schema: 'nashlab-experiment/1',
      name,
      question,
      report: 'comparison',
      cells: runs.map((run) => run.id),
      spec: {},
    },
    runs,
    games: Object.fromEntries(games.map((game) => [contentHash(game), game])),
  };
}
