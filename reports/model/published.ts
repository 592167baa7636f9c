import type { PublishedFigure } from '../../experiments/published.ts';
import type { IterateName, LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { gameFacts } from './game.ts';
import { columnOf, finalMetric } from './gap.ts';
import { type Spread, spreadOf } from './spread.ts';

/** A number of ours, over the runs that a published figure selects. */
export interface OwnFigure {
  /** NaN when no run has a finite value. */
  readonly value: number;
  readonly spread: Spread;
  /** Steps at which the values stand, smallest and largest. */
  readonly steps: readonly [number, number];
}

/** A published figure beside ours. */
export interface PublishedRow {
  readonly figure: PublishedFigure;
  /** Runs that the figure selects. */
  readonly runs: number;
  /** Absent when no run was selected, or none recorded the metric. */
  readonly ours?: OwnFigure;
}

type Selector = PublishedFigure['ours'];
type Games = LoadedExperiment['games'];

function isMeant({ solver, game, temperature }: Selector, { cell }: StoredRun): boolean {
  return (
    (solver === undefined || cell.solver.name === solver) &&
    (game === undefined || cell.game.name === game || cell.game.group === game) &&
    (temperature === undefined || cell.temperature === temperature)
  );
}

/** The probability that a run's iterate gives the action of a label, in the first role that has one. */
function probabilityOf(label: string, iterate: IterateName, run: StoredRun, games: Games): number | undefined {
  const stored = games[run.cell.game.hash];
  if (stored === undefined) return undefined;
  const { labels } = gameFacts(run.cell.game.hash, stored);
  const role = labels.findIndex((own) => own.includes(label));
  return role < 0 ? undefined : run.iterates[iterate]?.profile[role]?.[labels[role].indexOf(label)];
}

/** The value of one run and its step; nothing where it was not recorded, or the run broke down before. */
function ownValue(
  { metric, probability, iterate: asked, at }: Selector,
  run: StoredRun,
  games: Games,
): { value: number; step: number } | undefined {
  const iterate = asked ?? run.cell.iterate;
  if (at === 'end' || metric === undefined) {
    const value =
      metric === undefined
        ? probabilityOf(probability as string, iterate, run, games)
        : finalMetric(run, metric, iterate);
    return value === undefined ? undefined : { value, step: run.result.steps };
  }
  const column = iterate === 'best' ? undefined : columnOf(run, iterate, metric);
  const { step } = run.history;
  const record = step.findLastIndex((recorded) => recorded <= at.step);
  if (column === undefined || record < 0) return undefined;
  const ended = record === step.length - 1 && step[record] < at.step;
  return { value: ended && run.result.code === 'non-finite' ? Number.NaN : column[record], step: step[record] };
}

const statistics = { median: 'median', max: 'high', min: 'low' } as const;

/**
 * The published figures of an experiment, each with the number that its runs have for it.
 * @param games the runs' games by content hash, whose labels name actions.
 */
export function publishedRows(
  figures: readonly PublishedFigure[],
  runs: readonly StoredRun[],
  games: Games = {},
): PublishedRow[] {
  return figures.map((figure) => {
    const meant = runs.filter((run) => isMeant(figure.ours, run));
    const found = meant.flatMap((run) => ownValue(figure.ours, run, games) ?? []);
    const spread = spreadOf(found.map(({ value }) => value));
    if (spread === undefined) return { figure, runs: meant.length };
    const steps = found.map(({ step }) => step).sort((a, b) => a - b);
    return {
      figure,
      runs: meant.length,
      ours: { value: spread[statistics[figure.ours.statistic]], spread, steps: [steps[0], steps[steps.length - 1]] },
    };
  });
}
