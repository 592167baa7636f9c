import type { CrossPlayFigure } from '../model/cross-play.ts';
import { groupedBy } from '../model/groups.ts';
import { counted, formatNumber, listed } from '../number.ts';

/** Answers below this are not played: what an equilibrium at a small temperature leaves. */
const leastPlayed = 1e-6;
const listedAnswers = 6;

/** Which answer the others' answers would play; nothing where no equilibrium was found. */
export function crossPlaySentence({ answers }: CrossPlayFigure): string | undefined {
  const played = answers.filter(({ weight = 0 }) => weight > leastPlayed);
  if (played.length === 0) return undefined;
  const absent = answers.length - played.length;
  const others = absent === 1 ? 'one other is' : `${formatNumber(absent)} others are`;
  const without = absent === 0 ? '' : `; ${others} never played`;
  if (played.length === 1) return `Among the answers themselves, ${played[0].name} is the one to play${without}.`;
  const named = groupedBy(played.slice(0, listedAnswers), ({ weight = 0 }) => formatNumber(weight)).map((group) => {
    const each = group.length > 1 ? ' each' : '';
    return `${listed(group.map(({ name }) => name))} with probability ${formatNumber(group[0].weight ?? 0)}${each}`;
  });
  const more = played.length - listedAnswers;
  const all = more > 0 ? [...named, counted(more, 'other')] : named;
  return `Among the answers themselves, the equilibrium plays ${all.join('; ')}${without}.`;
}
