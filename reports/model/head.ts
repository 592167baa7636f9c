import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { type Origin, originsOf } from './provenance.ts';
import { type PublishedRow, publishedRows } from './published.ts';

/** An experiment as every report introduces it. */
export interface Asked {
  readonly name: string;
  readonly question: string;
  /** Runs that are not finished. */
  readonly missing: number;
  readonly published: readonly PublishedRow[];
}

/** What every report holds, whatever its template shows. */
export interface ReportHead {
  readonly experiments: readonly Asked[];
  /** Every run once, also one that two experiments share. */
  readonly runs: readonly StoredRun[];
  readonly origins: readonly Origin[];
}

/** Throws `bad-run` when there is nothing to report on. */
export function reportHead(experiments: readonly LoadedExperiment[]): ReportHead {
  const distinct = new Map(experiments.flatMap(({ runs }) => runs.map((run): [string, StoredRun] => [run.id, run])));
  const runs = [...distinct.values()];
  if (runs.length === 0)
    throw new NashlabError('bad-run', {
      what: `${experiments.length === 0 ? 'no experiment' : 'no finished run'} to report on`,
      where: experiments.map(({ experiment }) => experiment.name).join(', ') || undefined,
      expected: 'at least one experiment with a finished run',
    });
  return {
    experiments: experiments.map(({ experiment, runs: finished, games }) => ({
      name: experiment.name,
      question: experiment.question,
      missing: experiment.cells.length - finished.length,
      published: publishedRows(experiment.published ?? [], finished, games),
    })),
    runs,
    origins: originsOf(runs),
  };
}
