import { counted } from '../../games/counted.ts';
import { formatNumber } from '../../reports/number.ts';
import { NashlabError } from '../core/errors.ts';
import { type BimatrixEquilibria, bimatrixEquilibria } from '../exact/bimatrix-equilibria.ts';
import type { MatrixGame } from '../solve/game.ts';
import { textTable } from './tables.ts';

/** All equilibria of a small game, or why they are not listed. */
export type ListedEquilibria = BimatrixEquilibria | { readonly notListed: string };

/** All equilibria where the game is small enough. */
export function listedEquilibria(game: MatrixGame): ListedEquilibria {
  try {
    return bimatrixEquilibria(game);
  } catch (error) {
    if (error instanceof NashlabError && error.code === 'too-large') return { notListed: error.message };
    throw error;
  }
}

/** All equilibria of a small game that has more than one; nothing of games with one, or too large to say. */
export function severalEquilibria(game: MatrixGame): BimatrixEquilibria | undefined {
  const listed = listedEquilibria(game);
  return 'notListed' in listed || listed.extremes.length < 2 ? undefined : listed;
}

/** Rows of the table beyond this many are only counted. */
const shown = 100;

/** A policy in one cell: `Bach 3/5, Stravinsky 2/5`; a probability of 1 is not written. */
function policyText(labels: readonly string[], exact: readonly string[]): string {
  const used = exact.map((p, a) => ({ p, label: labels[a] })).filter(({ p }) => p !== '0');
  return used.map(({ p, label }) => (p === '1' ? label : `${label} ${p}`)).join(', ');
}

const numbers = (indices: readonly number[]): string => indices.map((k) => k + 1).join(', ');

/** One line per continuum: which equilibria of the table mix with which. */
function continuumLines({ components }: BimatrixEquilibria): string[] {
  return components
    .filter(({ continuum }) => continuum)
    .map(({ extremes, products }) => {
      const parts = products.length === 1 ? '' : `, in ${products.length} parts: ${products.map(numbers).join('; ')}`;
      return `continuum: mixtures of ${numbers(extremes)}${parts}`;
    });
}

/** The equilibria in a table, by their exact probabilities, then what they are part of. */
export function equilibriaText(game: MatrixGame, listed: ListedEquilibria): string {
  if ('notListed' in listed)
    return `equilibria: not listed (${listed.notListed}); nashlab solve --temperature τ gives the quantal response equilibrium`;
  const { extremes, components, method } = listed;
  const rows = extremes
    .slice(0, shown)
    .map(({ exactProfile, payoffs }, k) => [
      String(k + 1),
      ...exactProfile.map((policy, seat) => policyText(game.labels[seat] ?? game.labels[0], policy)),
      payoffs.map(formatNumber).join(', '),
    ]);
  if (extremes.length > shown) rows.push(['…', `${extremes.length - shown} more`, '', '']);
  const isolated = components.filter(({ continuum }) => !continuum).length;
  const kinds = [
    ...(isolated > 0 ? [counted(isolated, 'isolated equilibrium', 'isolated equilibria')] : []),
    ...(components.length > isolated
      ? [
          `${counted(components.length - isolated, 'continuum', 'continua')} of ${counted(extremes.length - isolated, 'extreme equilibrium', 'extreme equilibria')}`,
        ]
      : []),
  ];
  return [
    textTable(['equilibrium', 'player 1', 'player 2', 'payoffs'], rows),
    ...continuumLines(listed),
    `all: ${kinds.join(', ')} · regret 0 in exact arithmetic · ${method}`,
  ].join('\n\n');
}
