import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { gameReader } from '../../reports/model/game.ts';
import { benchmarkChart } from '../benchmark-chart.ts';
import { finals, runsOf } from './runs.ts';
import type { Answer, ResultSection, ResultTable } from './section.ts';

const methods = ['extragradient', 'rlhf', 'dpo', 'exo', 'ipo', 'srpo'];
const temperatures = [1, 0.5, 0.2, 0.1, 0.05, 0.02];
const lowest = 0.02;

interface Point {
  readonly temperature: number;
  readonly gap: number;
  readonly distance: number;
}

/** Duality gap and KL to the reference of one method on one game, by temperature. */
function pathOf(loaded: LoadedExperiment, solver: string, game: string): Point[] {
  return temperatures.map((temperature) => {
    const runs = runsOf(loaded, { solver, game, temperature });
    return { temperature, gap: finals(runs, 'duality-gap')[0], distance: finals(runs, 'kl-to-reference')[0] };
  });
}

/** P(first ≻ second) of the answers of two runs on one game. */
function winRate(preferences: readonly (readonly number[])[], first: StoredRun, second: StoredRun): number {
  const [rows, columns] = [first, second].map((run) => run.iterates.last?.profile[0] ?? []);
  return rows.reduce(
    (sum, weight, a) => sum + weight * columns.reduce((part, other, b) => part + other * preferences[a][b], 0),
    0,
  );
}

/** Methods of the table; DPO has the optimum of RLHF. */
const shownMethods = methods.filter((solver) => solver !== 'dpo');

function beatenTable(loaded: LoadedExperiment, games: readonly string[]): ResultTable {
  const gameOf = gameReader([loaded]);
  const rows = games.flatMap((game) => {
    const [nash] = runsOf(loaded, { solver: 'exact', game, temperature: 0 });
    const [preferences] = gameOf(nash).payoffs;
    return shownMethods.map((solver) => {
      const path = pathOf(loaded, solver, game);
      const { gap, distance } = path[path.length - 1];
      const [run] = runsOf(loaded, { solver, game, temperature: lowest });
      const least = Math.min(...path.map((point) => point.gap));
      return [game, solver, least, gap, distance, 0.5 + gap / 2, winRate(preferences, nash, run)];
    });
  });
  return {
    caption: `The least duality gap over all temperatures; then, at τ = ${lowest}: duality gap, KL to the reference, how often the best item against the policy wins, and how often the exact equilibrium does:`,
    head: ['game', 'method', 'least gap', 'gap', 'KL to reference', 'best item wins', 'equilibrium wins'],
    rows,
  };
}

function answer(loaded: LoadedExperiment): Answer {
  const games = [...new Set(loaded.runs.map(({ cell }) => cell.game.name))];
  const shown = games[1];
  const least = (solver: string): number[] =>
    games.map((game) => Math.min(...pathOf(loaded, solver, game).map(({ gap }) => gap)));
  const beaten = games.map((game) => 0.5 + (pathOf(loaded, 'rlhf', game).at(-1)?.gap ?? Number.NaN) / 2);
  const rlhf = runsOf(loaded, { solver: 'rlhf' });
  const dpo = runsOf(loaded, { solver: 'dpo' });
  const nashGaps = games.map((game) => pathOf(loaded, 'extragradient', game).at(-1)?.gap ?? Number.NaN);
  return {
    figure: {
      alt: 'Duality gap against KL to the reference',
      chart: benchmarkChart(
        shownMethods.map((solver, slot) => ({
          name: solver,
          slot,
          style: 'solid',
          points: pathOf(loaded, solver, shown).map(({ gap, distance }) => ({ x: distance, y: gap })),
        })),
        {
          xTitle: `KL to the reference in nats (${shown})`,
          yTitle: 'duality gap (payoff units)',
          description: `Duality gap against KL to the reference on ${shown}, one point per temperature`,
        },
      ),
    },
    tables: [beatenTable(loaded, games)],
    values: {
      lowest,
      leastReward: Math.min(...least('rlhf')),
      largestReward: Math.max(...least('rlhf')),
      leastNash: Math.min(...nashGaps),
      largestNash: Math.max(...nashGaps),
      leastSrpo: Math.min(...least('srpo')),
      largestSrpo: Math.max(...least('srpo')),
      lowRate: Math.min(...beaten),
      highRate: Math.max(...beaten),
      sameAsDpo: Math.max(
        ...finals(rlhf, 'duality-gap').map((gap, k) => Math.abs(gap - finals(dpo, 'duality-gap')[k])),
      ),
    },
  };
}

export const whatTransitivityCosts: ResultSection = {
  experiment: 'what-transitivity-costs',
  title: 'What transitivity costs',
  answer,
  findings: [
    {
      says: 'A policy made from rewards can be beaten however far it goes from the reference: over all temperatures the duality gap of RLHF stays above {leastReward} to {largestReward}, by game, while the regularised equilibrium goes to {leastNash} to {largestNash} at τ = {lowest}.',
      holds: (v) => v.leastReward > 0.1 && v.leastReward > 2 * v.largestNash,
    },
    {
      says: 'As τ falls the reward policies gather on the item of the largest reward, and at τ = {lowest} some other item is preferred to RLHF with probability {lowRate} to {highRate}. That the equilibrium itself rarely wins more than half against it is no comfort: an equilibrium is indifferent among its own items.',
      holds: (v) => v.lowRate > 0.55,
    },
    {
      says: 'DPO has the optimum of RLHF (the gaps differ by {sameAsDpo}), and EXO that of another temperature, so that it moves on the same line.',
      holds: (v) => v.sameAsDpo < 1e-9,
    },
    {
      says: 'SRPO fits no rewards and comes much closer, to {leastSrpo} to {largestSrpo}: it is robust to an improver, though no equilibrium.',
      holds: (v) => v.largestSrpo < v.leastReward,
    },
  ],
};
