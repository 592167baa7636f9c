import { readFileSync } from 'node:fs';

const reference = JSON.parse(readFileSync(new URL('../golden/reference-games.json', import.meta.url), 'utf8'));

interface ReferenceGame {
  readonly payoffs: readonly (readonly (readonly number[])[])[];
  readonly action_labels: readonly (readonly string[])[];
  readonly preference_matrix: readonly (readonly (number | string)[])[];
  /** How many voters, and their order. */
  readonly ballots: readonly (readonly [number, readonly string[]])[];
}

interface RatingReference {
  readonly data: readonly unknown[];
  readonly bt_scores_sum1: Readonly<Record<string, number>>;
  readonly ml_est: readonly number[];
}

function entry<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no reference "${id}"`);
  return found;
}

/** A game of `reference_games.json` by id; each entry there names its source. */
export function referenceGame(id: string): ReferenceGame {
  return entry(reference.games as (ReferenceGame & { id: string })[], id);
}

/** A rating reference of `reference_games.json` by id. */
export function ratingReference(id: string): RatingReference {
  return entry(reference.rating_references as (RatingReference & { id: string })[], id);
}
