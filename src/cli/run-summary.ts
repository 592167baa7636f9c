import type { LoadedExperiment } from '../../experiments/stored.ts';
import type { Spread } from '../../reports/model/spread.ts';
import type { NamedSpread, VerdictRow } from '../../reports/model/verdict-rows.ts';
import { type GameSection, reportModel } from '../../reports/model.ts';
import { formatNumber } from '../../reports/number.ts';
import { guaranteeText, medianText, ofRuns, rangeText, resultText, standingsText } from '../../reports/words.ts';
import { textTable } from './tables.ts';

function spreadText(spread: Spread): string {
  const range = rangeText(spread);
  return range === undefined ? medianText(spread) : `${medianText(spread)} (${range})`;
}

function gapText(gap: NamedSpread | undefined): string {
  return gap === undefined ? '' : `${medianText(gap.spread)} ${gap.metric}`;
}

function originalText(gap: NamedSpread | undefined): string {
  return gap?.metric === 'duality-gap' ? medianText(gap.spread) : gapText(gap);
}

function cells(section: GameSection, row: VerdictRow, first: boolean): string[] {
  return [
    first ? section.name : '',
    row.series.label,
    formatNumber(row.temperature),
    spreadText(row.calls),
    gapText(row.gap),
    originalText(row.original),
    `${row.iterate}: ${row.results.map((result) => ofRuns(resultText(result), result.count, row.runs)).join(', ')}`,
    row.guarantees.map((verdict) => ofRuns(guaranteeText(verdict), verdict.count, row.runs)).join('; ') || 'no theorem',
  ];
}

/** What `run` prints: who wins each game by majority, and one row per game and solver, medians over the seeds. */
export function runSummary(experiment: LoadedExperiment): string {
  const { games } = reportModel([experiment]);
  const head = ['game', 'solver', 'τ', 'oracle calls', 'gap', 'unregularised gap', 'verdict', 'theorem'];
  const rows = games.flatMap((section) => section.rows.map((row, k) => cells(section, row, k === 0)));
  const standings = games.flatMap(({ name, standings, game }) => {
    const text = standingsText(standings, game.labels[0].length);
    return text === undefined ? [] : [`${name}: ${text}`];
  });
  const table = textTable(head, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left']);
  return [...(standings.length === 0 ? [] : [standings.join('\n')]), table].join('\n\n');
}
