import type { LoadedExperiment } from '../experiments/stored.ts';
import { html } from './html/markup.ts';
import { page } from './html/page.ts';
import { usedMetrics } from './model/used-metrics.ts';
import { reportModel } from './model.ts';
import { contents } from './sections/contents.ts';
import { foot } from './sections/foot.ts';
import { gameMarkup } from './sections/game.ts';
import { heading, titleOf } from './sections/heading.ts';
import { publishedMetrics, publishedTable } from './sections/published.ts';
import { summary } from './sections/summary.ts';
import { verdictTable } from './sections/verdict.ts';
import { verdictSentences } from './sections/verdict-sentences.ts';
import { definitionsOf } from './vocabulary.ts';

/** The template `comparison`: solvers against each other, game by game. */
export function renderComparison(experiments: readonly LoadedExperiment[]): string {
  const model = reportModel(experiments);
  const body = html`${heading(model)}<main>
${summary(model, verdictSentences(model))}${verdictTable(model)}${publishedTable(model)}${contents(model)}${model.games.map((section, i) => gameMarkup(section, i + 1))}</main>
${foot(model, definitionsOf([...usedMetrics(model), ...publishedMetrics(model)]))}`;
  return page(titleOf(model), body);
}
