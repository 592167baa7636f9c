/** Which parts of a table of cells hold labels. */
export interface MatrixLayout {
  readonly header: boolean;
  readonly labels: boolean;
  /** Labels that are mere numbers without an empty corner that tells them from payoffs, in words. */
  readonly guess?: string;
}

type Cells = readonly string[];

const numberLike = /^([+-]?[\d.]+([eE/][+-]?\d+)?%?|[+-]?(nan|inf|infinity)|na|null|none)$/i;

/** True for numbers, and for what stands where a number should: a first row of `0.5,NaN` is no header. */
function isValue(cell: string): boolean {
  return cell === '' || numberLike.test(cell);
}

/** True for 0, 1, 2, … and for 1, 2, 3, …: what programs write for labels that nobody gave. */
export function isNumbering(cells: Cells): boolean {
  return /^[01]$/.test(cells[0] ?? '') && cells.every((cell, k) => cell === String(Number(cells[0]) + k));
}

function isNumberedOrNamed(cells: Cells): boolean {
  return isNumbering(cells) || !cells.some(isValue);
}

/** True when the first row is a header over a label column with an empty corner. */
function hasEmptyCorner(corner: string, columns: Cells, rows: Cells): boolean {
  if (corner !== '' || columns.length === 0) return false;
  if (!columns.some(isValue) || columns.join('\n') === rows.join('\n')) return true;
  return isNumbering(columns) && isNumberedOrNamed(rows);
}

/**
 * True when first row and first column are numberings under a corner that is a name, or a number over a square: of two
 * rows and more, that is no preference matrix.
 */
function hasNumberedCorner(corner: string, columns: Cells, rows: Cells): boolean {
  if (!isNumbering(columns) || !isNumbering(rows)) return false;
  return !isValue(corner) || (rows.length === columns.length && rows.length > 1);
}

function shown(cells: Cells): string {
  return cells.length > 4 ? `${cells[0]}, ${cells[1]}, …, ${cells[cells.length - 1]}` : cells.join(', ');
}

/**
 * Tells labels from payoffs. The first row is a header when none of its cells is a number, the first column holds labels
 * when none of its cells below the header is; with an empty corner both may be numbers. Beyond that, 0 … n−1 or 1 … n are
 * labels where they are the one row or column that keeps the rest from being square.
 */
export function matrixLayout(cells: readonly Cells[]): MatrixLayout {
  const [[corner, ...columns], ...others] = cells;
  const rows = others.map((row) => row[0]);
  if (hasEmptyCorner(corner, columns, rows)) return { header: true, labels: true };
  if (hasNumberedCorner(corner, columns, rows))
    return {
      header: true,
      labels: true,
      guess: `the first row (${shown(columns)}) and the first column (${shown(rows)}) are read as labels`,
    };
  const header = !cells[0].some(isValue);
  const body = header ? others : cells;
  const labels = columns.length > 0 && body.length > 0 && !body.some((row) => isValue(row[0]));
  const width = columns.length + (labels ? 0 : 1);
  const top = cells[0].slice(labels ? 1 : 0);
  if (!header && body.length === width + 1 && width > 1 && isNumbering(top))
    return { header: true, labels, guess: `the first row (${shown(top)}) is read as labels` };
  const side = body.map((row) => row[0]);
  if (!labels && width === body.length + 1 && body.length > 1 && isNumbering(side))
    return { header, labels: true, guess: `the first column (${shown(side)}) is read as labels` };
  return { header, labels };
}
