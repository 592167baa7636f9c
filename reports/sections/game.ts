import { html, isolated, type Markup } from '../html/markup.ts';
import type { GameSection } from '../model.ts';
import { counted, formatNumber } from '../number.ts';
import { standingsText } from '../words.ts';
import { convergenceFigure } from './convergence.ts';
import { equilibriumPathFigure } from './equilibrium-path.ts';
import { guaranteeFigure } from './guarantees.ts';
import { pathFigure } from './paths.ts';
import { payoffFigure } from './payoffs.ts';
import { policyFigure } from './policies.ts';

const kinds = { preference: 'Preference game', 'zero-sum': 'Zero-sum game', bimatrix: 'Bimatrix game' } as const;

function facts({ game, members }: GameSection): string {
  const sizes = game.labels.map((labels) => formatNumber(labels.length)).join(' × ');
  const actions = game.labels.length === 1 ? counted(game.labels[0].length, 'action') : `${sizes} actions`;
  const range =
    game.payoffs.length === 0
      ? 'stored by what defines it, without its matrix'
      : `payoffs from ${formatNumber(game.lowest)} to ${formatNumber(game.highest)}`;
  const one = `${kinds[game.kind]}, ${actions}, ${range}`;
  if (members === 1) return one;
  return `${counted(members, 'game')} drawn by the seeds. Gaps and guarantees are over all of them; policies, payoffs and paths show ${game.name}: ${one}`;
}

/** All figures of one game. */
export function gameMarkup(section: GameSection, number: number): Markup {
  const { name, game, standings, answer, convergence, guarantees, policies, payoffs, paths, equilibria } = section;
  const standing = standingsText(standings, game.labels[0].length);
  return html`<section id="game-${number}">
<h2>${isolated(name)}</h2>
<p class="facts">${facts(section)}</p>
${standing === undefined ? undefined : html`<p class="facts">${isolated(standing)}</p>`}
${game.description === undefined ? undefined : html`<p class="description">${isolated(game.description)}</p>`}
${convergence.length === 0 ? html`<p class="description">No gap was recorded along these runs.</p>` : convergence.map((figure) => convergenceFigure(game, figure))}
${guaranteeFigure(game, guarantees)}
${policies.map((figure) => policyFigure(game, figure))}
${payoffs.map((matrix) => payoffFigure(game, matrix, answer))}
${pathFigure(game, paths)}
${equilibria.map((path) => equilibriumPathFigure(game, path, equilibria.length > 1))}
</section>
`;
}
