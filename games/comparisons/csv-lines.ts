import { type CsvError, parse } from 'csv-parse/sync';

export interface CsvFault {
  readonly line: number;
  readonly what: string;
}

interface NumberedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function records(text: string, delimiter: string, to?: number): NumberedRecord[] {
  const options = { bom: true, delimiter, skip_empty_lines: true, info: true, relax_column_count: to === 1 };
  return parse(text, to === undefined ? options : { ...options, to }) as unknown as NumberedRecord[];
}

/** The header cells, or undefined when there is no line or its quotes are broken. */
export function csvHeader(text: string, delimiter: string): string[] | undefined {
  try {
    return records(text, delimiter, 1)[0]?.record;
  } catch {
    return undefined;
  }
}

/** The line on which data row `row` (from 1, header not counted) ends. */
export function csvLineOfRow(text: string, delimiter: string, row: number): number {
  return records(text, delimiter, row + 1)[row]?.info.lines ?? row + 1;
}

/** The first ragged row or broken quote of a CSV text. */
export function csvFault(text: string, delimiter: string): CsvFault | undefined {
  try {
    records(text, delimiter);
    return undefined;
  } catch (error) {
    const { code, lines, message } = error as CsvError & { lines: number };
    const ragged = code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH';
    return { line: lines, what: ragged ? 'a row with another number of cells than the header' : message };
  }
}
