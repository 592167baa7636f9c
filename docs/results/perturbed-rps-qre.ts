import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

/** By temperature, as printed in examples/nfg/perturbed_rps.py of github.com/ssokota/mmd at commit 62bc8a2 (eight digits). */
const published: readonly (readonly [number, readonly number[]])[] = [
  [0.05, [0.1517447, 0.46794775, 0.38030755]],
  [0.1, [0.17347803, 0.48630324, 0.34021873]],
  [0.2, [0.22364492, 0.47798817, 0.29836691]],
  [0.5, [0.29813319, 0.41382045, 0.28804635]],
];

const solvers = ['newton', 'mmd', 'extragradient'];

function policyOf(run: StoredRun): readonly number[] {
  return run.iterates.last?.profile[0] ?? [];
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k])));
}

/** The factor per step by which KL to the equilibrium shrank, from where it is small to where it is rounding. */
function measuredRate(run: StoredRun): number {
  const values = columnOf(run, 'last', 'kl-to-equilibrium') ?? [];
  const [from, to] = [values.findIndex((value) => value < 1e-3), values.findLastIndex((value) => value > 1e-14)];
  const { step } = run.history;
  return (values[to] / values[from]) ** (1 / (step[to] - step[from]));
}

function answer(loaded: LoadedExperiment): Answer {
  const own = (solver: string, temperature: number): StoredRun => runsOf(loaded, { solver, temperature })[0];
  const rows = published.map(([temperature, policy]) => ({
    temperature,
    policy,
    distances: solvers.map((solver) => distance(policyOf(own(solver, temperature)), policy)),
    rate: measuredRate(own('mmd', temperature)),
    bound: 1 / (1 + temperature ** 2),
  }));
  const between = published.flatMap(([temperature]) =>
    solvers
      .slice(1)
      .map((solver) => distance(policyOf(own('newton', temperature)), policyOf(own(solver, temperature)))),
  );
  const digits = (policy: readonly number[]): string => policy.map((value) => value.toFixed(8)).join(', ');
  return {
    tables: [
      {
        caption:
          'Equilibria (rock, paper, scissors), published and by Newton’s method, and the largest difference in a probability:',
        head: ['α = τ', 'published', 'newton', ...solvers.map((solver) => `${solver}, off by`)],
        rows: rows.map(({ temperature, policy, distances }) => [
          temperature,
          digits(policy),
          digits(policyOf(own('newton', temperature))),
          ...distances,
        ]),
      },
      {
        caption:
          'Factor per step of KL to the equilibrium of `mmd` with γ = α, where KL is below 1e-3 and above rounding:',
        head: ['α = τ', 'measured', 'bound 1/(1 + α²)', 'steps to the tolerance'],
        rows: rows.map(({ temperature, rate, bound }) => [
          temperature,
          rate.toFixed(4),
          bound.toFixed(4),
          own('mmd', temperature).result.steps,
        ]),
      },
    ],
    values: {
      worst: Math.max(...rows.flatMap(({ distances }) => distances)),
      between: Math.max(...between),
      slack: Math.max(...rows.map(({ rate, bound }) => rate / bound)),
      fast: rows[rows.length - 1].rate.toFixed(4),
      fastBound: rows[rows.length - 1].bound.toFixed(4),
      slow: rows[0].rate.toFixed(4),
      slowBound: rows[0].bound.toFixed(4),
    },
  };
}

export const perturbedRpsQre: ResultSection = {
  experiment: 'perturbed-rps-qre',
  title: 'Published quantal response equilibria',
  answer,
  tablesHoldPublished: true,
  differs:
    'they hold probabilities and project them to at least 1e-10, we hold logarithms; they average KL over the two players, who here share one policy.',
  findings: [
    {
      says: 'Newton’s method, magnetic mirror descent and extragradient agree with each other to {between} and with the published equilibria to {worst}, which is the rounding of the eight digits printed.',
      holds: (v) => v.between < 1e-9 && v.worst < 1e-8,
    },
    {
      says: 'KL to the equilibrium shrinks faster than `1/(1 + α²)` per step at every temperature, from {slow} (bound {slowBound}) at the lowest to {fast} (bound {fastBound}) at the highest.',
      holds: (v) => v.slack < 1,
    },
  ],
};
