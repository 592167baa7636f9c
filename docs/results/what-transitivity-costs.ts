import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { gapByDistanceChart } from '../../reports/charts/gap-by-distance.ts';
import { gameReader } from '../../reports/model/game.ts';
import { onPage } from './on-page.ts';
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

/** How often the exact equilibrium of a game wins against a method at the lowest temperature. */
function exactWins(loaded: LoadedExperiment, solver: string, game: string): number {
  const [nash] = runsOf(loaded, { solver: 'exact', game, temperature: 0 });
  const [run] = runsOf(loaded, { solver, game, temperature: lowest });
  const [preferences] = gameReader([loaded])(nash).payoffs;
  return winRate(preferences, nash, run);
}

/** Methods of the table; DPO has the optimum of RLHF. */
const shownMethods = methods.filter((solver) => solver !== 'dpo');

function beatenTable(loaded: LoadedExperiment, games: readonly string[]): ResultTable {
  const rows = games.flatMap((game) =>
    shownMethods.map((solver) => {
      const path = pathOf(loaded, solver, game);
      const { gap, distance } = path[path.length - 1];
      const least = Math.min(...path.map((point) => point.gap));
      return [game, solver, least, gap, distance, 0.5 + gap / 2, exactWins(loaded, solver, game)];
    }),
  );
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
  const cars = games[games.length - 1];
  const end = (solver: string, game: string): Point => pathOf(loaded, solver, game)[temperatures.length - 1];
  const exact = games.map((game) => exactWins(loaded, 'rlhf', game));
  const beaten = games.map((game) => 0.5 + end('rlhf', game).gap / 2);
  const rlhf = runsOf(loaded, { solver: 'rlhf' });
  const dpo = runsOf(loaded, { solver: 'dpo' });
  const nashGaps = games.map((game) => end('extragradient', game).gap);
  return {
    figure: {
      alt: 'Duality gap against KL to the reference',
      chart: onPage(
        gapByDistanceChart(
          shownMethods.map((solver, slot) => ({ name: solver, slot, marks: pathOf(loaded, solver, shown) })),
          {
            metric: 'duality-gap',
            where: shown,
            height: 360,
            description: `Duality gap against KL to the reference on ${shown}, one point per temperature`,
          },
        ),
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
      srpoCars: end('srpo', cars).gap,
      nashCars: end('extragradient', cars).gap,
      srpoFar: end('srpo', cars).distance,
      nashFar: end('extragradient', cars).distance,
      exactLow: Math.min(...exact),
      exactHigh: Math.max(...exact),
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
      says: 'As τ falls the reward policies gather on the item of the largest reward, and at τ = {lowest} some other item is preferred to RLHF with probability {lowRate} to {highRate}. That the equilibrium itself wins no more often than {exactLow} to {exactHigh} against it is no comfort: an equilibrium is indifferent among its own items.',
      holds: (v) => v.lowRate > 0.55 && v.exactHigh < v.lowRate,
    },
    {
      says: 'DPO has the optimum of RLHF, gap for gap, and EXO that of another temperature, so that it moves on the same line.',
      holds: (v) => v.sameAsDpo < 1e-9,
    },
    {
      says: 'SRPO fits no rewards and comes much closer, to {leastSrpo} to {largestSrpo}: it is robust to an improver, though no equilibrium.',
      holds: (v) => v.largestSrpo < v.leastReward,
    },
    {
      says: 'On the cars it is at τ = {lowest} even harder to beat than the regularised equilibrium ({srpoCars} against {nashCars}): that is the equilibrium of the game with its pull, not of the game as it is, and SRPO, whose pull is part of another objective, has gone further from the reference ({srpoFar} nats against {nashFar}).',
      holds: (v) => v.srpoCars < v.nashCars && v.srpoFar > v.nashFar,
    },
    {
      says: 'Equal τ is no equal footing between methods: RLHF, DPO and EXO weigh KL against fitted rewards, which are log odds, the others against win rates. They are to be compared at equal distance from the reference, as in the figure.',
      holds: (v) => v.lowest > 0,
    },
  ],
};
