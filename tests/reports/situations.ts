import type { LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { contentHash } from '../../src/core/canonical.ts';
import type { Method } from './dynamics.ts';
import { loaded, storedRun } from './fixture.ts';
import { bimatrix, hostileGame, manyActions, oneAction, penalty, rps } from './games.ts';

export const hedge: Method = { name: 'hedge', temperature: 0, calls: 1, step: () => 0.1 };
export const mirrorProx: Method = { name: 'mirror-prox', temperature: 0.1, calls: 2, step: () => 1.6 };
export const extragradient: Method = { name: 'extragradient', temperature: 0.1, calls: 2, step: () => 0.8 };
export const mirrorDescent: Method = { name: 'mirror-descent', temperature: 0.1, calls: 1, step: () => 0.2 };
export const nashMd: Method = { name: 'nash-md', temperature: 0.1, calls: 1, step: (t) => 2 / (0.1 * (t + 2)) };

const seeds = ['0', '1', '2'];

const hedgeTheorem = {
  status: 'within',
  statement: 'The average iterate of T steps has a duality gap of at most 2√(log N/(2T)).',
  source: 'Freund and Schapire 1999',
  iterate: 'average',
  metric: 'duality-gap',
} as const;

const proxTheorem = {
  status: 'within',
  statement: 'KL(π*‖π_t) ≤ (1+2τ)^(−t)·KL(π*‖π_0) for the last iterate.',
  source: 'Tiapkin et al. 2025',
} as const;

const descentTheorem = {
  status: 'outside',
  reason: 'the step size 0.2 is larger than 4τ/(1+4τ²)',
  statement: 'KL(π*‖π_t) ≤ (1+γτ)^(−t)·KL(π*‖π_0).',
  source: 'Sokota et al. 2023',
} as const;

/** Three solvers, three seeds, two temperatures, a theorem each. */
export function rpsRuns(): StoredRun[] {
  return [
    ...seeds.map((seed) =>
      storedRun({
        game: rps,
        method: hedge,
        seed,
        tolerance: 0,
        iterate: 'average',
        guarantee: (t) => 2 * Math.sqrt(Math.log(3) / (2 * Math.max(t, 1))),
        statement: hedgeTheorem,
      }),
    ),
    ...seeds.map((seed) =>
      storedRun({ game: rps, method: mirrorProx, seed, guarantee: (t) => 0.4 * 1.2 ** -t, statement: proxTheorem }),
    ),
    ...seeds.map((seed) => storedRun({ game: rps, method: mirrorDescent, seed, statement: descentTheorem })),
    ...seeds.map((seed) => storedRun({ game: rps, method: nashMd, seed, tolerance: 1e-9 })),
  ];
}

export function manyActionRuns(game: StoredGame = manyActions(40)): StoredRun[] {
  return [mirrorProx, extragradient, mirrorDescent].flatMap((method) =>
    seeds.map((seed) => storedRun({ game, method, seed })),
  );
}

/** A run whose record is changed by hand. */
export function altered(run: StoredRun, change: (run: StoredRun) => Partial<StoredRun>): StoredRun {
  return { ...run, ...change(run) };
}

/** Built by hand: the simulation knows no bimatrix games. */
function bimatrixRun(): StoredRun {
  const run = storedRun({ game: penalty, method: hedge, steps: 50, tolerance: 0 });
  return altered(run, () => ({
    cell: { ...run.cell, game: { name: bimatrix.name, hash: contentHash(bimatrix) } },
    iterates: {
      last: {
        profile: [
          [0.6, 0.4],
          [0.4, 0.6],
        ],
        metrics: { 'nash-conv': 0.02, 'player-improvements': [0.01, 0.01] },
      },
    },
    history: { step: [0, 10, 50], oracleCalls: [0, 20, 100], columns: { 'last/nash-conv': [1.2, 0.3, 0.02] } },
    result: { code: 'step-limit', steps: 50, oracleCalls: 100 },
  }));
}

/** One game per seed, drawn from one family. */
export function groupRuns(): { games: StoredGame[]; runs: StoredRun[] } {
  const games = seeds.map((seed): StoredGame => ({ ...manyActions(5 + Number(seed)), name: `random:5,seed=${seed}` }));
  const runs = [mirrorProx, mirrorDescent].flatMap((method) =>
    games.map((game, i) => {
      const run = storedRun({ game, method, seed: seeds[i] });
      return altered(run, () => ({ cell: { ...run.cell, game: { ...run.cell.game, group: 'random:5' } } }));
    }),
  );
  return { games, runs };
}

/** Of mixed regularisers, with all the words that come with them. */
function mixtures(): StoredRun[] {
  return [0.25, 0.5].flatMap((forward) => seeds.map((seed) => mixture(forward, seed)));
}

function mixture(forward: number, seed: string): StoredRun {
  const params = { chiSquared: 0, forward, reverse: 1 - forward };
  return altered(
    storedRun({ game: rps, method: mirrorDescent, seed, params, statement: descentTheorem }),
    ({ guarantee }) => ({
      regulariser: `${1 - forward}·reverse KL + ${forward}·forward KL`,
      guarantee: {
        ...guarantee!,
        reason:
          'no theorem is known with forward KL: its curvature relative to entropy, ρ/π, is unbounded, which a linearised step cannot follow',
      },
    }),
  );
}

/** Every situation a report must survive, by name. */
export function situations(): Readonly<Record<string, LoadedExperiment>> {
  const big = manyActions(90);
  const single = storedRun({ game: oneAction, method: mirrorProx, steps: 3, tolerance: 1e-9 });
  const rpsRun = storedRun({ game: rps, method: mirrorProx, statement: proxTheorem, guarantee: () => 1e-3 });
  const group = groupRuns();
  return {
    group: loaded('family', 'Does it hold on every game of the family?', group.games, group.runs),
    rps: loaded('rps-last-iterate', 'Does the last iterate converge where the average does?', [rps], rpsRuns()),
    'many-actions': loaded(
      'forty',
      'Which solver needs the fewest calls on forty actions?',
      [manyActions(40)],
      manyActionRuns(),
    ),
    'big-game': loaded('ninety', 'Does it scale?', [big], [storedRun({ game: big, method: mirrorProx })]),
    'one-action': loaded('single', 'Is one action an answer?', [oneAction], [single]),
    'zero-sum': loaded(
      'penalty',
      'Where to kick?',
      [penalty],
      [mirrorProx, hedge].map((method) =>
        storedRun({ game: penalty, method, iterate: method === hedge ? 'average' : 'last' }),
      ),
    ),
    bimatrix: loaded('couple', 'Where to meet?', [bimatrix], [bimatrixRun()]),
    hostile: loaded(
      '<script>alert(0)</script>',
      '</title><script>alert(4)</script>',
      [hostileGame],
      manyActionRuns(hostileGame),
    ),
    violated: loaded(
      'violation',
      'Does the bound hold?',
      [rps],
      [
        altered(rpsRun, () => ({
          guarantee: { ...rpsRun.guarantee!, status: 'violated', measured: 0.02, bound: 0.001 },
        })),
      ],
    ),
    'non-finite': loaded(
      'breakdown',
      'What if numbers break?',
      [rps],
      [
        rpsRun,
        altered(storedRun({ game: rps, method: mirrorDescent, steps: 40 }), (run) => ({
          result: { ...run.result, code: 'non-finite', reason: 'payoffs overflowed at step 40' },
          iterates: {
            last: { profile: [[Number.NaN, Number.NaN, Number.NaN]], metrics: { 'regularized-gap': Number.NaN } },
          },
          history: {
            ...run.history,
            columns: Object.fromEntries(
              Object.entries(run.history.columns).map(([name, values]) => [
                name,
                values.map((v, i) => (i > 20 ? Number.NaN : v)),
              ]),
            ),
          },
        })),
      ],
    ),
    'exact-zero': loaded(
      'zero',
      'Is zero drawn?',
      [rps],
      [
        altered(rpsRun, (run) => ({
          history: {
            ...run.history,
            columns: {
              ...run.history.columns,
              'last/regularized-gap': run.history.step.map((_, i) => (i < 5 ? 10 ** -i : 0)),
            },
          },
        })),
      ],
    ),
    'many-series': loaded(
      'twenty',
      'Has each of twenty series a look of its own?',
      [rps],
      Array.from({ length: 20 }, (_, i) =>
        storedRun({
          game: rps,
          method: { ...mirrorDescent, name: `method-${i}`, step: () => 0.1 + i / 10 },
          steps: 10 + 10 * i,
        }),
      ),
    ),
    mixture: loaded('mixture', 'Does a long name push the table out?', [rps], mixtures()),
    'single-step': loaded(
      'once',
      'Is one point drawn?',
      [rps],
      [storedRun({ game: rps, method: extragradient, steps: 0 })],
    ),
  };
}
