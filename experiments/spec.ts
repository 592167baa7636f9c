import { z } from 'zod';
import { publishedSchema } from './published.ts';

/** What an experiment file may say. Every list is a sweep; unknown keys are errors. */

const number = z.number();
const policy = z.union([z.array(number), z.array(z.array(number))]);
const value = z.union([number, z.string()]);

const budget = z
  .strictObject({
    calls: z.int().min(1).optional().describe('oracle calls per run: makes solvers of different cost comparable'),
    steps: z.int().min(1).optional().describe('steps per run'),
  })
  .refine((given) => given.calls !== undefined || given.steps !== undefined, 'give calls or steps');

const populationSchema = z.union([
  z.string().min(1).describe('a rule for opponents with its parameters, such as recent:k=5,weights=3/2/1'),
  z
    .looseObject({ name: z.string().describe('a rule for opponents by name (nashlab list populations)') })
    .describe('the same as name and parameters'),
]);

const solverEntry = z.strictObject({
  name: z.string().describe('a solver by name (nashlab list solvers)'),
  temperature: number
    .min(0)
    .optional()
    .describe('replaces the temperatures of the experiment for this solver; unregularised solvers need 0'),
  iterate: z
    .enum(['last', 'average', 'best'])
    .optional()
    .describe('the iterate that is certified; the solver’s own by default'),
  budget: budget.optional().describe('replaces the budget of the experiment for this solver'),
  population: z
    .union([populationSchema, z.array(populationSchema).min(1)])
    .optional()
    .describe('whom the solver meets; itself, or whom its method is about, by default; a list is a sweep'),
  params: z
    .record(z.string(), z.union([value, z.array(value).min(1)]))
    .optional()
    .describe(
      'solver parameters, stepSize included (a number or an expression of t, tau, T, span, n); a list is a sweep',
    ),
});

const solver = z.union([z.string().describe('a solver by name, with the default step size'), solverEntry]);

const gameEntry = z.strictObject({
  game: z.string().min(1).describe('a catalogue name with parameters, or a file'),
  missing: z.enum(['half', 'model', 'error']).optional().describe('comparisons: pairs never compared'),
  players: z
    .union([z.int().min(2), z.literal('groups')])
    .optional()
    .describe('a preference game for so many players, each paid the average of P(own ≻ other); groups: one per group'),
  roles: z.enum(['own', 'shared']).optional().describe('with players: policies of their own (default) or one for all'),
  onUnknown: z.enum(['drop', 'tie']).optional().describe('comparisons: unknown winner labels'),
  groups: z
    .union([z.string().min(1), z.int().min(1)])
    .optional()
    .describe('comparisons: keep groups of judges apart, by a column or so many learned by EM from who said what'),
  annotators: z
    .string()
    .min(1)
    .optional()
    .describe('comparisons: a table with a column annotator that holds the column of groups'),
});

const game = z.union([z.string().min(1).describe('a catalogue name with parameters, or a file'), gameEntry]);

/** Names of the report templates. */
export const reportNames = ['comparison', 'theory', 'population'] as const;

export type ReportName = (typeof reportNames)[number];

export const experimentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens: it names a folder')
    .describe('names the folder of the runs'),
  question: z.string().min(1).describe('the claim that the experiment tests; heads the report'),
  games: z
    .array(game)
    .min(1)
    .describe(
      'catalogue names with parameters, or files relative to this one; a family with a seed that is not given takes the run’s seed',
    ),
  solvers: z.array(solver).min(1),
  temperatures: z.array(number.min(0)).min(1).default([0.1]).describe('τ in payoff units; 0 = unregularised'),
  roleTemperatures: z
    .array(number.positive())
    .min(1)
    .optional()
    .describe('factors of the temperature, one per role: regularised games in which players are pulled differently'),
  reference: z
    .union([z.enum(['uniform', 'random']), policy])
    .default('uniform')
    .describe('uniform; random: softmax of N(0, 1) logits drawn with the seed; probabilities, or one list per role'),
  start: z
    .union([z.enum(['reference', 'uniform', 'random']), policy])
    .default('reference')
    .describe('random: softmax of N(0, 1) logits drawn with the seed'),
  seeds: z
    .array(value)
    .min(1)
    .default([0])
    .describe('each seed is a run of its own; matters for random starts and random games'),
  budget,
  tolerance: number
    .min(0)
    .optional()
    .describe('gap in payoff units at which a run is done; 0 = run all steps; default 1e-9 × payoff span'),
  metrics: z.array(z.string()).min(1).optional().describe('metrics to record; all that apply by default'),
  dynamics: z
    .boolean()
    .default(false)
    .describe(
      'also label what each run does (converges, cycles, spreads, chaotic) with its largest Lyapunov exponent; about three times the steps',
    ),
  published: z
    .array(publishedSchema)
    .min(1)
    .optional()
    .describe('figures of publications, shown in the report beside ours'),
  report: z
    .enum(reportNames)
    .default('comparison')
    .describe(
      'report template: comparison of solvers, game by game; theory: each theorem on trial; population: players, whom they met, and answers against each other',
    ),
});

/** Keys of the entries of a list, as they may be written. */
export const entryKeys = { solvers: Object.keys(solverEntry.shape), games: Object.keys(gameEntry.shape) } as const;

export type Experiment = z.output<typeof experimentSchema>;
export type SolverEntry = z.output<typeof solver>;
