import { z } from 'zod';
import { playersKinds } from '../../games/game-document.ts';

/** The printed JSON of interfaces.md, strictly: every promised field, absent where it does not apply, never null. */

const number = z.number();
const probability = number.min(0).max(1);
const policies = z.array(z.array(probability).min(1)).min(1);

const game = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['preference', 'zero-sum', 'bimatrix', ...playersKinds]),
  players: z.int().min(2),
  actions: z.array(z.int().min(1)).min(1),
  labels: z.array(z.array(z.string())),
});

const guarantee = z.strictObject({
  status: z.enum(['within', 'outside', 'violated', 'unmeasured']),
  statement: z.string().min(1),
  source: z.string().min(1),
  iterate: z.enum(['last', 'average']),
  metric: z.string(),
  reason: z.string().optional(),
  bound: number.optional(),
  measured: number.optional(),
});

const backend = z.strictObject({
  name: z.enum(['cpu', 'wasm', 'webgpu', 'cuda', 'tensorflow']),
  dtype: z.enum(['float64', 'float32']),
  library: z.string(),
  device: z.string(),
  threads: z.int().min(1).optional(),
  software: z.boolean().optional(),
});

export const solutionSchema = z.strictObject({
  schema: z.literal('nashlab-solution/1'),
  game,
  solver: z.strictObject({ name: z.string(), params: z.record(z.string(), z.union([number, z.string()])) }),
  temperature: number.min(0),
  roleTemperatures: z.array(number.positive()).optional(),
  backend,
  seed: z.string(),
  result: z.enum(['converged', 'answered', 'step-limit', 'stalled', 'non-finite', 'aborted']),
  reason: z.string().optional(),
  iterate: z.enum(['last', 'average', 'best']),
  tolerance: number.min(0),
  gap: z.enum(['regularized-gap', 'duality-gap', 'nash-conv', 'ce-gap', 'cce-gap']),
  regulariser: z.string().min(1).optional(),
  population: z.string().optional(),
  againstPopulation: z.array(z.looseObject({ role: z.number(), gain: z.number().min(0) })).optional(),
  steps: z.int().min(0),
  oracleCalls: z.int().min(0),
  polish: z.strictObject({ steps: z.int().min(1), backend }).optional(),
  profile: policies,
  logProfile: z.array(z.array(number.max(0))).optional(),
  metrics: z.record(z.string(), z.union([number, z.array(number)])),
  guarantee: guarantee.optional(),
  dynamics: z
    .strictObject({
      label: z.enum(['converges', 'cycles', 'spreads', 'chaotic', 'undecided']),
      unit: z.enum(['step', 'time']),
      exponent: number.optional(),
      error: number.positive().optional(),
      period: number.positive().optional(),
      amplitude: number.min(0),
      turns: z.int().min(0),
    })
    .optional(),
  equilibriumPath: z
    .strictObject({
      temperature: z.array(number.positive()).min(1).max(60),
      gap: z.array(number.min(0)),
      actions: z.array(z.array(z.int().min(0)).max(24)),
      profiles: z.array(policies),
    })
    .optional(),
  joint: z
    .strictObject({
      outcomes: z
        .array(z.strictObject({ actions: z.array(z.int().min(0)).min(2), probability: probability.positive() }))
        .min(1)
        .max(1_000),
      support: z.int().min(1),
      payoffs: z.array(number).min(2),
    })
    .optional(),
  ratings: z.array(z.array(number)).min(1).optional(),
  exact: z.strictObject({ regrets: z.array(z.string()), nashConv: z.string(), nashConvValue: number }).optional(),
  wallSeconds: number.min(0),
});

export type PrintedSolution = z.output<typeof solutionSchema>;

export const inspectionSchema = z.strictObject({
  schema: z.literal('nashlab-inspection/1'),
  game,
  properties: z.strictObject({
    sum: z.enum(['constant', 'general']),
    symmetric: z.boolean(),
    payoffSpan: number.min(0),
    pureEquilibria: z.strictObject({ count: z.int().min(0), profiles: z.array(z.array(z.string())) }).optional(),
    condorcetWinner: z.string().optional(),
    smithSet: z.array(z.string()).min(1).optional(),
    cyclicTriples: z
      .strictObject({ count: z.int().min(0), decisive: z.int().min(0), total: z.int().min(0) })
      .optional(),
    cyclicShare: probability.optional(),
    bradleyTerry: z.looseObject({ maxError: number.min(0), meanError: number.min(0), finite: z.boolean() }).optional(),
    payoffSpanIs: z.enum(['exact', 'upper bound']).optional(),
    sampledTriples: z.strictObject({ cyclic: z.int().min(0), sample: z.int().min(1), seed: z.string() }).optional(),
    notMeasured: z.record(z.string(), z.string().min(1)).optional(),
  }),
  equilibrium: z
    .strictObject({
      profile: policies,
      value: number,
      method: z.string().min(1),
      regret: number.min(0),
      exact: z.array(z.array(z.string())).optional(),
    })
    .optional(),
  correlated: z.strictObject({ welfare: number, payoffs: z.array(number).min(2) }).optional(),
  equilibria: z
    .union([
      z.strictObject({
        extremes: z
          .array(
            z.strictObject({
              profile: policies,
              exactProfile: z.array(z.array(z.string())).length(2),
              payoffs: z.array(number).length(2),
              exactPayoffs: z.array(z.string()).length(2),
            }),
          )
          .min(1),
        components: z
          .array(
            z.strictObject({
              continuum: z.boolean(),
              extremes: z.array(z.int().min(0)).min(1),
              products: z.array(z.array(z.int().min(0)).min(1)).min(1),
            }),
          )
          .min(1),
        method: z.string().min(1),
      }),
      z.strictObject({ notListed: z.string().min(1) }),
    ])
    .optional(),
});
