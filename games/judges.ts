import { fractionText } from './fraction.ts';

/** A criterion by which items are compared. */
export interface Judge<Item> {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** The item's number; undefined when it has none. */
  score(item: Item): number | undefined;
}

/** The voting rule of `judgePreferences`, in words; part of the description of every game made by it. */
export const judgingRule =
  'P(a ≻ b) is the share of the judges that prefer a; a judge that lacks a number for either item abstains, a tie counts half for each, and where all abstain P = ½.';

/** Preference matrix and its exact fractions, from judges' votes on each pair (see `judgingRule`). */
export function judgePreferences<Item>(items: readonly Item[], judges: readonly Judge<Item>[]) {
  const scores = items.map((item) => judges.map((judge) => judge.score(item)));
  const texts = items.map((_, a) =>
    items.map((_, b) => {
      let points = 0;
      let votes = 0;
      judges.forEach((judge, k) => {
        const [own, other] = [scores[a][k], scores[b][k]];
        if (own === undefined || other === undefined) return;
        votes += 1;
        points += 1 + Math.sign(judge.better === 'higher' ? own - other : other - own);
      });
      return { points, votes };
    }),
  );
  return {
    rows: texts.map((row) => row.map(({ points, votes }) => (votes === 0 ? 0.5 : points / (2 * votes)))),
    entries: [
      texts.map((row) => row.map(({ points, votes }) => (votes === 0 ? '1/2' : fractionText(points, 2 * votes)))),
    ],
  };
}

/** Labels that tell items apart: the title; with the year where a title repeats; with a running number where both do. */
export function distinctLabels(items: readonly { readonly title: string; readonly year: number }[]): string[] {
  const repeated = (names: readonly string[], name: string) => names.filter((other) => other === name).length > 1;
  const titles = items.map((item) => item.title);
  const dated = items.map(({ title, year }) => (repeated(titles, title) ? `${title} (${year})` : title));
  return dated.map((name, k) =>
    repeated(dated, name)
      ? `${name.replace(/\)$/, '')}, ${dated.slice(0, k + 1).filter((other) => other === name).length})`
      : name,
  );
}
