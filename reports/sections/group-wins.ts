import { groupBars } from '../charts/group-bars.ts';
import { heatMapChart } from '../charts/heat-map.ts';
import { figure, type Panel } from '../html/figure.ts';
import { boxKey, colourScale, legend } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { GroupWinsFigure } from '../model/group-wins.ts';
import { counted, formatNumber, formatProbability } from '../number.ts';
import { divergingColours, seriesColour } from '../palette.ts';
import { curveName } from '../words.ts';

/** More groups, or answers, are drawn as a heat map. */
const mostBars = 8;

function heatMap(game: GameFacts, { groups, answers }: GroupWinsFigure, names: readonly string[]): Panel {
  const values = groups.map((_, g) => answers.map(({ rates }) => rates[g]));
  const reach = Math.max(0.05, ...values.flat().map((rate) => Math.abs(rate - 0.5)));
  return {
    maxWidth: 320 + 90 * names.length,
    chart: heatMapChart({
      rows: [...groups.map(({ name }) => name), 'all, pooled'],
      columns: names,
      values: [...values, answers.map(({ pooled }) => pooled)],
      rowTitle: 'group',
      columnTitle: 'answer of',
      colours: divergingColours,
      domain: [0.5 - reach, 0.5 + reach],
      numberText: formatProbability,
      strong: [0.5 - 0.6 * reach, 0.5 + 0.6 * reach],
      framed: (row, column) => row === answers[column].worst,
      description: `Win rates of the groups on ${game.name}`,
    }),
  };
}

function figureLegend({ groups, answers }: GroupWinsFigure, asBars: boolean): Markup {
  if (!asBars) {
    const reach = Math.max(0.05, ...answers.flatMap(({ rates }) => rates.map((rate) => Math.abs(rate - 0.5))));
    return colourScale(divergingColours, [0.5 - reach, 0.5, 0.5 + reach].map(formatNumber));
  }
  const keys = groups.map(({ name, share }, g) => boxKey(seriesColour(g), `${name} (share ${formatNumber(share)})`));
  return legend([...keys, boxKey('var(--muted)', 'all, pooled')]);
}

/** How often each group of judges prefers the answers to the reference; nothing for games without groups. */
export function groupWinsFigure(game: GameFacts, found: GroupWinsFigure | undefined): Markup | undefined {
  if (found === undefined) return undefined;
  const { groups, answers } = found;
  const several = new Set(answers.map(({ temperature }) => temperature)).size > 1;
  const names = answers.map((answer) => curveName(answer.series, answer.temperature, several));
  const asBars = groups.length <= mostBars && answers.length <= 2 * mostBars;
  const bars = answers.map(({ rates, pooled, worst }, i) => ({ name: names[i], rates, pooled, worst }));
  const description = `Win rates of the groups on ${game.name}`;
  const runs = Math.max(...answers.map((answer) => answer.runs));
  return figure({
    title: 'Win rate in each group of judges',
    legend: figureLegend(found, asBars),
    panels: [
      asBars
        ? {
            maxWidth: 820,
            chart: groupBars(
              groups.map(({ name }) => name),
              bars,
              description,
            ),
          }
        : heatMap(game, found, names),
    ],
    caption: `How often each group prefers an action of the certified answer to an action of the reference, and the mean over the groups with their shares. ½ is the reference against itself${asBars ? ' (dotted rule)' : ''}; a group below it would rather keep the reference. ${asBars ? 'Marked' : 'Framed'}: the group that the answer serves worst.${runs > 1 ? ` Medians over ${counted(runs, 'seed')}.` : ''}`,
    table: dataTable(
      [
        { name: 'Solver' },
        ...groups.map(({ name }) => ({ name: isolated(name), numeric: true })),
        { name: 'Pooled', numeric: true },
        { name: 'Worst group' },
      ],
      answers.map(({ rates, pooled, worst }, i) => [
        isolated(names[i]),
        ...[...rates, pooled].map(formatProbability),
        isolated(groups[worst].name),
      ]),
    ),
  });
}
