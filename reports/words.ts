import type { GuaranteeRecord } from '../experiments/stored.ts';
import type { GuaranteeCount } from './model/guarantee.ts';
import type { Spread } from './model/spread.ts';
import type { Standing } from './model/standing.ts';
import type { ResultCount } from './model/verdict-rows.ts';
import { counted, formatNumber, listed } from './number.ts';

/** A temperature as it stands beside a name. */
export function temperatureText(temperature: number): string {
  return `τ\u00a0=\u00a0${formatNumber(temperature)}`;
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

/** Who wins a preference game by majority, or that nobody does. */
export function standingText({ condorcetWinner, smithSet, cyclicShare }: Standing, actions: number): string {
  const share = cyclicShare === undefined ? '' : `; cyclic share ${formatNumber(100 * cyclicShare)} %`;
  if (condorcetWinner !== undefined) return `Condorcet winner: ${condorcetWinner}${share}`;
  const members = smithSet.length <= namedMembers ? ` (${listed(smithSet)})` : '';
  return `No Condorcet winner: the Smith set holds ${smithSet.length} of ${actions}${members}${share}`;
}
