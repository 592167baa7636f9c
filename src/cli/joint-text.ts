import { counted } from '../../games/counted.ts';
import { formatNumber } from '../../reports/number.ts';
import type { Game } from '../solve/game.ts';
import type { JointDistribution } from '../solve/solution.ts';
import { textTable } from './tables.ts';

/** Joint actions printed where not all are asked for. */
const shown = 20;

/** The likeliest joint actions by label, the rest in one row. */
export function jointTable({ labels, roleOf }: Game, { outcomes, support }: JointDistribution, all: boolean): string {
  const listed = outcomes.slice(0, all ? outcomes.length : shown);
  const rows = listed.map(({ actions, probability }) => [
    ...actions.map((action, seat) => labels[roleOf[seat]][action]),
    formatNumber(probability),
  ]);
  if (listed.length < support) {
    const rest = Math.max(0, 1 - listed.reduce((sum, { probability }) => sum + probability, 0));
    const words = `… ${support - listed.length} more, together`;
    rows.push([words, ...new Array<string>(roleOf.length - 1).fill(''), formatNumber(rest)]);
  }
  const heads = roleOf.map((_, seat) => `player ${seat + 1}`);
  return textTable([...heads, 'probability'], rows, [...heads.map(() => 'left' as const), 'right']);
}

/** What the answer is, where the policies below it are only its shadows. */
export function jointLine({ roleOf, actions }: Game, { support, payoffs }: JointDistribution): string {
  const shared = actions.length < roleOf.length ? ', the mean over the players who share one' : '';
  return `joint distribution of ${counted(support, 'joint action')} · payoffs ${payoffs.map(formatNumber).join(', ')}\npolicies below are its marginals, what each player does by itself${shared}`;
}
