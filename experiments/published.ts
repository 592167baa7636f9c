import { z } from 'zod';
import { solverNamed } from '../solvers/catalogue.ts';
import { lookUp } from '../src/core/names.ts';
import { metrics } from '../src/metrics/catalogue.ts';

const text = z.string().min(1);

const selector = z
  .strictObject({
    metric: z.string().optional().describe('a metric by name (nashlab list metrics)'),
    probability: text.optional().describe('instead of a metric, the probability of the action with this label'),
    iterate: z
      .enum(['last', 'average', 'best'])
      .optional()
      .describe('the certified iterate of each run by default; best has no curve, so it goes with at: end'),
    at: z
      .union([z.literal('end'), z.strictObject({ step: z.int().min(0) })])
      .default('end')
      .describe('where each run ended, or a step: its last record up to there'),
    solver: z.string().optional().describe('runs of this solver only, by name'),
    game: text.optional().describe('runs on this game only, as the list of games writes it'),
    temperature: z.number().min(0).optional().describe('runs at this temperature only'),
    statistic: z.enum(['median', 'max', 'min']).default('median').describe('over the runs that are left'),
  })
  .refine(
    ({ metric, probability }) => (metric === undefined) !== (probability === undefined),
    'give metric or probability',
  )
  .refine(({ iterate, at }) => iterate !== 'best' || at === 'end', 'the best iterate is known at the end only')
  .refine(
    ({ probability, at }) => probability === undefined || at === 'end',
    'probabilities are known at the end only',
  );

/** A figure of a publication, and which of our numbers stands beside it. */
export const publishedSchema = z.strictObject({
  what: text.describe('what was measured, in one sentence'),
  value: z
    .union([z.number(), z.tuple([z.number(), z.number()])])
    .refine((given) => typeof given === 'number' || given[0] <= given[1], 'a range runs from low to high')
    .describe('the published number, or a range [low, high]'),
  unit: text.optional(),
  source: text.describe('where it is published: paper, table or figure'),
  differs: text.describe('what differs from our setting'),
  ours: selector.describe('which stored numbers are compared with it'),
});

export type PublishedFigure = z.output<typeof publishedSchema>;

/**
 * The figures with every name looked up, and solvers by their own name.
 * @param place names the place of a path in the experiment file.
 * @throws `unknown-name` with the place of the name.
 */
export function checkedFigures(
  figures: readonly PublishedFigure[],
  place: (path: readonly PropertyKey[]) => string,
): PublishedFigure[] {
  return figures.map((figure, k) => {
    const { metric, solver } = figure.ours;
    const at = (key: string): string => place(['published', k, 'ours', key]);
    if (metric !== undefined) lookUp('metric', metrics, metric, at('metric'));
    if (solver === undefined) return figure;
    return { ...figure, ours: { ...figure.ours, solver: solverNamed(solver, at('solver')).name } };
  });
}

/** The figures with games as cells call them: `blotto:10,3` is `blotto:soldiers=10,fields=3`. */
export function withGameNames(
  figures: readonly PublishedFigure[],
  names: ReadonlyMap<string, string>,
): PublishedFigure[] {
  return figures.map((figure) => {
    const { game } = figure.ours;
    return game === undefined ? figure : { ...figure, ours: { ...figure.ours, game: names.get(game) ?? game } };
  });
}

/** Keys of the entry at a path below `published`, for the error about an unknown one. */
export function publishedKeys(path: readonly PropertyKey[]): string[] {
  if (path.includes('at')) return ['step'];
  return Object.keys(path.includes('ours') ? selector.shape : publishedSchema.shape);
}
