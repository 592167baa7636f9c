import { metrics } from '../src/metrics/catalogue.ts';
import type { Metric } from '../src/metrics/metric.ts';

const units: Readonly<Record<Metric['unit'], string>> = {
  payoff: 'payoff units',
  nats: 'nats',
  fraction: 'fraction of the payoff span',
  probability: 'probability',
};

const glossary: readonly (readonly [string, string])[] = [
  ['oracle call', 'one evaluation of all action payoffs of one role; the unit of cost that makes solvers comparable'],
  ['temperature τ', 'weight of the KL term to the reference in the payoff of the game; 0 is the unregularised game'],
  [
    'last, average, best iterate',
    'the policy the run ended with; the mean of the policies played; the recorded last iterate with the smallest gap',
  ],
  ['tolerance', 'the gap at which a run counts as converged; 0 asks for all steps'],
  ['bound', 'what a theorem promises for the iterate and the metric it names, at every step'],
];

/** Words of the theory report. */
export const theoryWords: readonly (readonly [string, string])[] = [
  [
    'within, outside, violated, unmeasured',
    'the measured value stayed at or below the bound at every record; the run does not meet the premises of the theorem; the value rose above the bound by more than rounding; the bound or the value is not known',
  ],
  [
    'rounding',
    'what rounding errors alone can make of the measured value; below it no value is held against its bound, and nothing is fitted',
  ],
  ['tightest game', 'the game, and the step after the start, with the largest measured value over its bound'],
  [
    'factor per step',
    'for bounds that fall as fᵗ: exp of the slope of the logarithm over the steps, from the start until rounding',
  ],
  [
    'exponent',
    'for bounds that fall as a power of t (−1: like 1/t, −1/2: like 1/√t): the slope of the logarithm over the logarithm of the step, from the root of the last step on',
  ],
  [
    'slope',
    'the median of the slopes between pairs of records, weighted by their distance (Theil and Sen): a few odd values do not move it',
  ],
];

/** Words of the population report. */
export const populationWords: readonly (readonly [string, string])[] = [
  [
    'population, member, share',
    'the policies that a player was given as opponents; one of them; how often that one was met, all shares adding up to 1',
  ],
  ['best-response gain', 'how much more the best policy would receive against the same opponents, in payoff units'],
  ['cross-play', 'the game whose actions are the answers: each entry is the win rate of one answer against another'],
];

/** The word as prose: `duality-gap` is `duality gap`, `kl-to-equilibrium` is `KL to equilibrium`. */
export function inWords(metric: string): string {
  if (metric === 'nash-conv') return 'NashConv';
  return metric.replace(/^(kl|c?ce)-/, (short) => short.toUpperCase()).replaceAll('-', ' ');
}

/** Title of an axis: the word and its unit. */
export function axisTitle(metric: string): string {
  return Object.hasOwn(metrics, metric) ? `${inWords(metric)} (${units[metrics[metric].unit]})` : inWords(metric);
}

/** Definitions of the given metrics that have one, then of the general words. */
export function definitionsOf(names: readonly string[]): (readonly [string, string])[] {
  const used = Object.values(metrics).filter(({ name }) => names.includes(name));
  return [...used.map(({ name, definition }): [string, string] => [inWords(name), definition]), ...glossary];
}
