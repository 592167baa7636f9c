import type { LoadedExperiment, StoredRun } from '../experiments/stored.ts';
import { answerOf, orderByProbability, policiesOf } from './model/answer.ts';
import { type Convergence, convergenceFigures } from './model/convergence.ts';
import { type PathOfEquilibria, pathsOfEquilibria } from './model/equilibrium-path.ts';
import { type Fastest, fastestSeries } from './model/fastest.ts';
import { type GameFacts, gameReader } from './model/game.ts';
import { type GapByDistance, gapByDistance } from './model/gap-by-distance.ts';
import { type Bundle, bundlesOf, figureGroups, groupedBy, onGame } from './model/groups.ts';
import { type GuaranteePanel, guaranteePanels } from './model/guarantee.ts';
import { type ReportHead, reportHead } from './model/head.ts';
import { type Leftover, leftovers } from './model/leftover.ts';
import { type PayoffMatrix, payoffMatrices } from './model/payoffs.ts';
import { type FinalPolicies, finalPolicies } from './model/policies.ts';
import { type Series, seriesOf } from './model/series.ts';
import { type SimplexPanel, simplexPanels } from './model/simplex.ts';
import { type Standing, standingOf } from './model/standing.ts';
import { type VerdictRow, verdictRow } from './model/verdict-rows.ts';

/** The run whose policies order the actions of a game. */
export interface Answer {
  readonly series: Series;
  readonly run: StoredRun;
}

export interface GameSection {
  readonly name: string;
  /** The game whose matrix and policies are shown; the only one, unless the seeds drew several. */
  readonly game: GameFacts;
  /** How many games the section is about. */
  readonly members: number;
  /** Who wins by majority: one entry per game the section is about; none for games without preferences. */
  readonly standings: readonly Standing[];
  readonly answer?: Answer;
  readonly rows: readonly VerdictRow[];
  readonly gapByDistance?: GapByDistance;
  readonly convergence: readonly Convergence[];
  readonly guarantees: readonly GuaranteePanel[];
  readonly policies: readonly FinalPolicies[];
  readonly payoffs: readonly PayoffMatrix[];
  readonly paths: readonly SimplexPanel[];
  readonly equilibria: readonly PathOfEquilibria[];
}

/** Everything a report shows, as plain data: numbers aggregated and put in order, nothing drawn. */
export interface ReportModel extends ReportHead {
  readonly series: readonly Series[];
  readonly games: readonly GameSection[];
  readonly fastest: readonly Fastest[];
  readonly leftovers: readonly Leftover[];
}

function gameSection(bundles: readonly Bundle[], gameOf: (run: StoredRun) => GameFacts): GameSection {
  const runs = bundles.flatMap((bundle) => bundle.runs);
  const run = answerOf(runs);
  const owner = bundles.find((bundle) => run !== undefined && bundle.runs.includes(run));
  const game = gameOf(run ?? runs[0]);
  const order = game.labels.map((labels, role) => orderByProbability((run && policiesOf(run)?.[role]) ?? [], labels));
  const shown = onGame(bundles, game.hash);
  const weighed = gapByDistance(bundles);
  const members = [...new Map(runs.map((member) => [member.cell.game.hash, member])).values()].map(gameOf);
  return {
    name: bundles[0].subject.name,
    game,
    members: members.length,
    standings: members.flatMap((member) => standingOf(member) ?? []),
    ...(run === undefined || owner === undefined ? {} : { answer: { series: owner.series, run } }),
    rows: bundles.map(verdictRow),
    ...(weighed === undefined ? {} : { gapByDistance: weighed }),
    convergence: figureGroups(bundles).flatMap((group) => convergenceFigures(game, group)),
    guarantees: guaranteePanels(game, bundles),
    policies: figureGroups(shown).map((group) => finalPolicies(game, group, order)),
    payoffs: payoffMatrices(game, order),
    paths: simplexPanels(game, shown),
    equilibria: pathsOfEquilibria(game, shown),
  };
}

/** Aggregates stored runs. Throws `bad-run` when there is nothing to report on or a game is missing. */
export function reportModel(experiments: readonly LoadedExperiment[]): ReportModel {
  const head = reportHead(experiments);
  const { runs } = head;
  const series = seriesOf(runs);
  const bundles = bundlesOf(runs, series.of);
  const gameOf = gameReader(experiments);
  return {
    ...head,
    series: series.all,
    games: groupedBy(bundles, (bundle) => bundle.subject.key).map((group) => gameSection(group, gameOf)),
    fastest: fastestSeries(bundles),
    leftovers: leftovers(runs),
  };
}
