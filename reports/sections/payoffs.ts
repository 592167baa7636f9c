import { heatMapChart } from '../charts/heat-map.ts';
import { figure } from '../html/figure.ts';
import { colourScale } from '../html/legend.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { PayoffMatrix } from '../model/payoffs.ts';
import type { Answer } from '../model.ts';
import { capitalised, formatNumber } from '../number.ts';
import { divergingColours } from '../palette.ts';
import { temperatureText } from '../words.ts';

const strongShare = 0.6;

function caption(matrix: PayoffMatrix, answer: Answer | undefined): Markup {
  const { rows, columns, allRows, allColumns, meaning } = matrix;
  const cut =
    allRows > rows.length || allColumns > columns.length
      ? ` Shown: the first ${rows.length} of ${allRows} rows and ${columns.length} of ${allColumns} columns in that order.`
      : '';
  const order =
    answer === undefined
      ? 'by label, for want of an answer'
      : html`by falling probability in the answer, ties by label; the answer is that of ${isolated(answer.series.label)} (${temperatureText(answer.run.cell.temperature)}, seed ${answer.run.cell.seed}), the run closest to an equilibrium of this matrix`;
  return html`${capitalised(meaning)}. Rows and columns stand ${order}.${cut}`;
}

/** A payoff matrix as a heat map, in the order of the answer. */
export function payoffFigure(game: GameFacts, matrix: PayoffMatrix, answer: Answer | undefined): Markup {
  const { rows, columns, values, centre, reach, meaning } = matrix;
  const longest = Math.max(...rows.map((label) => Array.from(label).length));
  const ends = [centre - reach, centre, centre + reach].map(formatNumber);
  return figure({
    title: game.kind === 'preference' ? 'Preference matrix' : `Payoff matrix, ${meaning}`,
    legend: colourScale(divergingColours, ends),
    panels: [
      {
        maxWidth: Math.min(1080, 60 + Math.min(longest * 7, 320) + columns.length * (columns.length <= 12 ? 72 : 26)),
        chart: heatMapChart({
          rows,
          columns,
          values,
          rowTitle: game.kind === 'preference' ? 'row action' : 'row player',
          columnTitle: game.kind === 'preference' ? 'column action' : 'column player',
          colours: divergingColours,
          domain: [centre - reach, centre + reach],
          numberText: formatNumber,
          strong: [centre - strongShare * reach, centre + strongShare * reach],
          description: `${meaning}, ${game.name}`,
        }),
      },
    ],
    caption: caption(matrix, answer),
    table: dataTable(
      [{ name: 'Row' }, ...columns.map((column) => ({ name: isolated(column), numeric: true }))],
      rows.map((row, i) => [isolated(row), ...values[i].map(formatNumber)]),
    ),
  });
}
