import { z } from 'zod';
import { dynamicsLabels } from '../src/dynamics/dynamics.ts';
import { publishedSchema } from './published.ts';

/** What a stored file must hold to be read at all; numbers are compared by `verify`, not here. */

const number = z.number();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits');
const policy = z.array(z.array(number));
const iterate = z.enum(['last', 'average', 'best']);

export const storedExperimentSchema = z.looseObject({
  schema: z.literal('nashlab-experiment/1'),
  name: z.string(),
  question: z.string(),
  report: z.string(),
  published: z.array(publishedSchema).optional(),
  cells: z.array(hash),
});

export const storedRunSchema = z.looseObject({
  schema: z.literal('nashlab-run/1'),
  id: hash,
  cell: z.looseObject({
    game: z.looseObject({ name: z.string(), hash }),
    solver: z.looseObject({ name: z.string(), params: z.record(z.string(), z.union([number, z.string()])) }),
    temperature: number,
    roleTemperatures: z.array(number).optional(),
    population: z.strictObject({ name: z.string(), params: z.record(z.string(), z.unknown()) }).optional(),
    reference: z.union([z.enum(['uniform', 'random']), policy]),
    start: z.union([z.enum(['reference', 'uniform', 'random']), policy]),
    seed: z.string(),
    steps: number,
    tolerance: number,
    iterate,
    metrics: z.array(z.string()),
    dynamics: z.literal(true).optional(),
    given: z.looseObject({ params: z.record(z.string(), z.union([number, z.string()])) }),
  }),
  provenance: z.looseObject({ nashlab: z.string(), node: z.string(), backend: z.looseObject({ name: z.string() }) }),
  result: z.looseObject({ code: z.string(), steps: number, oracleCalls: number }),
  iterates: z.partialRecord(iterate, z.looseObject({ profile: policy, metrics: z.record(z.string(), z.unknown()) })),
  history: z.looseObject({
    step: z.array(number),
    oracleCalls: z.array(number),
    columns: z.record(z.string(), z.array(number.nullable())),
  }),
  joint: z
    .strictObject({
      outcomes: z.array(z.strictObject({ actions: z.array(z.int().min(0)), probability: number })).min(1),
      support: z.int().min(1),
      payoffs: z.array(number),
    })
    .optional(),
  gap: z.enum(['ce-gap', 'cce-gap']).optional(),
  ratings: policy.optional(),
  dynamics: z
    .strictObject({
      label: z.enum(dynamicsLabels),
      unit: z.enum(['step', 'time']),
      exponent: number.optional(),
      error: number.optional(),
      period: number.optional(),
      amplitude: number,
      turns: z.int().min(0),
    })
    .optional(),
  equilibriumPath: z
    .strictObject({
      temperature: z.array(number).min(1),
      gap: z.array(number),
      actions: z.array(z.array(z.int().min(0))),
      profiles: z.array(policy),
    })
    .optional(),
  againstPopulation: z
    .array(
      z.strictObject({
        role: z.int().min(0),
        gain: number,
        bestResponse: z.int().min(0),
        members: z.array(z.strictObject({ name: z.string(), weight: number, gain: number, alone: number })),
      }),
    )
    .optional(),
  times: z.looseObject({ started: z.string(), finished: z.string(), wallSeconds: number }),
});
