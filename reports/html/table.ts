import { evenly } from '../model/evenly.ts';
import { type Content, html, type Markup } from './markup.ts';

export interface Column {
  readonly name: Content;
  /** Numbers stand right-aligned in figures of one width. */
  readonly numeric?: boolean;
}

/** A table that scrolls inside its own box. */
export function table(columns: readonly Column[], bodies: readonly Markup[], name: string): Markup {
  const head = columns.map((column) => html`<th scope="col"${alignment(column)}>${column.name}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${head}</tr></thead>
${bodies}</table></div>`;
}

function alignment({ numeric = false }: Column): Markup | undefined {
  return numeric ? undefined : html` class="word"`;
}

/** Rows of cells; the first cell of each row names the row. Cells that say their column can stand below each other. */
export function tableBody(
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
  heading?: Content,
  stackable = false,
): Markup {
  const label = (i: number) => (stackable ? html` data-column="${columns[i].name}"` : undefined);
  const cell = (content: Content, i: number) =>
    i === 0 ? html`<th scope="row">${content}</th>` : html`<td${label(i)}${alignment(columns[i])}>${content}</td>`;
  const top =
    heading === undefined
      ? undefined
      : html`<tr class="heading"><th scope="rowgroup" colspan="${columns.length}">${heading}</th></tr>
`;
  return html`<tbody>${top}${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody>`;
}

const maximalRows = 400;

/** At most 400 of the items, evenly spread with the first and the last among them. */
export function thinned<T>(items: readonly T[], share = 1): T[] {
  return evenly(items, Math.max(2, Math.floor(maximalRows * share)));
}

/** A table that is folded away until it is asked for. */
export function foldedTable(
  summary: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Markup {
  return html`<details><summary>${summary}</summary>
${table(columns, [tableBody(columns, rows)], summary)}</details>`;
}

/** The numbers behind a figure, or one `part` of it; `all` says how many rows there would be before thinning. */
export function dataTable(
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
  all = rows.length,
  part = '',
): Markup {
  const cut = all > rows.length ? `, ${rows.length} of ${all} rows, evenly spread` : '';
  return foldedTable(`Data of this figure${part === '' ? '' : `, ${part}`}${cut}`, columns, rows);
}
