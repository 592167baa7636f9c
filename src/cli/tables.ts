import Table from 'cli-table3';

const frame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export type Alignment = 'left' | 'right';

/** A plain text table: a head, rows, and two spaces between columns. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align?: readonly Alignment[],
): string {
  const table = new Table({
    head: [...head],
    chars: frame,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    ...(align === undefined ? {} : { colAligns: [...align] }),
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
