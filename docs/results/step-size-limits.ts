import type { LoadedExperiment } from '../../experiments/stored.ts';
import { convergedCount, outOf, runsOf, withinCount } from './runs.ts';
import type { Answer, ResultSection, ResultTable } from './section.ts';

const games = ['tournament:n=6', 'random:n=6'];
const temperatures = [0.02, 0.1, 0.5];
const one = ['4*tau', '8*tau', '16*tau', '32*tau', '64*tau', '128*tau'];
const two = [1, 2, 4, 6, 8, 12];

function limitTable(
  loaded: LoadedExperiment,
  solver: string,
  sizes: readonly (number | string)[],
  caption: string,
): ResultTable {
  const count = (game: string, temperature: number, stepSize: number | string): string => {
    const runs = runsOf(loaded, { solver, game, temperature, params: { stepSize } });
    return outOf(convergedCount(runs), runs);
  };
  return {
    caption,
    head: ['game', 'τ', ...sizes.map((size) => `γ = ${String(size).replace('*tau', 'τ')}`)],
    rows: games.flatMap((game) =>
      temperatures.map((temperature) => [game, temperature, ...sizes.map((size) => count(game, temperature, size))]),
    ),
  };
}

/** The largest multiple of τ, or the largest γ, up to which all runs of a kind converge. */
function largestSafe(
  loaded: LoadedExperiment,
  solver: string,
  sizes: readonly (number | string)[],
  where: { readonly game: string; readonly temperature: number },
): number {
  const broken = sizes.findIndex((stepSize) => {
    const runs = runsOf(loaded, { solver, ...where, params: { stepSize } });
    return convergedCount(runs) < runs.length;
  });
  const safe = broken < 0 ? sizes[sizes.length - 1] : sizes[broken - 1];
  return Number.parseFloat(String(safe));
}

function answer(loaded: LoadedExperiment): Answer {
  const safeOne = (game: string, temperature: number) =>
    largestSafe(loaded, 'mirror-descent', one, { game, temperature });
  const safeTwo = (game: string, temperature: number) => largestSafe(loaded, 'mirror-prox', two, { game, temperature });
  const [certain, random] = games;
  const inside = [
    ...runsOf(loaded, { solver: 'mirror-descent', params: { stepSize: one[0] } }),
    ...[1, 2].flatMap((stepSize) => [...runsOf(loaded, { solver: 'mirror-prox', params: { stepSize } })]),
  ];
  const [low, middle, high] = temperatures;
  return {
    tables: [
      limitTable(
        loaded,
        'mirror-descent',
        one,
        'One evaluation per step (`mirror-descent`, proximal step γ): runs that converged.',
      ),
      limitTable(loaded, 'mirror-prox', two, 'Two evaluations per step (`mirror-prox`): runs that converged.'),
    ],
    values: {
      low,
      middle,
      high,
      inside: withinCount(inside),
      proven: inside.length,
      oneCertainLow: safeOne(certain, low),
      oneCertainMiddle: safeOne(certain, middle),
      oneCertainHigh: safeOne(certain, high),
      oneRandomLow: safeOne(random, low),
      oneRandomMiddle: safeOne(random, middle),
      twoCertainLow: safeTwo(certain, low),
      twoCertainMiddle: safeTwo(certain, middle),
      twoRandomLow: safeTwo(random, low),
      twoRandomMiddle: safeTwo(random, middle),
      largestTwo: two[two.length - 1],
    },
  };
}

export const stepSizeLimits: ResultSection = {
  experiment: 'step-size-limits',
  title: 'How large a step may be',
  answer,
  findings: [
    {
      says: 'Within the theorems all {proven} runs converge within their bounds.',
      holds: (v) => v.inside === v.proven,
    },
    {
      says: 'On certain preferences one evaluation still converges at {oneCertainLow}τ, four times the proven step, at τ = {low} as at {middle}, and fails at the next size tried; on uniform random ones it holds to {oneRandomLow}τ at τ = {low} and to {oneRandomMiddle}τ at τ = {middle}.',
      holds: (v) =>
        v.oneCertainLow === 16 && v.oneCertainMiddle === 16 && v.oneRandomLow >= 32 && v.oneRandomMiddle >= 32,
    },
    {
      says: 'Two evaluations converge on certain preferences up to γ = {twoCertainLow} at τ = {low}, which is the proven limit, and up to {twoCertainMiddle} at τ = {middle}; on random ones up to {twoRandomLow} at τ = {low} and, at τ = {middle}, up to the largest tried, {twoRandomMiddle}.',
      holds: (v) =>
        v.twoCertainLow === 2 && v.twoCertainMiddle > 2 && v.twoRandomLow > 2 && v.twoRandomMiddle === v.largestTwo,
    },
    {
      says: 'At τ = {high} no step breaks either method: the regularisation dominates the game, and one evaluation converges even at {oneCertainHigh}τ.',
      holds: (v) => v.oneCertainHigh === 128,
    },
  ],
};
