import { html, isolated, type Markup } from '../html/markup.ts';
import type { ReportHead } from '../model/head.ts';
import { counted, formatNumber } from '../number.ts';
import { inWords } from '../vocabulary.ts';
import { guaranteeText, temperatureText } from '../words.ts';

/** Violations told one by one; more are counted. */
const shown = 20;

/** One line for every run that violated the guarantee of its solver. */
function violations({ runs }: ReportHead): string[] {
  return runs.flatMap(({ cell, guarantee }) => {
    if (guarantee?.status !== 'violated') return [];
    const { measured, bound, metric, iterate, statement, source } = guarantee;
    const numbers =
      measured === undefined || bound === undefined
        ? guaranteeText(guarantee)
        : `${inWords(metric)} of the ${iterate} iterate is ${formatNumber(measured)}, above the bound ${formatNumber(bound)}`;
    return [
      `${cell.solver.name} on ${cell.game.name}, ${temperatureText(cell.temperature)}, seed ${cell.seed}: ${numbers}. ${statement} (${source})`,
    ];
  });
}

/** Guarantees that were violated, as loud as a report gets; nothing when there are none. */
function alarm(head: ReportHead): Markup | undefined {
  const lines = violations(head);
  if (lines.length === 0) return undefined;
  const more = lines.length - shown;
  return html`<div class="alarm" role="alert"><p><strong>VIOLATED: ${lines.length === 1 ? 'a guarantee does' : 'guarantees do'} not hold.</strong> Either the solver or the theorem’s statement is wrong; do not rely on these answers.</p>
<ul>${lines.slice(0, shown).map((line) => html`<li>${isolated(line)}</li>`)}${more > 0 ? html`<li>and ${counted(more, 'run')} more</li>` : undefined}</ul></div>
`;
}

/** What violates a guarantee, then the sentences, the first of them largest. */
export function summary(head: ReportHead, [lead, ...others]: readonly string[]): Markup {
  return html`${alarm(head)}<div class="verdict"><p class="lead">${lead}</p>${others.map((sentence) => html`<p>${sentence}</p>`)}</div>
`;
}
