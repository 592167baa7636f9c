import { z } from 'zod';
import { type ParameterFamily, readParameters } from '../src/core/catalogue-text.ts';
import type { Citation } from '../src/core/citations/cite.ts';
import { NashlabError } from '../src/core/errors.ts';
import type { Game } from '../src/solve/game.ts';
import { means, type Population, type PopulationRule } from '../src/solve/population.ts';
import type { Instance } from '../src/solve/problem.ts';

/** What a rule is made for. */
export interface Setting {
  readonly game: Game;
  /** Folder that file names are relative to. */
  readonly folder: string;
}

/** A rule for opponents in the catalogue: what it is, which parameters it takes, and how it is made. */
export interface PopulationFamily extends ParameterFamily {
  readonly summary: string;
  readonly source?: Citation;
  /** Makes the population for a game. Values may be text. Throws `bad-parameter`, `bad-policy`, `bad-file`, `not-applicable`. */
  make(given: Readonly<Record<string, unknown>>, setting: Setting): Population;
}

export interface PopulationFamilyParts<Parameters extends z.ZodObject>
  extends Omit<PopulationFamily, 'parameters' | 'positional' | 'make'> {
  readonly parameters: Parameters;
  readonly positional: readonly (keyof z.output<Parameters> & string)[];
  /** Whether every seat plays its player's present policy in this game. */
  selfPlay?(game: Game): boolean;
  /** Payoff evaluations per role and step beyond the solver's own; none where absent. */
  callsPerStep?(parameters: z.output<Parameters>): number;
  /** Refuses games it cannot meet. */
  check?(game: Game, parameters: z.output<Parameters>): void;
  /** Parameters with what files say in place of their names. */
  settle?(parameters: z.output<Parameters>, setting: Setting): z.output<Parameters>;
  rule(
    parameters: z.output<Parameters>,
    instance: Instance,
    // biome-ignore lint/suspicious/noExplicitAny: the memory is the rule's own affair
  ): PopulationRule<any> | Promise<PopulationRule<any>>;
}

function valueText(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'object' ? (value as { name: string }).name : String(value);
  return value.map(valueText).join(value.every((entry) => typeof entry === 'number') ? '/' : '+');
}

/** `recent:k=5,weights=3/2/1`: the first parameter, and what is not as it would be anyway. */
function textOf(
  { name, positional: [first] }: Pick<ParameterFamily, 'name' | 'positional'>,
  params: Readonly<Record<string, unknown>>,
  usual: Readonly<Record<string, unknown>>,
) {
  const told = Object.entries(params).filter(
    ([key, value]) => value !== undefined && (key === first || JSON.stringify(value) !== JSON.stringify(usual[key])),
  );
  const plain = told.filter(([, value]) => typeof value !== 'object' || Array.isArray(value));
  const list = plain.map(([key, value]) => `${key}=${valueText(value)}`);
  return list.length === 0 ? name : `${name}:${list.join(',')}`;
}

/** Builds a family whose `make` checks its parameters, from parts that can rely on them. */
export function populationFamily<Parameters extends z.ZodObject>(
  parts: PopulationFamilyParts<Parameters>,
): PopulationFamily {
  const { name, parameters } = parts;
  return {
    ...parts,
    make(given, setting) {
      const read = readParameters('population', name, parameters, given);
      parts.check?.(setting.game, read);
      const params = parts.settle?.(read, setting) ?? read;
      const usual = parameters.safeParse({});
      return {
        name,
        params: params as Readonly<Record<string, unknown>>,
        text: textOf(parts, read as Readonly<Record<string, unknown>>, usual.success ? (usual.data as never) : {}),
        selfPlay: parts.selfPlay?.(setting.game) ?? false,
        callsPerStep: parts.callsPerStep?.(params) ?? 0,
        rule: (instance) => parts.rule(params, instance),
      };
    },
  };
}

/**
 * Refuses a geometric mixture of frozen policies that have no action in common: it would have no mass anywhere.
 * @param policies log-probabilities of one role, `[B|1, A]`, of members with weights above 0.
 */
export function requireOverlap(name: string, policies: readonly Float64Array[], actions: number): void {
  const rows = Math.max(...policies.map(({ length }) => length / actions));
  for (let row = 0; row < rows; row++) {
    const shared = Array.from({ length: actions }, (_, a) => a).some((a) =>
      policies.every((values) => values[values.length === actions ? a : row * actions + a] > Number.NEGATIVE_INFINITY),
    );
    if (!shared)
      throw new NashlabError('bad-policy', {
        what: `a geometric mixture of ${policies.length} policies that have no action in common`,
        where: `population "${name}"`,
        expected: 'policies that share an action, or mean=arithmetic',
      });
  }
}

/** Every rule's parameter: how its members become one opponent. */
export const meanParameter = z
  .enum(means)
  .default('arithmetic')
  .describe('arithmetic (a mixture of policies) or geometric (a mixture of logits); arithmetic if not given');

/** A list of weights: `5/3/2`, or numbers. */
export const weightsParameter = z
  .union([
    z.array(z.number()),
    z
      .string()
      .regex(/^\s*[^/]+(\/[^/]+)*\s*$/)
      .transform((text) => text.split('/').map(Number)),
    z.number().transform((weight) => [weight]),
  ])
  .optional()
  .describe('weights ≥ 0, not all 0, such as 5/3/2; equal if not given');

/** Weights as shares. Throws `bad-parameter` for a wrong number of them, one below 0, or a population of weight 0. */
export function sharesOf(name: string, weights: readonly number[] | undefined, count: number): readonly number[] {
  if (weights === undefined) return new Array<number>(count).fill(1 / count);
  const refuse = (what: string, expected: string): NashlabError =>
    new NashlabError('bad-parameter', { what, where: `population "${name}"`, expected });
  if (weights.length !== count)
    throw refuse(`${weights.length} weights for ${count} members`, `${count} weights, one per member`);
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) throw refuse(`weight ${weights[bad]} of member ${bad + 1}`, 'a finite number ≥ 0');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw refuse('a population of zero weight', 'at least one weight above 0');
  return weights.map((weight) => weight / total);
}
