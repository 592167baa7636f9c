import { NashlabError } from '../../src/core/errors.ts';
import { fitStrengths } from '../../src/exact/strengths.ts';
import { strongComponents } from '../../src/exact/strong-components.ts';
import { counted } from '../counted.ts';
import { type Compared, winsMatrix } from './tally.ts';

export type MissingRule = 'half' | 'model' | 'error';

/** How many pairs were never compared. */
export function unseenCount({ labels, pairs }: Compared): number {
  return (labels.length * (labels.length - 1)) / 2 - pairs.length;
}

/** The first few pairs never compared, by name: `x – y, x – z, …`. */
export function namedUnseen({ labels, pairs }: Compared): string {
  const n = labels.length;
  const seen = new Set(pairs.map(({ a, b }) => a * n + b));
  const few: string[] = [];
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      if (seen.has(a * n + b)) continue;
      if (few.length === 3) return `${few.join(', ')}, …`;
      few.push(`${labels[a]} – ${labels[b]}`);
    }
  return few.join(', ');
}

/** The rule as a function: P(a ≻ b) of a pair never compared. Throws `bad-comparisons` where the rule gives no number. */
export function missingPreference(tally: Compared, rule: MissingRule, file: string): (a: number, b: number) => number {
  const { labels } = tally;
  const n = labels.length;
  const unseen = unseenCount(tally);
  if (unseen === 0 || rule === 'half') return () => 0.5;
  if (rule === 'error')
    throw new NashlabError('bad-comparisons', {
      what: `${unseen} of ${counted((n * (n - 1)) / 2, 'pair')} ${unseen === 1 ? 'was' : 'were'} never compared: ${namedUnseen(tally)}`,
      where: file,
      expected:
        'a rule for them: --missing half (P = ½) or --missing model (Bradley–Terry fit); in an experiment file, { game: …, missing: half }',
    });
  const wins = winsMatrix(tally);
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
