import type { GuaranteeRecord } from '../experiments/stored.ts';
import type { GuaranteeCount } from './model/guarantee.ts';
import { median, type Spread } from './model/spread.ts';
import type { Standing } from './model/standing.ts';
import type { ResultCount } from './model/verdict-rows.ts';
import { counted, formatNumber, listed, rounding } from './number.ts';

/** A temperature as it stands beside a name. */
export function temperatureText(temperature: number): string {
  return `τ\u00a0=\u00a0${formatNumber(temperature)}`;
}

/** A series by name; with its temperature where a figure holds several. */
export function curveName(series: { readonly label: string }, temperature: number, several: boolean): string {
  return several ? `${series.label} (${temperatureText(temperature)})` : series.label;
}

/** The median of several runs, and how many have no finite value. */
export function medianText({ median, count, notFinite }: Spread): string {
  if (count === 0) return 'not finite';
  return `${formatNumber(median)}${notFinite === 0 ? '' : `, not finite in ${counted(notFinite, 'run')}`}`;
}

/** `298 to 340`; nothing when both ends read the same. */
export function rangeText({ low, high }: Spread): string | undefined {
  const [from, to] = [formatNumber(low), formatNumber(high)];
  return from === to ? undefined : `${from} to ${to}`;
}

/** How a run ended, in words. */
export function resultText({ code, tolerance }: Pick<ResultCount, 'code' | 'tolerance'>): string {
  const endings = {
    converged: 'converged',
    'step-limit': tolerance > 0 ? 'step limit reached' : 'all steps run',
    answered: 'answered, no equilibrium',
    stalled: 'stalled',
    'non-finite': 'failed: numbers not finite',
    aborted: 'aborted',
  };
  return endings[code];
}

const statuses: Readonly<Record<GuaranteeRecord['status'], string>> = {
  within: 'within the bound',
  outside: 'outside the theorem’s premises',
  violated: 'VIOLATED',
  unmeasured: 'not measured',
};

/** What became of a guarantee, in words, without the reason. */
export function statusText({ status }: Pick<GuaranteeCount, 'status'>): string {
  return statuses[status];
}

/** What became of a guarantee, in words. */
export function guaranteeText({ status, reason }: Omit<GuaranteeCount, 'count'>): string {
  return reason === undefined ? statuses[status] : `${statuses[status]}: ${reason}`;
}

/** `text`, or `text (2 of 3)` when only some of the runs are meant. */
export function ofRuns(text: string, count: number, runs: number): string {
  return count === runs ? text : `${text} (${count} of ${runs})`;
}

/** Members of a Smith set that are named; more are counted. */
const namedMembers = 6;

/** A share in percent; below 1e-12 it is rounding. */
function percentText(share: number): string {
  return `${formatNumber(share < rounding ? 0 : 100 * share)} %`;
}

/** Who wins a preference game by majority, or that nobody does. */
function standingText({ condorcetWinner, smithSet, cyclicShare }: Standing, actions: number): string {
  const share = cyclicShare === undefined ? '' : `; cyclic share ${percentText(cyclicShare)}`;
  if (condorcetWinner !== undefined) return `Condorcet winner: ${condorcetWinner}${share}`;
  const members = smithSet.length <= namedMembers ? ` (${listed(smithSet)})` : '';
  return `No Condorcet winner: the Smith set holds ${smithSet.length} of ${actions}${members}${share}`;
}

/** The same for games that seeds drew: how many have a winner. Nothing for games without preferences. */
export function standingsText(standings: readonly Standing[], actions: number): string | undefined {
  if (standings.length < 2) return standings.length === 0 ? undefined : standingText(standings[0], actions);
  const winners = standings.filter(({ condorcetWinner }) => condorcetWinner !== undefined).length;
  const shares = standings.flatMap(({ cyclicShare }) => cyclicShare ?? []);
  const share = shares.length === 0 ? '' : `; median cyclic share ${percentText(median(shares))}`;
  return `${winners === 0 ? 'None' : formatNumber(winners)} of ${standings.length} draws ${winners > 1 ? 'have' : 'has'} a Condorcet winner${share}`;
}

/** Tolerances most often follow one rule: many different ones are a range. */
export function tolerancesText(tolerances: readonly number[]): string {
  const texts = [...new Set([...tolerances].sort((a, b) => b - a).map(formatNumber))];
  return texts.length <= 3
    ? listed(texts)
    : `${texts[texts.length - 1]} to ${texts[0]}, by the payoff span of the game`;
}
