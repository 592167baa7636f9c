import { html, type Markup } from '../html/markup.ts';
import type { PopulationSection } from '../model/population.ts';
import { convergenceFigures } from './convergence.ts';
import { crossPlayFigures } from './cross-play.ts';
import { gameHead, gapFigures } from './game.ts';
import { groupWinsFigure } from './group-wins.ts';
import { metMarkup } from './met.ts';
import { motionTable } from './motion.ts';
import { opponentFigure } from './opponents.ts';
import { pathFigure } from './paths.ts';
import { payoffFigure } from './payoffs.ts';
import { playerGainFigure } from './player-gains.ts';
import { playersPathFigure } from './players-path.ts';
import { policyFigures } from './policies.ts';

const disagreementMeaning =
  'It is the largest total-variation distance between the policies of two players: 0 where all play alike, 1 where two have no action in common.';

/** All figures of one game, players and populations first. */
export function populationGameMarkup(population: PopulationSection, number: number): Markup {
  const { section, gains, disagreement, met, paths, opponents, crossPlay, groupWins, motions } = population;
  const { game, answer, policies, payoffs } = section;
  return html`<section id="game-${number}">
${gameHead(section)}
${gapFigures(section)}
${playerGainFigure(game, gains)}
${disagreement === undefined ? undefined : convergenceFigures(game, disagreement, disagreementMeaning)}
${metMarkup(game, met)}
${motionTable(motions)}
${paths.length > 0 ? playersPathFigure(game, paths) : pathFigure(game, section.paths)}
${policies.map((figure) => policyFigures(game, figure))}
${groupWinsFigure(game, groupWins)}
${opponentFigure(game, opponents)}
${crossPlayFigures(game, crossPlay)}
${payoffs.map((matrix) => payoffFigure(game, matrix, answer))}
</section>
`;
}
