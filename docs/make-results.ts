/** Writes docs/results.md and its figures from the stored runs of the ready experiments: `npm run results`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadExperiment } from '../experiments/store.ts';
import { chartSvg } from '../reports/chart-svg.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { type AnsweredSection, resultsPage } from './results/page.ts';
import { sections } from './results/sections.ts';

const root = packageRoot();
const store = process.argv[2] ?? join(root, 'runs');
const docs = process.argv[3] ?? join(root, 'docs');

const answered = sections.map((section): AnsweredSection => {
  const loaded = loadExperiment(join(store, section.experiment));
  const missing = loaded.experiment.cells.length - loaded.runs.length;
  if (missing > 0)
    throw new Error(`${section.experiment}: ${missing} runs are missing; run nashlab run ${section.experiment}`);
  return { section, loaded, answer: section.answer(loaded) };
});
const page = resultsPage(answered);
for (const { section, answer } of answered)
  if (answer.figure !== undefined)
    writeFileSync(join(docs, `results-${section.experiment}.svg`), `${await chartSvg(answer.figure.chart)}\n`);
writeFileSync(join(docs, 'results.md'), page);
