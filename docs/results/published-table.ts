import type { LoadedExperiment } from '../../experiments/stored.ts';
import { publishedRows } from '../../reports/model/published.ts';
import { publishedText } from '../../reports/sections/published.ts';
import type { ResultTable } from './section.ts';

/** The figures of publications that the experiment file names, beside those of its runs. */
export function publishedTable({ experiment, runs, games }: LoadedExperiment): ResultTable | undefined {
  if (experiment.published === undefined) return undefined;
  const rows = publishedRows(experiment.published, runs, games).map(({ figure, ours }) => {
    if (ours === undefined) throw new Error(`${experiment.name}: no run for the published figure "${figure.what}"`);
    return [figure.what, publishedText(figure), ours.value, figure.source, figure.differs];
  });
  return {
    caption: 'Published figures beside ours:',
    head: ['what', 'published', 'ours', 'source', 'what differs'],
    rows,
  };
}
