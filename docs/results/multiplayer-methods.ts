import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { runsOf } from './runs.ts';

/** A solver as the experiment gives it, with whom it meets. */
export interface Method {
  readonly solver: string;
  readonly population?: string;
  readonly stepSize?: number;
}

const mirrorAgainst = (population: string): Method => ({ solver: 'mirror-descent', population });

/** The methods of the experiment `multiplayer`, in its order. */
export const methods = {
  mnpo: { solver: 'mnpo' },
  smallStep: { solver: 'mnpo', stepSize: 0.05 },
  timeDependent: { solver: 'td-mnpo', population: 'recent:k=3,weights=3/2/1' },
  others: mirrorAgainst('others'),
  itself: mirrorAgainst('self'),
  recent: mirrorAgainst('recent:k=4'),
  movingAverage: mirrorAgainst('ema:memory=0.8'),
  average: mirrorAgainst('average'),
  league: mirrorAgainst('league:every=50'),
  external: mirrorAgainst('external'),
} as const satisfies Readonly<Record<string, Method>>;

export function methodName({ solver, population, stepSize }: Method): string {
  const step = stepSize === undefined ? [] : [`η = ${stepSize}`];
  return [solver, ...step, ...(population === undefined ? [] : [population])].join(', ');
}

/** The runs of a method on one game; throws when there is none. */
export function runsOfMethod(
  loaded: LoadedExperiment,
  { solver, population, stepSize }: Method,
  game: string,
): readonly StoredRun[] {
  const runs = runsOf(loaded, { solver, game, params: { stepSize } });
  const met = runs.filter(({ cell }) => cell.given.population === population);
  if (met.length === 0) throw new Error(`${loaded.experiment.name}: no run of ${solver} with population ${population}`);
  return met;
}
