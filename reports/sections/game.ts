import { sizesText } from '../../src/core/sizes.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import type { GameSection } from '../model.ts';
import { counted, formatNumber } from '../number.ts';
import { standingsText } from '../words.ts';
import { convergenceFigures } from './convergence.ts';
import { equilibriumPathFigure } from './equilibrium-path.ts';
import { gapByDistanceFigure } from './gap-by-distance.ts';
import { guaranteeFigure } from './guarantees.ts';
import { pathFigure } from './paths.ts';
import { payoffFigure } from './payoffs.ts';
import { policyFigures } from './policies.ts';

const kinds = {
  preference: 'Preference game',
  'zero-sum': 'Zero-sum game',
  bimatrix: 'Bimatrix game',
  'normal-form': 'Normal-form game',
  'polymatrix-preference': 'Pairwise preference game',
  heterogeneous: 'Preference game with a judge for each player',
  polymatrix: 'Polymatrix game',
  'plackett-luce': 'Plackett–Luce game',
} as const;

function facts({ game, members }: GameSection): string {
  const sizes = sizesText(game.labels.map(({ length }) => length));
  const actions = game.labels.length === 1 ? counted(game.labels[0].length, 'action') : `${sizes} actions`;
  const range =
    game.kind === 'preference' && game.payoffs.length === 0
      ? 'stored by what defines it, without its matrix'
      : `payoffs from ${formatNumber(game.lowest)} to ${formatNumber(game.highest)}`;
  const players = game.players === 2 ? '' : `, ${game.players} players`;
  const each = game.players > 2 && game.labels.length === 1 ? ' each' : '';
  const one = `${kinds[game.kind]}${players}, ${actions}${each}, ${range}`;
  if (members === 1) return one;
  return `${counted(members, 'game')} drawn by the seeds. Gaps and guarantees are over all of them; policies, payoffs and paths show ${game.name}: ${one}`;
}

function noCurve({ rows }: GameSection): string {
  return rows.every(({ calls }) => calls.high === 0)
    ? 'No method here asked the oracle along the way, so that there is no curve.'
    : 'No gap was recorded along these runs.';
}

/** What a game is: name, facts, who wins in it, its description. */
export function gameHead(section: GameSection): Markup {
  const { name, game, standings } = section;
  const standing = standingsText(standings, game.labels[0].length);
  return html`<h2>${isolated(name)}</h2>
<p class="facts">${facts(section)}</p>
${standing === undefined ? undefined : html`<p class="facts">${isolated(standing)}</p>`}
${game.description === undefined ? undefined : html`<p class="description">${isolated(game.description)}</p>`}`;
}

/** How the gaps fell, and the bounds beside them. */
export function gapFigures(section: GameSection): Markup {
  const { game, convergence, guarantees } = section;
  return html`${convergence.length === 0 ? html`<p class="description">${noCurve(section)}</p>` : convergence.map((figure) => convergenceFigures(game, figure))}
${guaranteeFigure(game, guarantees)}`;
}

/** All figures of one game. */
export function gameMarkup(section: GameSection, number: number): Markup {
  const { game, answer, policies, payoffs, paths, equilibria } = section;
  return html`<section id="game-${number}">
${gameHead(section)}
${gapByDistanceFigure(game, section.gapByDistance)}
${gapFigures(section)}
${policies.map((figure) => policyFigures(game, figure))}
${payoffs.map((matrix) => payoffFigure(game, matrix, answer))}
${pathFigure(game, paths)}
${equilibria.map((path) => equilibriumPathFigure(game, path, equilibria.length > 1))}
</section>
`;
}
