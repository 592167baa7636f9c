import { curvesChart } from '../charts/curves.ts';
import { figure } from '../html/figure.ts';
import { curveKey, legend } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, thinned } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { PlayerGainFigure, PlayerGains } from '../model/player-gains.ts';
import { capitalised, counted, formatNumber } from '../number.ts';
import { temperatureText } from '../words.ts';

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Player' },
  { name: 'Oracle calls', numeric: true },
  { name: 'Median', numeric: true },
  { name: 'Smallest', numeric: true },
  { name: 'Largest', numeric: true },
];

function nameOf({ series, temperature }: PlayerGains): string {
  return `${series.label}, ${temperatureText(temperature)}`;
}

function panelOf(game: GameFacts, panel: PlayerGains, { panels, floor }: PlayerGainFigure) {
  const drawn = ({ players }: PlayerGains) =>
    players.map(({ role, name, points }) => ({ slot: role, name, line: 'last' as const, points }));
  return {
    title: isolated(nameOf(panel)),
    note: `${panel.iterate} iterate`,
    chart: curvesChart(drawn(panel), {
      // One scale for all panels, so that they can be compared.
      framed: panels.flatMap(drawn),
      yTitle: 'best-response gain (payoff units)',
      floor,
      rules: [],
      height: 220,
      description: `Best-response gain of each player: ${nameOf(panel)}, ${game.name}`,
    }),
  };
}

function caption({ panels, floor, notFinite }: PlayerGainFigure): string {
  const points = panels.flatMap(({ players }) => players.flatMap((player) => player.points));
  const runs = Math.max(...panels.map((panel) => panel.runs));
  const words = [
    'What each player could gain by its best response while the others keep to theirs, at the recorded steps, both axes logarithmic; all are 0 exactly at a Nash equilibrium, and NashConv is their sum.',
    'Where curves coincide, their markers alternate.',
  ];
  if (runs > 1) words.push(`Lines: median over ${counted(runs, 'seed')}; bands: smallest to largest.`);
  if (points.some((point) => point.at === 0)) words.push('The start (0 oracle calls) stands at the left edge.');
  if (points.some(({ low }) => low <= floor))
    words.push(`Values at or below ${formatNumber(floor)}, exact zeros included, are drawn at ${formatNumber(floor)}.`);
  if (notFinite > 0) words.push(`${counted(notFinite, 'recorded value')} that are not finite cannot be drawn.`);
  return words.join(' ');
}

/** How much each player could still gain, one panel per series; nothing where all players share one policy. */
export function playerGainFigure(game: GameFacts, found: PlayerGainFigure | undefined): Markup | undefined {
  if (found === undefined) return undefined;
  const curves = found.panels.flatMap((panel) => panel.players.map((player) => ({ panel, ...player })));
  const all = curves.reduce((total, { points }) => total + points.length, 0);
  const rows = curves.flatMap(({ panel, name, points }) =>
    thinned(points, points.length / all).map(({ at, median, low, high }) => [
      isolated(nameOf(panel)),
      name,
      ...[at, median, low, high].map(formatNumber),
    ]),
  );
  const players = new Map(curves.map(({ role, name }) => [role, name]));
  return figure({
    title: 'What each player could still gain',
    legend: legend([...players].map(([role, name]) => curveKey(role, capitalised(name)))),
    panels: found.panels.map((panel) => panelOf(game, panel, found)),
    caption: caption(found),
    table: dataTable(columns, rows, all),
  });
}
