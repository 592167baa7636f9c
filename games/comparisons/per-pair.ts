import type { Tally } from './tally.ts';

/** Pairs with fewer comparisons, or prompts, than this in the middle are warned about: one vote more would turn many of them. */
const few = 5;

function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function kinds({ perPair }: Tally): (readonly [noun: string, counts: readonly number[]])[] {
  const { comparisons, prompts } = perPair;
  return [['comparisons', comparisons], ...(prompts === undefined ? [] : [['prompts', prompts] as const])];
}

/** Median and smallest number of comparisons of a compared pair, and of prompts where the file tells them. */
export function perPairText(tally: Tally): string {
  const texts = kinds(tally).map(([noun, counts]) => {
    const smallest = counts.reduce((least, count) => Math.min(least, count), Infinity);
    return `${noun}: median ${median(counts)}, smallest ${smallest}`;
  });
  return texts.join('; ');
}

/**
 * The caution that cycles may be noise, where the pairs were compared a few times only, or on a few prompts only: many
 * votes on one prompt are about that prompt.
 */
export function noiseCaution(tally: Tally): string[] {
  return kinds(tally)
    .filter(([, counts]) => median(counts) < few)
    .slice(0, 1)
    .map(([noun, counts]) => `Few ${noun} per pair (median ${median(counts)}): cycles may be noise.`);
}
