import { html, isolated, type Markup } from '../html/markup.ts';
import { foldedTable } from '../html/table.ts';
import type { ReportHead } from '../model/head.ts';
import type { Origin } from '../model/provenance.ts';
import { counted, formatNumber } from '../number.ts';
import { temperatureText } from '../words.ts';

function definitionList(entries: readonly (readonly [string, Markup | string])[]): Markup {
  return html`<dl>${entries.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>`;
}

function origin({ runs, provenance }: Origin): Markup {
  const { nashlab, commit, dirty, node, lockfile, backend, cpu, platform } = provenance;
  const tree = dirty === undefined ? '' : dirty ? ', with uncommitted changes' : ', clean';
  return definitionList([
    ['runs', formatNumber(runs)],
    ['nashlab', nashlab],
    ['commit', commit === undefined ? 'not recorded' : html`<code>${commit}</code>${tree}`],
    ['Node', `${node}, ${platform}`],
    ['backend', `${backend.name}, ${backend.dtype}, ${backend.library}, ${backend.device}`],
    ['processor', cpu],
    ['lockfile', lockfile === undefined ? 'not recorded' : html`<code>${lockfile.slice(0, 12)}</code>`],
  ]);
}

function cellTable({ runs }: ReportHead): Markup {
  const rows = runs.map(({ id, cell, result, times }) => [
    html`<code>${id.slice(0, 12)}</code>`,
    isolated(cell.game.name),
    cell.solver.name,
    temperatureText(cell.temperature),
    cell.seed,
    formatNumber(result.steps),
    times.started,
    formatNumber(times.wallSeconds),
  ]);
  const columns = ['Cell', 'Game', 'Solver', 'Temperature', 'Seed', 'Steps', 'Started', 'Seconds'].map((name) => ({
    name,
  }));
  return foldedTable(counted(runs.length, 'cell'), columns, rows);
}

/** Definitions, provenance and how to do it again. */
export function foot(head: ReportHead, definitions: readonly (readonly [string, string])[]): Markup {
  const seconds = head.runs.reduce((total, { times }) => total + times.wallSeconds, 0);
  const commands = head.experiments.flatMap(({ name }) => [`nashlab run ${name}`, `nashlab verify runs/${name}`]);
  return html`<footer>
<section><h2>Definitions</h2>
${definitionList(definitions)}</section>
<section><h2>Provenance</h2>
${head.origins.length > 1 ? html`<p>These runs were computed in ${head.origins.length} settings.</p>` : undefined}
${head.origins.map(origin)}
<p>${counted(head.runs.length, 'run')} took ${formatNumber(seconds)} s of computing in all. A cell is named by the SHA-256 of everything that was chosen for it.</p>
${cellTable(head)}</section>
<section><h2>Reproduce</h2>
<p>The first command computes the runs again, or continues them; the second recomputes stored runs and compares every number.</p>
<pre>${commands.join('\n')}</pre></section>
</footer>
`;
}
