import type { LoadedExperiment } from '../experiments/stored.ts';
import { html, isolated, type Markup } from './html/markup.ts';
import { page } from './html/page.ts';
import { type ReportModel, reportModel } from './model.ts';
import { listed } from './number.ts';
import { foot } from './sections/foot.ts';
import { gameMarkup } from './sections/game.ts';
import { verdict, verdictTable } from './sections/verdict.ts';

const gamesWithoutContents = 2;

function questions({ experiments }: ReportModel): Markup[] {
  return experiments.map(({ name, question }) =>
    experiments.length === 1
      ? html`<p class="question">${isolated(question)}</p>\n`
      : html`<p class="question"><strong>${isolated(name)}</strong>: ${isolated(question)}</p>\n`,
  );
}

function contents({ games }: ReportModel): Markup | undefined {
  if (games.length <= gamesWithoutContents) return undefined;
  const links = games.map(({ name }, i) => html`<li><a href="#game-${i + 1}">${isolated(name)}</a></li>`);
  return html`<nav aria-label="Games"><ul>${links}</ul></nav>\n`;
}

/** The template `comparison`: solvers against each other, game by game. */
export function renderComparison(experiments: readonly LoadedExperiment[]): string {
  const model = reportModel(experiments);
  const title = listed(model.experiments.map(({ name }) => name));
  const body = html`<header>
<p class="over">nashlab report</p>
<h1>${isolated(title)}</h1>
${questions(model)}</header>
<main>
${verdict(model)}${verdictTable(model)}${contents(model)}${model.games.map((section, i) => gameMarkup(section, i + 1))}</main>
${foot(model)}`;
  return page(title, body);
}
