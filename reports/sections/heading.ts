import { html, isolated, type Markup } from '../html/markup.ts';
import type { ReportHead } from '../model/head.ts';
import { listed } from '../number.ts';

/** What a report is called: its experiments. */
export function titleOf({ experiments }: ReportHead): string {
  return listed(experiments.map(({ name }) => name));
}

/** Title and questions. */
export function heading(head: ReportHead): Markup {
  const { experiments } = head;
  const questions = experiments.map(({ name, question }) =>
    experiments.length === 1
      ? html`<p class="question">${isolated(question)}</p>\n`
      : html`<p class="question"><strong>${isolated(name)}</strong>: ${isolated(question)}</p>\n`,
  );
  return html`<header>
<p class="over">nashlab report</p>
<h1>${isolated(titleOf(head))}</h1>
${questions}</header>
`;
}
