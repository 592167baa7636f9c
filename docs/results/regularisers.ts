import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { median } from '../../reports/model/spread.ts';
import { convergedCount, largestFinal, medianFinal, outOf, runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const kinds = [
  ['reverse KL', { reverse: 1, forward: 0, chiSquared: 0 }],
  ['forward KL', { reverse: 0, forward: 1, chiSquared: 0 }],
  ['χ²', { reverse: 0, forward: 0, chiSquared: 1 }],
  ['half reverse, half forward KL', { reverse: 0.5, forward: 0.5, chiSquared: 0 }],
  ['half reverse KL, half χ²', { reverse: 0.5, forward: 0, chiSquared: 0.5 }],
] as const;
const games = ['random:n=10', 'tournament:n=8'];

function answer(loaded: LoadedExperiment): Answer {
  const temperatures = [...new Set(loaded.runs.map(({ cell }) => cell.temperature))].sort((a, b) => b - a);
  const runs = (game: string, temperature: number, kind: number): readonly StoredRun[] =>
    runsOf(loaded, { game, temperature, params: kinds[kind][1] });
  const least = (game: string, temperature: number, kind: number): number =>
    Math.min(...runs(game, temperature, kind).flatMap((run) => run.iterates.last?.profile[0] ?? []));
  const rows = temperatures.flatMap((temperature) =>
    games.flatMap((game) =>
      kinds.map(([name], kind) => {
        const own = runs(game, temperature, kind);
        return [
          temperature,
          game,
          name,
          outOf(convergedCount(own), own),
          largestFinal(own, 'regularized-gap'),
          medianFinal(own, 'duality-gap'),
          medianFinal(own, 'kl-to-reference'),
          least(game, temperature, kind),
        ];
      }),
    ),
  );
  const low = temperatures[temperatures.length - 1];
  const steps = (own: readonly StoredRun[]): number => median(own.map(({ result }) => result.steps));
  const converged = kinds.map((_, kind) =>
    games.flatMap((game) => temperatures.map((t) => convergedCount(runs(game, t, kind)))).reduce((a, b) => a + b, 0),
  );
  const all = games.flatMap((game) => temperatures.map((t) => runs(game, t, 0).length)).reduce((a, b) => a + b, 0);
  return {
    tables: [
      {
        caption:
          'Self-play with each regulariser: runs whose own regularised gap reached the tolerance, the largest gap left; then of the policy reached: its duality gap in the game as it is, KL to the reference (medians), and the least probability of an action in any game:',
        head: [
          'τ',
          'game',
          'regulariser',
          'converged',
          'gap left',
          'duality gap',
          'KL to reference',
          'least probability',
        ],
        rows,
      },
    ],
    values: {
      low,
      all,
      reverse: converged[0],
      forward: converged[1],
      chiSquared: converged[2],
      mixedForward: converged[3],
      mixedSquared: converged[4],
      reverseSteps: steps(runs(games[0], low, 0)),
      forwardSteps: steps(runs(games[0], low, 1)),
      squaredSteps: steps(runs(games[0], low, 2)),
      forwardLeast: Math.min(...games.map((game) => least(game, low, 1))),
      reverseLeast: Math.min(...games.map((game) => least(game, low, 0))),
      squaredGap: medianFinal(runs(games[0], low, 2), 'duality-gap'),
      reverseGap: medianFinal(runs(games[0], low, 0), 'duality-gap'),
    },
  };
}

export const regularisers: ResultSection = {
  experiment: 'regularisers',
  title: 'Forward KL and χ² in place of reverse KL',
  answer,
  differs:
    'the published method trains language models with sampled surrogates of these regularisers and reports win rates of generated text, which nothing here can be held against; this is its population form.',
  findings: [
    {
      says: 'Reverse KL, the only one with a theorem, converges in {reverse} of {all} runs; χ² in {chiSquared}, forward KL in {forward}, the mixtures in {mixedForward} and {mixedSquared}.',
      holds: (v) => v.reverse === v.all,
    },
    {
      says: 'The others pay in steps: at τ = {low} on random games reverse KL takes {reverseSteps} steps in the median run, forward KL {forwardSteps}, whose curvature is large where an action is rare, and χ² {squaredSteps}, whose curvature vanishes there.',
      holds: (v) => v.forwardSteps > v.reverseSteps && v.squaredSteps > v.reverseSteps,
    },
    {
      says: 'Forward KL keeps every action in play, at {forwardLeast} or more at τ = {low} where reverse KL goes down to {reverseLeast}.',
      holds: (v) => v.forwardLeast > v.reverseLeast,
    },
    {
      says: 'The same weight τ does not mean the same closeness: at τ = {low} χ² leaves a duality gap of {squaredGap} on random games, reverse KL {reverseGap}.',
      holds: (v) => v.squaredGap > v.reverseGap,
    },
  ],
};
