import { NashlabError } from '../src/core/errors.ts';
import { counted } from './counted.ts';

/** Labels where none are given: "1", "2", … */
export function numberedLabels(count: number): string[] {
  return Array.from({ length: count }, (_, action) => String(action + 1));
}

/** Refuses a wrong number of labels, and two actions of one name: answers and policy files could not tell them apart. */
export function checkLabels(labels: readonly string[], actions: number, role: number, name: string): void {
  if (labels.length !== actions)
    throw new NashlabError('bad-game', {
      what: `game "${name}" has ${counted(labels.length, 'label')}`,
      where: `labels of role ${role}`,
      expected: `${actions}, one per action`,
    });
  const seen = new Set<string>();
  for (const label of labels) {
    if (seen.has(label))
      throw new NashlabError('bad-game', {
        what: `game "${name}" has the label "${label}" twice`,
        where: `labels of role ${role}`,
        expected: 'a different label for each action',
      });
    seen.add(label);
  }
}
