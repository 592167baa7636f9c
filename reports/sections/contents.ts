import { html, isolated, type Markup } from '../html/markup.ts';
import type { ReportModel } from '../model.ts';

const gamesWithoutContents = 2;

/** Links to the games, where there are many. */
export function contents({ games }: Pick<ReportModel, 'games'>): Markup | undefined {
  if (games.length <= gamesWithoutContents) return undefined;
  const links = games.map(({ name }, i) => html`<li><a href="#game-${i + 1}">${isolated(name)}</a></li>`);
  return html`<nav aria-label="Games"><ul>${links}</ul></nav>\n`;
}
