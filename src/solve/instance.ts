import type { Game } from './game.ts';
import { profileFrom, randomProfile, uniformProfile } from './policies.ts';
import type { HostProfile, Instance } from './problem.ts';

type Probabilities = readonly number[] | readonly (readonly number[])[];

export interface InstanceOptions {
  /** τ in payoff units, shared or one per run; default 0. */
  readonly temperature?: number | readonly number[];
  /** Temperature of each role as a factor above 0 of τ; default 1 for all. */
  readonly roleTemperatures?: readonly number[];
  /** Probabilities, or one list per role; default uniform. */
  readonly reference?: Probabilities;
  /** Probabilities, or one list per role; default the reference. */
  readonly start?: Probabilities;
  /** Random starts instead, one run per seed. */
  readonly seeds?: readonly (string | number)[];
  /** Number of runs; by default as many as there are seeds, temperatures or game draws. */
  readonly runs?: number;
}

/** Stacks one profile per run into rows, `[B, A_role]` per role. */
export function stackedProfiles(profiles: readonly HostProfile[]): HostProfile {
  return profiles[0].map((_, role) => {
    const rows = profiles.map((profile) => profile[role]);
    const values = new Float64Array(rows.length * rows[0].length);
    for (const [run, row] of rows.entries()) values.set(row, run * row.length);
    return values;
  });
}

/** An instance from a game and the choices that define its regularisation and its start. Throws `bad-policy`. */
export function instance(game: Game, options: InstanceOptions = {}): Instance {
  const { temperature = 0, seeds, roleTemperatures } = options;
  const counts = [typeof temperature === 'number' ? 1 : temperature.length, seeds?.length ?? 1, game.draws];
  const reference =
    options.reference === undefined ? uniformProfile(game) : profileFrom(options.reference, game, 'reference');
  const start = options.start === undefined ? reference : profileFrom(options.start, game, 'start');
  return {
    game,
    runs: options.runs ?? Math.max(...counts),
    temperature,
    ...(roleTemperatures === undefined ? {} : { roleTemperatures }),
    reference,
    start: seeds === undefined ? start : stackedProfiles(seeds.map((seed) => randomProfile(game, String(seed)))),
  };
}
