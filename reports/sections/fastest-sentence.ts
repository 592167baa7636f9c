import type { Fastest } from '../model/fastest.ts';
import { groupedBy } from '../model/groups.ts';
import type { ReportModel } from '../model.ts';
import { counted, formatNumber, listed } from '../number.ts';
import { temperatureText } from '../words.ts';

const listedComparisons = 3;

/** `hedge in 3 of 4 comparisons and optimistic in 1`, most wins first. */
function winsText(comparisons: readonly Fastest[]): string {
  const wins = groupedBy(
    comparisons.flatMap(({ winners }) => winners),
    (winner) => winner,
  ).sort((a, b) => b.length - a.length);
  const parts = wins.map(
    (group, i) =>
      `${group[0]} in ${formatNumber(group.length)}${i === 0 ? ` of ${counted(comparisons.length, 'comparison')}` : ''}`,
  );
  const ties = comparisons.some(({ winners }) => winners.length > 1) ? ' (ties count for each)' : '';
  return `${listed(parts)}${ties}`;
}

/** Who needed the fewest oracle calls, per temperature: the equilibria of different temperatures are different answers. */
export function fastestSentence({ fastest: comparisons }: ReportModel): string | undefined {
  if (comparisons.length === 0) return undefined;
  if (comparisons.length <= listedComparisons) {
    const parts = comparisons.map(({ winners, subject, temperature, calls, next }) => {
      const reached =
        winners.length === 1
          ? 'reached the tolerance with the fewest oracle calls'
          : 'tie for the fewest oracle calls to the tolerance';
      const against = next === undefined ? '' : `, against ${formatNumber(next.calls)} for ${next.label}`;
      return `On ${subject} at ${temperatureText(temperature)}, ${listed(winners)} ${reached}: ${formatNumber(calls)}${against}.`;
    });
    return parts.join(' ');
  }
  const parts = groupedBy(comparisons, ({ temperature }) => temperature).map(
    (alike) => `at ${temperatureText(alike[0].temperature)}, ${winsText(alike)}`,
  );
  return `Fewest oracle calls to the tolerance: ${parts.join('; ')}.`;
}
