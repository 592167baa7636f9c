import type { StoredRun } from '../../experiments/stored.ts';
import { bestSeed } from './answer.ts';
import { type Bundle, groupedBy } from './groups.ts';

/** The seed that the most bundles have a run of; the first of equals. */
function commonSeed(bundles: readonly Bundle[]): string | undefined {
  const seeds = groupedBy(
    bundles.flatMap(({ runs }) => [...new Set(runs.map(({ cell }) => cell.seed))]),
    (seed) => seed,
  );
  return seeds.reduce<string[]>((most, seed) => (seed.length > most.length ? seed : most), [])[0];
}

/**
 * The run of each bundle that a figure of single runs shows, of those that have what it shows: the one of the seed that the most
 * bundles have, so that neighbours began alike, else the one with the smallest gap.
 */
export function shownRuns(
  bundles: readonly Bundle[],
  has: (run: StoredRun) => boolean,
): { readonly bundle: Bundle; readonly run: StoredRun }[] {
  const having = bundles.map((bundle) => ({ ...bundle, runs: bundle.runs.filter(has) }));
  const seed = commonSeed(having);
  return having.flatMap((bundle) => {
    const run = bundle.runs.find(({ cell }) => cell.seed === seed) ?? bestSeed(bundle.runs);
    return run === undefined ? [] : [{ bundle, run }];
  });
}
