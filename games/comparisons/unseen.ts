import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import { fitStrengths } from '../inspection/strengths.ts';
import { strongComponents } from '../inspection/strong-components.ts';
import type { Tally } from './tally.ts';

export type MissingRule = 'half' | 'model' | 'error';

/** Pairs (a < b) that were never compared. */
export function unseenPairs({ labels, wins }: Tally): [number, number][] {
  const n = labels.length;
  const pairs: [number, number][] = [];
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) if (wins[a * n + b] + wins[b * n + a] === 0) pairs.push([a, b]);
  return pairs;
}

/** The first few pairs by name: `x – y, x – z, …`. */
export function namedPairs(pairs: readonly (readonly [number, number])[], labels: readonly string[]): string {
  const few = pairs.slice(0, 3).map(([a, b]) => `${labels[a]} – ${labels[b]}`);
  return `${few.join(', ')}${pairs.length > few.length ? ', …' : ''}`;
}

/** The rule as a function: P(a ≻ b) of a pair never compared. Throws `bad-comparisons` where the rule gives no number. */
export function missingPreference(tally: Tally, rule: MissingRule, file: string): (a: number, b: number) => number {
  const { labels, wins } = tally;
  const n = labels.length;
  const pairs = unseenPairs(tally);
  if (pairs.length === 0 || rule === 'half') return () => 0.5;
  if (rule === 'error')
    throw new NashlabError('bad-comparisons', {
      what: `${pairs.length} of ${counted((n * (n - 1)) / 2, 'pair')} ${pairs.length === 1 ? 'was' : 'were'} never compared: ${namedPairs(pairs, labels)}`,
      where: file,
      expected:
        'a rule for them: --missing half (P = ½) or --missing model (Bradley–Terry fit); in an experiment file, { game: …, missing: half }',
    });
  const components = strongComponents(n, (a, b) => wins[a * n + b] > 0);
  if (components.length > 1)
    throw new NashlabError('bad-comparisons', {
      what: `no finite Bradley–Terry fit: ${components[0].length} of ${n} items (${labels[components[0][0]]}, …) never lost to the others, or were never compared with them`,
      where: file,
      expected: '--missing half, or more comparisons',
    });
  const { strengths } = fitStrengths(n, wins);
  return (a, b) => 1 / (1 + Math.exp(strengths[b] - strengths[a]));
}
