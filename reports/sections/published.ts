import type { PublishedFigure } from '../../experiments/published.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, table, tableBody } from '../html/table.ts';
import type { ReportHead } from '../model/head.ts';
import type { OwnFigure, PublishedRow } from '../model/published.ts';
import { counted, formatNumber } from '../number.ts';
import { inWords } from '../vocabulary.ts';
import { medianText, temperatureText } from '../words.ts';

const columns: readonly Column[] = [
  { name: 'What' },
  { name: 'Published', numeric: true },
  { name: 'Ours' },
  { name: 'Ours ÷ published' },
  { name: 'What differs' },
  { name: 'Source' },
];

/** The number as it was published: `0.5`, `0.4 to 0.6 nats`. */
export function publishedText({ value, unit }: PublishedFigure): string {
  const text = typeof value === 'number' ? formatNumber(value) : value.map(formatNumber).join(' to ');
  return unit === undefined ? text : `${text} ${unit}`;
}

/** Where the values stand: the end, the step that was asked for, or the last records before it. */
function placeText({ ours: { at } }: PublishedRow['figure'], [first, last]: OwnFigure['steps']): string {
  const steps = first === last ? formatNumber(first) : `${formatNumber(first)} to ${formatNumber(last)}`;
  if (at === 'end') return `at the end (step ${steps})`;
  const asked = formatNumber(at.step);
  return steps === asked ? `at step ${asked}` : `at step ${steps}, the last record up to step ${asked}`;
}

/** Which of our numbers it is, in words. */
function ownText({ figure, ours }: PublishedRow): string {
  const { metric, probability, iterate, solver, game, temperature, statistic } = figure.ours;
  const subject = metric === undefined ? `probability of “${probability}” in` : `${inWords(metric)} of`;
  const of = [
    solver,
    game === undefined ? undefined : `on ${game}`,
    temperature === undefined ? undefined : temperatureText(temperature),
  ].filter((part) => part !== undefined);
  const where = ours === undefined ? '' : `, ${placeText(figure, ours.steps)}`;
  const words = { median: 'median', max: 'largest', min: 'smallest' }[statistic];
  const measured = ours === undefined ? 0 : ours.spread.count + ours.spread.notFinite;
  const over = measured > 1 ? `${words} over ${counted(measured, 'run')}: ` : '';
  return `${over}${subject} the ${iterate ?? 'certified'} iterate${of.length === 0 ? '' : ` (${of.join(', ')})`}${where}`;
}

function ownValue({
  runs,
  ours,
  figure: {
    ours: { statistic },
  },
}: PublishedRow): string {
  if (runs === 0) return 'no such run';
  if (ours === undefined) return 'not recorded';
  if (statistic === 'median') return medianText(ours.spread);
  return formatNumber(ours.value);
}

/** Ours over the published number; for a range, whether ours lies in it, else over the nearer end. */
function ratioText({ figure: { value }, ours }: PublishedRow): string {
  if (ours === undefined || !Number.isFinite(ours.value)) return 'none';
  const [low, high] = typeof value === 'number' ? [value, value] : value;
  if (typeof value !== 'number' && ours.value >= low && ours.value <= high) return 'within the range';
  const end = ours.value < low ? low : high;
  if (end === 0) return 'none: the published number is 0';
  const ratio = formatNumber(ours.value / end);
  return typeof value === 'number' ? ratio : `${ratio} of its ${end === low ? 'lower' : 'upper'} end`;
}

/** Numbers of publications beside what the stored runs have for them; nothing when the experiments name none. */
export function publishedTable({ experiments }: ReportHead): Markup | undefined {
  const named = experiments.filter(({ published }) => published.length > 0);
  if (named.length === 0) return undefined;
  const bodies = named.map(({ name, published }) => {
    const rows = published.map((row) => [
      isolated(row.figure.what),
      html`${isolated(publishedText(row.figure))}`,
      html`<div class="words">${ownValue(row)}<small>${isolated(ownText(row))}</small></div>`,
      ratioText(row),
      html`<div class="words">${isolated(row.figure.differs)}</div>`,
      html`<div class="words">${isolated(row.figure.source)}</div>`,
    ]);
    return tableBody(columns, rows, experiments.length > 1 ? isolated(name) : undefined, true);
  });
  return html`<section class="published"><h2>Published figures beside ours</h2>
<div class="wide">${table(columns, bodies, 'Published figures beside ours')}
<p class="caption">Ours are computed from the stored runs, as certified in float64. Read a ratio together with what differs.</p></div></section>
`;
}

/** Metrics that the table speaks of. */
export function publishedMetrics({ experiments }: ReportHead): string[] {
  return experiments.flatMap(({ published }) => published.flatMap(({ figure }) => figure.ours.metric ?? []));
}
