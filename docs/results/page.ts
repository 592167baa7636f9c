import type { LoadedExperiment } from '../../experiments/stored.ts';
import { table } from '../../tests/bench/table.ts';
import { publishedTable } from './published-table.ts';
import { type Answer, type ResultSection, type ResultTable, valueText, writtenFindings } from './section.ts';

export interface AnsweredSection {
  readonly section: ResultSection;
  readonly loaded: LoadedExperiment;
  readonly answer: Answer;
}

function tableText({ caption, head, rows }: ResultTable): string {
  return `${caption}\n\n${table(
    head,
    rows.map((row) => row.map(valueText)),
  )}`;
}

/** Question, finding, figure, tables, and what was published. */
export function sectionText({ section, loaded, answer }: AnsweredSection): string {
  const { experiment, title, differs, tablesHoldPublished = false } = section;
  const published = tablesHoldPublished ? undefined : publishedTable(loaded);
  return [
    `## ${title}`,
    `_${loaded.experiment.question.trim()}_`,
    writtenFindings(section, answer.values),
    ...(answer.figure === undefined ? [] : [`![${answer.figure.alt}](results-${experiment}.svg)`]),
    ...answer.tables.map(tableText),
    ...(published === undefined ? [] : [tableText(published)]),
    ...(differs === undefined ? [] : [`What differs from the publication: ${differs}`]),
    `${loaded.runs.length} runs: \`nashlab run ${experiment}\`.`,
  ].join('\n\n');
}

/** Where and with what the runs were made, from the runs. */
function provenanceText(sections: readonly AnsweredSection[]): string {
  const runs = sections.flatMap(({ loaded }) => loaded.runs);
  const distinct = (of: (run: (typeof runs)[number]) => string): string => [...new Set(runs.map(of))].sort().join(', ');
  const seconds = runs.reduce((sum, { times }) => sum + times.wallSeconds, 0);
  return `${runs.length} runs of ${sections.length} experiments, ${valueText(Math.round(seconds))} seconds of solving in all, on ${distinct(
    ({ provenance }) => provenance.cpu,
  )} with Node ${distinct(({ provenance }) => provenance.node)}, in float64 on the CPU.`;
}

/** The page, from stored runs: every number on it comes from there. */
export function resultsPage(sections: readonly AnsweredSection[]): string {
  const contents = sections.map(({ section: { title } }) => {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-');
    return `- [${title}](#${anchor})`;
  });
  return `${[
    `# Results

What the ready experiments found. This page is written from their stored runs; no number in it is typed, and a sentence
that the numbers no longer bear out stops the script:

\`\`\`sh
${sections.map(({ section }) => `npx nashlab run ${section.experiment}`).join('\n')}
npm run results
\`\`\`

${provenanceText(sections)} Gaps are in payoff units, KL divergences in nats; an oracle call is one evaluation of all
action payoffs of one role. A theorem is _within_ when its bound held at every recorded step.`,
    contents.join('\n'),
    ...sections.map(sectionText),
  ].join('\n\n')}\n`;
}
