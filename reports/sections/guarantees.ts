import { curvesChart } from '../charts/curves.ts';
import { figure } from '../html/figure.ts';
import { legend, lineKey } from '../html/legend.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, thinned } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { GuaranteePanel } from '../model/guarantee.ts';
import { counted, formatNumber } from '../number.ts';
import { axisTitle, inWords } from '../vocabulary.ts';
import { guaranteeText, ofRuns, temperatureText } from '../words.ts';

function panelOf(game: GameFacts, panel: GuaranteePanel) {
  const { series, temperature, metric, iterate, statement, source, counts, measured, bound, floor } = panel;
  const runs = counts.reduce((total, { count }) => total + count, 0);
  const status = counts.map((count, i) => {
    const text = ofRuns(guaranteeText(count), count.count, runs);
    return html`${i === 0 ? '' : '; '}<strong${count.status === 'violated' ? html` class="violated"` : undefined}>${text}</strong>`;
  });
  const title = `${series.label}, ${temperatureText(temperature)}`;
  return {
    title: html`${isolated(title)}: ${status}`,
    note: html`${isolated(statement)} (${isolated(source)})`,
    chart: curvesChart(
      [
        { slot: series.slot, name: 'measured', line: iterate, points: measured },
        { name: 'bound', line: 'bound', points: bound },
      ],
      {
        yTitle: axisTitle(metric),
        floor,
        rules: [],
        height: 220,
        description: `${inWords(metric)} of the ${iterate} iterate and its bound: ${title}, ${game.name}`,
      },
    ),
  };
}

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Metric' },
  { name: 'Oracle calls', numeric: true },
  { name: 'Measured', numeric: true },
  { name: 'Bound', numeric: true },
];

function rowsOf(panels: readonly GuaranteePanel[]) {
  return panels.flatMap(({ series, temperature, metric, iterate, measured, bound }) => {
    const bounds = new Map(bound.map(({ at, median }) => [at, median]));
    return measured.map(({ at, median }) => {
      const limit = bounds.get(at);
      const name = isolated(`${series.label}, ${temperatureText(temperature)}`);
      const value = limit === undefined ? 'none' : formatNumber(limit);
      return [name, `${inWords(metric)}, ${iterate} iterate`, formatNumber(at), formatNumber(median), value];
    });
  });
}

/** What was measured beside what the theorems promise; nothing when no run recorded a bound. */
export function guaranteeFigure(game: GameFacts, panels: readonly GuaranteePanel[]): Markup | undefined {
  if (panels.length === 0) return undefined;
  const rows = rowsOf(panels);
  const iterates = (['last', 'average'] as const).filter((iterate) =>
    panels.some((panel) => panel.iterate === iterate),
  );
  const seeds = Math.max(...panels.map(({ measured }) => Math.max(...measured.map(({ runs }) => runs))));
  const over = seeds > 1 ? ` Lines: median over ${counted(seeds, 'seed')}; bands: smallest to largest.` : '';
  const floored = panels.find(({ measured, floor }) => measured.some(({ low }) => low <= floor));
  const clipped =
    floored === undefined
      ? ''
      : ` Values at or below ${formatNumber(floored.floor)} are drawn at ${formatNumber(floored.floor)}.`;
  return figure({
    title: 'Measured values against the theorems’ bounds',
    legend: legend([
      ...iterates.map((iterate) => lineKey(iterate, `measured, ${iterate} iterate`)),
      lineKey('bound', 'bound'),
    ]),
    panels: panels.map((panel) => panelOf(game, panel)),
    caption: `For each solver the metric and the iterate its theorem speaks about, at the recorded steps, and the bound of the theorem at the same step. A measured value above its bound, by more than rounding, is a violation.${over}${clipped}`,
    table: dataTable(columns, thinned(rows), rows.length),
  });
}
