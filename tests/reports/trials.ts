import type { GuaranteeRecord, LoadedExperiment, StoredGame, StoredRun } from '../../experiments/stored.ts';
import { loaded, storedRun } from './fixture.ts';
import { rps } from './games.ts';
import { altered, mirrorProx } from './situations.ts';

export interface TrialOptions {
  readonly solver?: string;
  readonly game?: StoredGame;
  readonly seed?: string;
  readonly temperature?: number;
  readonly steps?: number;
  /** Where the run stopped; at its last step by default. */
  readonly ended?: number;
  readonly measured?: (step: number) => number;
  /** No column of bounds when absent. */
  readonly bound?: (step: number) => number;
  readonly guarantee?: Partial<GuaranteeRecord>;
  readonly params?: Readonly<Record<string, number | string>>;
}

/** Steps as runs record them: every one at first, then ever fewer. */
export function recordedSteps(last: number): number[] {
  const steps = [0];
  for (let next = 1; next < last; next = Math.max(next + 1, Math.ceil(next * 1.06))) steps.push(next);
  return [...steps, last];
}

/** A run that was held against a theorem, with curves given as functions of the step. */
export function trialRun(options: TrialOptions): StoredRun {
  const { solver = 'magnet', game = rps, seed = '0', temperature = 0.1, steps = 1000, params = {} } = options;
  const { measured = (step) => 0.9 ** step, bound, guarantee = {}, ended = steps } = options;
  const run = storedRun({ game, method: { ...mirrorProx, name: solver, temperature }, seed, steps: 2, params });
  const step = [...recordedSteps(steps).filter((one) => one < ended), ended];
  const values = step.map(measured);
  return altered(run, ({ cell, result }) => ({
    cell: { ...cell, steps },
    result: { ...result, code: 'step-limit', steps: ended, oracleCalls: 2 * ended },
    guarantee: {
      status: 'within',
      statement: 'KL(π*‖π_t) falls.',
      source: 'Somebody 2024',
      iterate: 'last',
      metric: 'kl-to-equilibrium',
      ...guarantee,
    },
    history: {
      step,
      oracleCalls: step.map((one) => 2 * one),
      columns: {
        'last/kl-to-equilibrium': values,
        ...(bound === undefined ? {} : { bound: step.map(bound) }),
      },
    },
  }));
}

/** Theorems on trial as the theory report must show them, by name. */
export function trials(): Readonly<Record<string, LoadedExperiment>> {
  const seeds = ['0', '1', '2', '3', '4'];
  const linear = seeds.map((seed, k) =>
    trialRun({ seed, measured: (t) => (0.8 - k / 20) ** t, bound: (t) => 2 * 0.9 ** t }),
  );
  const warm = seeds.map((seed) =>
    trialRun({ seed, temperature: 0.5, measured: (t) => 0.5 ** t, bound: (t) => 0.6 ** t }),
  );
  const slow = seeds.map((seed, k) =>
    trialRun({
      solver: 'a-solver-with-a-name-too-long-for-a-column-of-any-table',
      seed,
      measured: (t) => (k + 1) / (t + 1) ** 2,
      bound: (t) => 800 / (t + 1),
    }),
  );
  const outside = trialRun({ solver: 'outside', guarantee: { status: 'outside', reason: 'the game is general-sum' } });
  const published = [
    {
      what: 'KL to the equilibrium after a hundred steps on games of ten actions with preferences of 0 and 1',
      value: [0.001, 0.002] as [number, number],
      unit: 'nats',
      source: 'Somebody, Somebody Else and a Third 2024, Table 3, second column',
      differs: 'their games have ten actions with preferences of 0 and 1 and a start at the reference; ours have three',
      ours: { metric: 'kl-to-equilibrium', at: { step: 100 }, statistic: 'median' as const },
    },
  ];
  const broken = trialRun({
    solver: 'broken',
    measured: (t) => (t < 10 ? 0.5 : 3) * 0.9 ** t,
    bound: (t) => 0.9 ** t,
    guarantee: { status: 'violated', measured: 1.05, bound: 0.35 },
  });
  const all = loaded('trials', 'Do the theorems hold?', [rps], [...linear, ...warm, ...slow, outside, broken]);
  return { trials: { ...all, experiment: { ...all.experiment, published } } };
}
