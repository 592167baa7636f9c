import type { StoredRun } from '../../experiments/stored.ts';
import { canonicalJson } from '../../src/core/canonical.ts';
import { groupedBy } from './groups.ts';

/** Where a set of runs was computed. */
export interface Origin {
  readonly runs: number;
  readonly provenance: StoredRun['provenance'];
}

/** One entry per place and version; more than one when runs were computed in several. */
export function originsOf(runs: readonly StoredRun[]): Origin[] {
  return groupedBy(runs, (run) => canonicalJson(run.provenance)).map((group) => ({
    runs: group.length,
    provenance: group[0].provenance,
  }));
}
