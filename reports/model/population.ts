import type { LoadedExperiment } from '../../experiments/stored.ts';
import { type GameSection, type ReportModel, reportModel } from '../model.ts';
import { type ByPlayers, policiesByPlayers } from './by-players.ts';
import { type Convergence, curvesOf } from './convergence.ts';
import { type CrossPlayFigure, crossPlayOf } from './cross-play.ts';
import type { GameFacts } from './game.ts';
import { type GroupWinsFigure, groupWins } from './group-wins.ts';
import { type Bundle, bundlesOf, groupedBy, onGame } from './groups.ts';
import { type MetByPlayer, metByPlayers } from './met.ts';
import { type Motion, motionsOf } from './motion.ts';
import { type OpponentGains, opponentGains } from './opponents.ts';
import { playableGame } from './playable.ts';
import { type PlayerGainFigure, playerGains } from './player-gains.ts';
import { type PlayersPath, playersPaths } from './players-path.ts';
import { seriesOf } from './series.ts';

/** What a game's section shows beside what every report shows of it. */
export interface PopulationSection {
  readonly section: GameSection;
  readonly gains?: PlayerGainFigure;
  readonly disagreement?: Convergence;
  readonly met: readonly MetByPlayer[];
  readonly paths: readonly PlayersPath[];
  readonly opponents: readonly OpponentGains[];
  readonly crossPlay?: CrossPlayFigure;
  readonly groupWins?: GroupWinsFigure;
  readonly motions: readonly Motion[];
}

export interface PopulationModel extends ReportModel {
  readonly populations: readonly PopulationSection[];
  /** Where games differ in their number of players: the policies that all players share. */
  readonly byPlayers: readonly ByPlayers[];
}

/** The distance between players over time; nothing where all played alike throughout. */
function disagreementOf(section: GameSection, bundles: readonly Bundle[]): Convergence | undefined {
  const found = curvesOf(section.game, bundles, 'disagreement');
  const differ = found?.curves.some(({ points }) => points.some(({ high }) => high > found.floor)) ?? false;
  return differ ? found : undefined;
}

async function populationSection(
  experiments: readonly LoadedExperiment[],
  section: GameSection,
  bundles: readonly Bundle[],
): Promise<PopulationSection> {
  const { game } = section;
  const shown = onGame(bundles, game.hash);
  const playable = playableGame(experiments, game.hash);
  const gains = playerGains(game, bundles);
  const disagreement = disagreementOf(section, bundles);
  const crossPlay = playable === undefined ? undefined : await crossPlayOf(playable, shown);
  const wins = groupWins(game, shown);
  return {
    section,
    ...(gains === undefined ? {} : { gains }),
    ...(disagreement === undefined ? {} : { disagreement }),
    met: metByPlayers(game, shown),
    paths: playersPaths(game, shown),
    opponents: playable === undefined ? [] : opponentGains(playable, game, shown),
    ...(crossPlay === undefined ? {} : { crossPlay }),
    ...(wins === undefined ? {} : { groupWins: wins }),
    motions: motionsOf(bundles),
  };
}

/** Aggregates stored runs about players and populations. Throws `bad-run` as `reportModel` does. */
export async function populationModel(experiments: readonly LoadedExperiment[]): Promise<PopulationModel> {
  const model = reportModel(experiments);
  const bundles = bundlesOf(model.runs, seriesOf(model.runs).of);
  const perGame = groupedBy(bundles, (bundle) => bundle.subject.key);
  const populations: PopulationSection[] = [];
  for (const [i, section] of model.games.entries())
    populations.push(await populationSection(experiments, section, perGame[i]));
  const games = new Map(model.games.map(({ game }) => [game.hash, game]));
  const byPlayers = policiesByPlayers(
    model.runs.filter(({ cell }) => games.has(cell.game.hash)),
    (hash) => games.get(hash) as GameFacts,
  );
  return { ...model, populations, byPlayers };
}
