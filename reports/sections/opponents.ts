import { heatMapChart } from '../charts/heat-map.ts';
import { figure, type Panel } from '../html/figure.ts';
import { colourScale } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { OpponentGains } from '../model/opponents.ts';
import { formatNumber, rounding } from '../number.ts';
import { sequentialColours } from '../palette.ts';
import { temperatureText } from '../words.ts';

function nameOf({ series, temperature }: OpponentGains): string {
  return `${series.label}, ${temperatureText(temperature)}`;
}

function panelOf(game: GameFacts, gains: OpponentGains, most: number): Panel {
  const { rows, columns, seed } = gains;
  return {
    title: isolated(nameOf(gains)),
    note: `seed ${seed}`,
    maxWidth: 200 + 90 * columns.length,
    chart: heatMapChart({
      rows: rows.map(({ player }) => player),
      columns,
      values: rows.map(({ against }) => against.map((gain) => gain ?? Number.NaN)),
      rowTitle: 'answer of',
      columnTitle: 'against',
      colours: sequentialColours,
      domain: [0, most],
      numberText: formatNumber,
      strong: [-1, most * 0.55],
      description: `Best-response gain against each opponent: ${nameOf(gains)}, ${game.name}`,
    }),
  };
}

/** What each answer gives up against single opponents; nothing where no opponent is known, or nobody gives up anything. */
export function opponentFigure(game: GameFacts, all: readonly OpponentGains[]): Markup | undefined {
  const most = Math.max(
    0,
    ...all.flatMap(({ rows }) => rows.flatMap(({ against }) => against.map((gain) => gain ?? 0))),
  );
  if (most <= rounding) return undefined;
  const rows = all.flatMap((gains) =>
    gains.rows.flatMap(({ player, against }) =>
      gains.columns.flatMap((column, k) => {
        const gain = against[k];
        return gain === undefined
          ? []
          : [[isolated(nameOf(gains)), isolated(player), isolated(column), formatNumber(gain)]];
      }),
    ),
  );
  return figure({
    title: 'What answers give up against each opponent',
    legend: colourScale(sequentialColours, ['0', 'payoff units', formatNumber(most)]),
    panelWidth: 400,
    panels: all.map((gains) => panelOf(game, gains, most)),
    caption:
      'Best-response gain, in payoff units, of each player’s certified answer when all other seats are taken by one opponent of its population, as that opponent ended, and when one of them is drawn with its last share and takes them: 0 where no other policy would do better. An answer that is best against the mixture need not be best against any of its members. Of large populations the eight members with the largest shares have a column.',
    table: dataTable(
      [{ name: 'Solver' }, { name: 'Answer of' }, { name: 'Against' }, { name: 'Gain', numeric: true }],
      rows,
    ),
  });
}
