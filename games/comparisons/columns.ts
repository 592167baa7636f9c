import { NashlabError } from '../../src/core/errors.ts';
import { isRatingsHeader, ratingNames } from './ratings.ts';

/** The roles that columns play; the SQL expression of each, absent where the file has no such column. */
export interface ComparisonColumns {
  readonly form: 'model' | 'side';
  readonly a: string;
  readonly b: string;
  readonly winner: string;
  readonly weight?: string;
  /** What the weights are: numbers of comparisons, or any importance. */
  readonly weighs?: 'count' | 'weight';
  /** Columns that are only counted: prompts, annotators, groups, judges. */
  readonly counted: readonly (readonly [name: string, expression: string])[];
  /** The column whose values are groups of judges, where they are asked for. */
  readonly grouped?: string;
}

const weightNames = ['weight', 'count'] as const;
const countedNames = ['prompt', 'prompt_id', 'annotator', 'group', 'judge'] as const;

/** Column names that mean something; any other column is ignored. */
export const knownColumns: readonly string[] = [
  'model_a',
  'model_b',
  'left',
  'right',
  'winner',
  ...weightNames,
  ...countedNames,
  ...ratingNames,
];

/** True for a header of comparisons, or of ratings, which imply them. */
export function isComparisonHeader(names: readonly string[]): boolean {
  return names.some((name) => name.trim().toLowerCase() === 'winner') || isRatingsHeader(names);
}

/** Finds the columns. Throws `bad-comparisons` naming a missing one, or two that say the same. */
export function comparisonColumns(columns: ReadonlyMap<string, string>, file: string): ComparisonColumns {
  const form = columns.has('model_a') || columns.has('model_b') || !columns.has('left') ? 'model' : 'side';
  const need = (name: string): string => {
    const expression = columns.get(name);
    if (expression === undefined)
      throw new NashlabError('bad-comparisons', {
        what: `no column "${name}"`,
        where: file,
        expected: 'columns model_a, model_b, winner or left, right, winner; optional weight or count',
      });
    return expression;
  };
  const weights = weightNames.filter((name) => columns.has(name));
  if (weights.length > 1)
    throw new NashlabError('bad-comparisons', {
      what: 'two columns of weights: weight and count',
      where: file,
      expected: 'one of them',
    });
  return {
    form,
    a: need(form === 'model' ? 'model_a' : 'left'),
    b: need(form === 'model' ? 'model_b' : 'right'),
    winner: need('winner'),
    ...(weights.length === 1 ? { weight: need(weights[0]), weighs: weights[0] } : {}),
    counted: countedNames.flatMap((name) => (columns.has(name) ? [[name, need(name)] as const] : [])),
  };
}
