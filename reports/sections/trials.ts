import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, table, tableBody } from '../html/table.ts';
import type { TheoryModel, TheoryRow, Tightest } from '../model/theory.ts';
import { counted, formatNumber, listed } from '../number.ts';
import { temperatureText } from '../words.ts';
import { rateTexts } from './rate-words.ts';
import { guaranteeSentence, unfinishedSentence } from './verdict-sentences.ts';

/** Id of the section of a row. */
export function anchorOf(row: number): string {
  return `theorem-${row + 1}`;
}

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Games', numeric: true },
  { name: 'Runs', numeric: true },
  { name: 'Within', numeric: true },
  { name: 'Outside', numeric: true },
  { name: 'Violated', numeric: true },
  { name: 'Unmeasured', numeric: true },
  { name: 'Tightest game' },
  { name: 'Rate' },
];

/** A count and its share of the runs. */
function share(count: number, runs: number): Markup {
  if (count === 0) return html`0`;
  return html`${formatNumber(count)}<small>${formatNumber((100 * count) / runs)} %</small>`;
}

function tightestText({ run, step, ratio }: Tightest): Markup {
  const { game, seed, temperature } = run.cell;
  return html`${formatNumber(ratio)}<small>${isolated(game.name)}, seed ${isolated(seed)}, ${temperatureText(temperature)}, step ${formatNumber(step)}</small>`;
}

function words(texts: readonly (Markup | string)[]): Markup {
  return html`<div class="words">${texts.map((text) => html`<div>${text}</div>`)}</div>`;
}

/** What the catalogue declares, then what the bounds and the runs do; nothing of these where no run tested the theorem. */
function rateLines({ counts, rates, declaredRate }: TheoryRow): (Markup | string)[] {
  const declared = declaredRate === undefined ? [] : [`declared: ${declaredRate}`];
  const tested = counts.within + counts.violated > 0;
  const found = rates.length > 0 ? rateTexts(rates) : tested ? ['no rate: no bound recorded'] : [];
  return declared.length + found.length === 0
    ? ['–']
    : [...declared, ...found.map((text) => html`<small>${text}</small>`)];
}

function cells(row: TheoryRow, number: number) {
  const { series, theorem, games, runs, counts, tightest } = row;
  const head = [formatNumber(games), formatNumber(runs)];
  if (theorem === undefined)
    return [isolated(series.label), ...head, '–', '–', '–', '–', words(['no theorem stated']), '–'];
  const { within, outside, violated, unmeasured } = counts;
  return [
    html`<a href="#${anchorOf(number)}">${isolated(series.label)}</a><small>${isolated(theorem.source)}</small>`,
    ...head,
    share(within, runs),
    share(outside, runs),
    violated === 0 ? html`0` : html`<strong class="violated">${share(violated, runs)} VIOLATED</strong>`,
    share(unmeasured, runs),
    within + violated === 0 ? '–' : words([tightest === undefined ? 'nothing above rounding' : tightestText(tightest)]),
    words(rateLines(row)),
  ];
}

/** One row per solver and theorem. */
export function trialTable({ rows }: TheoryModel): Markup {
  return html`<div class="wide">${table(columns, [tableBody(columns, rows.map(cells), undefined, true)], 'Theorems on trial')}
<p class="caption">Tightest game: the largest measured value over its bound, after the start and above rounding. Rates: what the catalogue declares of the method; then, fitted alike, what the bound falls by and what was observed, median over the runs (smallest to largest). A factor per step of 0.9 leaves nine tenths after each step; exponent −1 falls like 1/t, exponent −1/2 like 1/√t. A bound that levels off has no rate.</p></div>
`;
}

function tightestSentence({ rows }: TheoryModel): string | undefined {
  const found = rows.flatMap(({ series, tightest }) => (tightest === undefined ? [] : [{ series, tightest }]));
  if (found.length === 0) return undefined;
  const { series, tightest } = found.reduce((a, b) => (b.tightest.ratio > a.tightest.ratio ? b : a));
  const { cell } = tightest.run;
  const who = `${series.label} on ${cell.game.name} at step ${formatNumber(tightest.step)}`;
  return tightest.ratio > 1
    ? `Furthest above its bound: ${who}, with ${formatNumber(tightest.ratio)} times the bound.`
    : `Closest to its bound: ${who}, with ${formatNumber(tightest.ratio)} of it.`;
}

function withoutTheorem({ rows }: TheoryModel): string | undefined {
  const bare = rows.filter(({ theorem }) => theorem === undefined);
  if (bare.length === 0) return undefined;
  const runs = bare.reduce((total, row) => total + row.runs, 0);
  return `No theorem is stated for ${counted(runs, 'run')} of ${listed(bare.map(({ series }) => series.label))}.`;
}

/** What the trials say, most important first. */
export function trialSentences(model: TheoryModel): string[] {
  const sentences = [
    guaranteeSentence(model),
    tightestSentence(model),
    withoutTheorem(model),
    unfinishedSentence(model),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}
