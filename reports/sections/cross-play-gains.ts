import { figure } from '../html/figure.ts';
import { colourScale } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { CrossPlayFigure } from '../model/cross-play.ts';
import type { GameFacts } from '../model/game.ts';
import { formatNumber, rounding } from '../number.ts';
import { sequentialColours } from '../palette.ts';
import { answerMap, numbered, type Scale } from './answer-map.ts';

/** How much better the best policy would do against each answer; nothing where nobody gives up anything. */
export function gainFigure(game: GameFacts, found: CrossPlayFigure): Markup | undefined {
  const { gains, answers } = found;
  const { rows, columns: numbers } = numbered(found);
  const columns = gains[0].length > answers.length ? [...numbers, '*'] : numbers;
  const most = Math.max(...gains.flat());
  if (most <= rounding) return undefined;
  const ends = ['0', 'payoff units', formatNumber(most)];
  const scale: Scale = { colours: sequentialColours, domain: [0, most], strong: [-1, most * 0.55], ends };
  const means = game.roleNames.length > 1 ? ', mean over the players' : '';
  const last =
    columns.length > numbers.length
      ? ' Last column (*): against the mixture of the answers that their equilibrium plays.'
      : '';
  return figure({
    title: 'What each answer gives up against the others',
    legend: colourScale(scale.colours, scale.ends),
    panels: [answerMap(rows, columns, gains, scale, `Best-response gains against each answer on ${game.name}`)],
    caption: `Best-response gain, in payoff units${means}: how much more than the row’s answer the best policy of the whole game would receive against the column’s answer; 0 where the row is a best response to it.${last} An answer may leave much against a weak opponent and be safe all the same.`,
    table: dataTable(
      [
        { name: 'Answer of' },
        ...columns.map((name) => ({
          name: name === '*' ? 'against their equilibrium' : `against ${name}`,
          numeric: true,
        })),
      ],
      rows.map((name, i) => [isolated(name), ...gains[i].map(formatNumber)]),
    ),
  });
}
