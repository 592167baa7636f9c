import type { ComparisonColumns } from './columns.ts';

export type Verdict = 'a' | 'b' | 'tie';

const words: Readonly<Record<ComparisonColumns['form'], Readonly<Record<string, Verdict>>>> = {
  model: { model_a: 'a', model_b: 'b', a: 'a', b: 'b', tie: 'tie', both_bad: 'tie' },
  side: { left: 'a', right: 'b', tie: 'tie', both_bad: 'tie' },
};

/** What the first of the two wins: a tie is half a win for each. */
export function shareOf(verdict: Verdict): number {
  return { a: 1, b: 0, tie: 0.5 }[verdict];
}

/** Words a winner column may hold. */
export function winnerWords(form: ComparisonColumns['form']): string[] {
  return Object.keys(words[form]);
}

/** What a winner label says; undefined for an unknown one. `both_bad` counts as a tie. */
export function verdictOf(form: ComparisonColumns['form'], label: string): Verdict | undefined {
  return Object.hasOwn(words[form], label) ? words[form][label] : undefined;
}
