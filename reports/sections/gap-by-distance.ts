import { gapByDistanceChart, leastDrawn, type MarkedLine } from '../charts/gap-by-distance.ts';
import { figure } from '../html/figure.ts';
import { curveKey, legend } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { GapByDistance } from '../model/gap-by-distance.ts';
import { capitalised, formatNumber } from '../number.ts';
import { toldApart } from '../palette.ts';
import { inWords } from '../vocabulary.ts';

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Temperature τ', numeric: true },
  { name: 'KL to the reference', numeric: true },
  { name: 'Gap', numeric: true },
];

function caption({ metric, lines }: GapByDistance): string {
  const marks = lines.flatMap((line) => line.marks);
  const clipped = marks.some(({ distance, gap }) => Math.min(distance, gap) <= leastDrawn)
    ? ` Values at or below ${formatNumber(leastDrawn)} are drawn at ${formatNumber(leastDrawn)}.`
    : '';
  return `${capitalised(inWords(metric))} of the certified iterate, in the game without regularisation, against its KL to the reference, both axes logarithmic: a mark for each temperature, joined per solver; medians over the runs. Lower is harder to beat, further left is closer to the reference. The temperature of one method is not that of another: compare marks at equal distance, not at equal τ. Where marks coincide, the last named is seen.${clipped}`;
}

/** What each method gives up for what it keeps; nothing where temperatures are not to be weighed. */
export function gapByDistanceFigure(game: GameFacts, found: GapByDistance | undefined): Markup[] {
  if (found === undefined) return [];
  const { metric, lines } = found;
  return toldApart(lines, ({ series }) => series.slot).map((part) => {
    const drawn = part.map(({ series, marks }): MarkedLine => ({ slot: series.slot, name: series.label, marks }));
    const rows = part.flatMap(({ series, marks }) =>
      marks.map(({ temperature, distance, gap }) => [
        isolated(series.label),
        ...[temperature, distance, gap].map(formatNumber),
      ]),
    );
    return figure({
      title: `${capitalised(inWords(metric))} against distance from the reference`,
      legend: legend(part.map(({ series }) => curveKey(series.slot, series.label))),
      panels: [
        {
          maxWidth: 780,
          chart: gapByDistanceChart(drawn, {
            metric,
            height: 320,
            description: `${inWords(metric)} against KL to the reference on ${game.name}`,
          }),
        },
      ],
      caption: caption({ metric, lines: part }),
      table: dataTable(columns, rows),
    });
  });
}
