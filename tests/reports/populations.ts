import type { Cell, LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { contentHash } from '../../src/core/canonical.ts';
import type { PopulationHistory } from '../../src/solve/solution.ts';
import { loaded, storedRun } from './fixture.ts';
import { rps } from './games.ts';
import { mirrorProx } from './situations.ts';

/** Runs that met populations, written by hand: the simulation of the fixtures knows none. */

type Policy = readonly number[];

export const fourPlayers: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'four players',
  kind: 'polymatrix-preference',
  players: 4,
  roles: 'own',
  labels: ['rock', 'paper', 'scissors'],
  matrix: [
    [0.5, 0, 1],
    [1, 0.5, 0],
    [0, 1, 0.5],
  ],
};

export const twoGroups: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'two groups',
  kind: 'annotators',
  labels: ['short', 'long'],
  groups: ['hurried', 'patient'],
  weights: [3, 1],
  matrices: [
    [
      [0.5, 0.9],
      [0.1, 0.5],
    ],
    [
      [0.5, 0.2],
      [0.8, 0.5],
    ],
  ],
};

export interface HandRun {
  readonly game: StoredGame;
  readonly solver: string;
  /** Per role. */
  readonly profile: readonly Policy[];
  readonly seed?: string;
  readonly steps?: readonly number[];
  readonly columns?: Readonly<Record<string, readonly number[]>>;
  readonly met?: readonly PopulationHistory[];
  readonly population?: { readonly text: string; readonly cell: NonNullable<Cell['population']> };
  /** Per record and role. */
  readonly path?: readonly (readonly Policy[])[];
  readonly metrics?: Readonly<Record<string, number | readonly number[]>>;
  readonly dynamics?: StoredRun['dynamics'];
}

const model = storedRun({ game: rps, method: mirrorProx, steps: 2 });

/** A run with exactly these numbers. */
export function handRun(given: HandRun): StoredRun {
  const { game, solver, profile, seed = '0', steps = [0, 1, 2, 4], columns = {}, met, population, path } = given;
  const cell: Cell = {
    ...model.cell,
    game: { name: game.name, hash: contentHash(game) },
    solver: { name: solver, params: {} },
    temperature: 0,
    seed,
    tolerance: 0,
    ...(population === undefined ? {} : { population: population.cell }),
    given: { params: {}, ...(population === undefined ? {} : { population: population.text }) },
  };
  const end = steps[steps.length - 1];
  return {
    schema: model.schema,
    id: contentHash([cell, profile.flat().map(String)]),
    cell,
    provenance: model.provenance,
    times: model.times,
    result: { code: 'step-limit', steps: end, oracleCalls: 4 * end },
    iterates: { last: { profile, metrics: given.metrics ?? {} } },
    history: {
      step: steps,
      oracleCalls: steps.map((step) => 4 * step),
      columns,
      ...(met === undefined ? {} : { population: met }),
      ...(path === undefined ? {} : { path: { last: path } }),
    },
    ...(given.dynamics === undefined ? {} : { dynamics: given.dynamics }),
  };
}

/** The history of a population from the shares of its members at every record; a share of 0 is not in. */
export function historyOf(role: number, shares: Readonly<Record<string, readonly number[]>>): PopulationHistory {
  const names = Object.keys(shares);
  const records = shares[names[0]].map((_, record) => record);
  const rows = records.flatMap((record) =>
    names.flatMap((name, member) =>
      shares[name][record] > 0 ? [{ record, member, weight: shares[name][record] }] : [],
    ),
  );
  return {
    role,
    names,
    record: rows.map(({ record }) => record),
    member: rows.map(({ member }) => member),
    weight: rows.map(({ weight }) => weight),
  };
}

const others = { text: 'others', cell: { name: 'others', params: {} } };

/** Whom each of four players meets under `others`. */
function rivals(records: number): PopulationHistory[] {
  return [0, 1, 2, 3].map((role) => {
    const names = [0, 1, 2, 3].filter((other) => other !== role).map((other) => `player ${other + 1}`);
    return historyOf(role, Object.fromEntries(names.map((name) => [name, new Array<number>(records).fill(1 / 3)])));
  });
}

const ways: Policy[][] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0.2, 0.3, 0.5],
  ],
  [
    [0.6, 0.2, 0.2],
    [0.2, 0.6, 0.2],
    [0.2, 0.2, 0.6],
    [0.3, 0.3, 0.4],
  ],
  [
    [0.4, 0.3, 0.3],
    [0.3, 0.4, 0.3],
    [0.3, 0.3, 0.4],
    [0.35, 0.35, 0.3],
  ],
  [
    [0.34, 0.33, 0.33],
    [0.33, 0.34, 0.33],
    [0.33, 0.33, 0.34],
    [0.34, 0.33, 0.33],
  ],
];

const gains = { 'last/player-improvement of player 1': [0.5, 0.2, 0.05, 0.01] };
const falling = {
  ...gains,
  ...Object.fromEntries([2, 3, 4].map((k) => [`last/player-improvement of player ${k}`, [0.4, 0.1, 0.02 * k, 0.01]])),
  'last/nash-conv': [1.7, 0.5, 0.23, 0.04],
  'last/disagreement': [1, 0.4, 0.1, 0.01],
};

/** A population of twelve, of which three have small shares. */
export const twelve = historyOf(
  0,
  Object.fromEntries(
    Array.from({ length: 12 }, (_, k): [string, number[]] => {
      const share = k < 9 ? 0.1 : 1 / 30;
      return [`step ${k}`, k === 0 ? [1, 0.5, share, share] : [0, k === 1 ? 0.5 : 0, share, share]];
    }),
  ),
);

function playersRuns(): StoredRun[] {
  const league = { text: 'league:every=1', cell: { name: 'league', params: { every: 1 } } };
  return [
    handRun({
      game: fourPlayers,
      solver: 'mnpo',
      profile: ways[3],
      population: others,
      met: rivals(4),
      columns: falling,
      path: ways,
      metrics: { 'nash-conv': 0.04 },
      dynamics: { label: 'converges', unit: 'step', exponent: -0.4, amplitude: 0, turns: 0 },
    }),
    handRun({
      game: fourPlayers,
      solver: 'mnpo',
      profile: ways[2],
      population: league,
      met: [0, 1, 2, 3].map((role) => ({ ...twelve, role })),
      columns: falling,
      path: ways,
      metrics: { 'nash-conv': 0.04 },
      dynamics: { label: 'cycles', unit: 'step', exponent: 0, period: 12, amplitude: 0.2, turns: 9 },
    }),
  ];
}

/** Win rates of the groups against the uniform reference: (x, 1 − x) wins ½ + 0.4·(x − ½) and ½ − 0.3·(x − ½). */
function groupRun(solver: string, x: number, seed = '0'): StoredRun {
  const rates = [0.5 + (x - 0.5) * 0.4, 0.5 - (x - 0.5) * 0.3];
  return handRun({
    game: twoGroups,
    solver,
    seed,
    profile: [[x, 1 - x]],
    metrics: { 'duality-gap': 0.1, 'group-win-rates': rates },
    columns: { 'last/duality-gap': [0.4, 0.3, 0.2, 0.1] },
  });
}

/** Situations of the report `population`, by name. */
export function populations(): Readonly<Record<string, LoadedExperiment>> {
  return {
    players: loaded('players', 'Do four players agree?', [fourPlayers], playersRuns()),
    groups: loaded(
      'groups',
      'Whom does the answer serve?',
      [twoGroups],
      [groupRun('pooled', 1), groupRun('pooled', 0.8, '1'), groupRun('worst-case', 0.25)],
    ),
  };
}
