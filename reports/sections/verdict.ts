import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, table, tableBody } from '../html/table.ts';
import type { Spread } from '../model/spread.ts';
import type { NamedSpread, VerdictRow } from '../model/verdict-rows.ts';
import type { ReportModel } from '../model.ts';
import { inWords } from '../vocabulary.ts';
import { medianText, ofRuns, rangeText, resultText, statusText, temperatureText, tolerancesText } from '../words.ts';

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Oracle calls', numeric: true },
  { name: 'Gap reached', numeric: true },
  { name: 'Unregularised gap', numeric: true },
  { name: 'Result' },
  { name: 'Guarantee' },
];

function spread(values: Spread): Markup {
  const range = rangeText(values);
  return html`${medianText(values)}${range === undefined ? undefined : html`<small>${range}</small>`}`;
}

function gap(named: NamedSpread | undefined): Markup {
  if (named === undefined) return html`not measured`;
  const { metric, regulariser } = named;
  const words = regulariser === undefined ? inWords(metric) : `${inWords(metric)} (${regulariser})`;
  return html`${spread(named.spread)}<small class="words">${words}</small>`;
}

function lines(texts: readonly Markup[]): Markup {
  return html`<div class="words">${texts.map((text) => html`<div>${text}</div>`)}</div>`;
}

/** Reasons listed per result; seeds may each have their own. */
const shownReasons = 2;

function cells(row: VerdictRow) {
  const results = row.results.map((result) => {
    const reasons = result.reasons.slice(0, shownReasons).join('; ');
    return html`${ofRuns(resultText(result), result.count, row.runs)}${reasons === '' ? undefined : html`<small>${reasons}</small>`}`;
  });
  const guarantees = row.guarantees.map((guarantee) => {
    const text = ofRuns(statusText(guarantee), guarantee.count, row.runs);
    const status = guarantee.status === 'violated' ? html`<strong class="violated">${text}</strong>` : html`${text}`;
    return html`${status}${guarantee.reason === undefined ? undefined : html`<small>${guarantee.reason}</small>`}`;
  });
  return [
    html`${isolated(row.series.label)}<small>${temperatureText(row.temperature)}, ${row.iterate} iterate</small>`,
    spread(row.calls),
    gap(row.gap),
    row.original?.metric === row.gap?.metric ? html`<small>the same</small>` : gap(row.original),
    lines(results),
    guarantees.length === 0 ? html`no theorem stated` : lines(guarantees),
  ];
}

/** What every solver reached on every game. */
export function verdictTable(model: ReportModel): Markup {
  const bodies = model.games.map(({ name, rows }, i) =>
    tableBody(columns, rows.map(cells), html`<a href="#game-${i + 1}">${isolated(name)}</a>`, true),
  );
  const tolerances = [...new Set(model.runs.map((run) => run.cell.tolerance))].filter((tolerance) => tolerance > 0);
  const seeds = Math.max(...model.games.flatMap(({ rows }) => rows.map((row) => row.runs)));
  const over = seeds > 1 ? `Median over the seeds (smallest to largest); up to ${seeds} seeds per row. ` : '';
  const limits = tolerances.length === 0 ? 'No tolerance was set.' : `Tolerance ${tolerancesText(tolerances)}.`;
  return html`<div class="wide">${table(columns, bodies, 'Verdict per game and solver')}
<p class="caption">${over}${limits} The gap reached is that of the named iterate, certified in float64.</p></div>
`;
}
