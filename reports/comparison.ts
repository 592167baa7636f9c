import type { LoadedExperiment } from '../experiments/stored.ts';
import { html, isolated, type Markup } from './html/markup.ts';
import { page } from './html/page.ts';
import { type ReportModel, reportModel } from './model.ts';
import { foot } from './sections/foot.ts';
import { gameMarkup } from './sections/game.ts';
import { heading, titleOf } from './sections/heading.ts';
import { publishedMetrics, publishedTable } from './sections/published.ts';
import { summary } from './sections/summary.ts';
import { verdictTable } from './sections/verdict.ts';
import { verdictSentences } from './sections/verdict-sentences.ts';
import { definitionsOf } from './vocabulary.ts';

const gamesWithoutContents = 2;

function contents({ games }: ReportModel): Markup | undefined {
  if (games.length <= gamesWithoutContents) return undefined;
  const links = games.map(({ name }, i) => html`<li><a href="#game-${i + 1}">${isolated(name)}</a></li>`);
  return html`<nav aria-label="Games"><ul>${links}</ul></nav>\n`;
}

function usedMetrics({ games }: ReportModel): string[] {
  return games.flatMap(({ rows, convergence, guarantees, gapByDistance }) => [
    ...(gapByDistance === undefined ? [] : ['kl-to-reference']),
    ...rows.flatMap(({ gap, original }) => [gap?.metric ?? '', original?.metric ?? '']),
    ...convergence.map(({ metric }) => metric),
    ...guarantees.map(({ metric }) => metric),
  ]);
}

/** The template `comparison`: solvers against each other, game by game. */
export function renderComparison(experiments: readonly LoadedExperiment[]): string {
  const model = reportModel(experiments);
  const body = html`${heading(model)}<main>
${summary(model, verdictSentences(model))}${verdictTable(model)}${publishedTable(model)}${contents(model)}${model.games.map((section, i) => gameMarkup(section, i + 1))}</main>
${foot(model, definitionsOf([...usedMetrics(model), ...publishedMetrics(model)]))}`;
  return page(titleOf(model), body);
}
