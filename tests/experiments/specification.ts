import { join } from 'node:path';
import { type ExpandedCell, expandExperiment } from '../../experiments/expand.ts';
import { readExperiment } from '../../experiments/read-spec.ts';
import type { Workplace } from '../cli/command.ts';

/** A game without a description, so that its hash depends on its numbers alone. */
export const circle =
  '{"kind": "preference", "labels": ["a", "b", "c"], "matrix": [[0.5, 1, 0], [0, 0.5, 1], [1, 0, 0.5]]}';

/** The keys of a small experiment as YAML lines; a change replaces a key, or adds one. */
export function yamlOf(changes: Readonly<Record<string, string>> = {}): string {
  const keys = {
    name: 'small',
    question: 'Which solver is faster?',
    games: '[circle.json]',
    solvers: '[extragradient]',
    budget: '{ calls: 100 }',
    ...changes,
  };
  return Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/** The cells of a small experiment with changes. */
export async function cellsOf(
  place: Workplace,
  changes: Readonly<Record<string, string>>,
  notes: string[] = [],
): Promise<readonly ExpandedCell[]> {
  place.write('circle.json', circle);
  const file = join(place.folder, place.write('small.yaml', yamlOf(changes)));
  const { cells } = await expandExperiment(readExperiment(file), (line) => notes.push(line));
  return cells;
}
