import type { LoadedExperiment } from '../experiments/stored.ts';
import { html } from './html/markup.ts';
import { page } from './html/page.ts';
import { theoryModel } from './model/theory.ts';
import { foot } from './sections/foot.ts';
import { heading, titleOf } from './sections/heading.ts';
import { publishedMetrics, publishedTable } from './sections/published.ts';
import { summary } from './sections/summary.ts';
import { theoremSection } from './sections/theorem.ts';
import { trialSentences, trialTable } from './sections/trials.ts';
import { definitionsOf, theoryWords } from './vocabulary.ts';

/** The template `theory`: each theorem on trial over all the runs of its solver. */
export function renderTheory(experiments: readonly LoadedExperiment[]): string {
  const model = theoryModel(experiments);
  const metrics = model.rows.flatMap(({ theorem }) => theorem?.metric ?? []);
  const body = html`${heading(model)}<main>
${summary(model, trialSentences(model))}${trialTable(model)}${publishedTable(model)}${model.rows.map(theoremSection)}</main>
${foot(model, [...definitionsOf([...metrics, ...publishedMetrics(model)]), ...theoryWords])}`;
  return page(titleOf(model), body);
}
