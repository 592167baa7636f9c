import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { literal, openDatabase } from '../../games/comparisons/duckdb.ts';
import { writeTrace } from '../../src/cli/trace.ts';
import { command, workplace } from './command.ts';

const place = workplace();

async function query(sql: string): Promise<unknown[][]> {
  const database = await openDatabase();
  try {
    return await database.query(sql);
  } finally {
    database.close();
  }
}

async function parquet(name: string): Promise<{ names: unknown[]; types: unknown[]; rows: unknown[][] }> {
  const source = `read_parquet(${literal(join(place.folder, name))})`;
  const columns = await query(`DESCRIBE SELECT * FROM ${source}`);
  const rows = await query(`SELECT * FROM ${source}`);
  return { names: columns.map(([column]) => column), types: columns.map(([, type]) => type), rows };
}

/** Cells of a CSV line; names of metrics may hold a comma in quotes. */
function cells(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

describe('--trace', () => {
  it('writes the same columns and the same doubles as CSV and as Parquet', async () => {
    const solve = ['solve', 'rps', '--solver', 'hedge', '--start', 'random', '--steps', '40'];
    for (const name of ['trace.csv', 'trace.parquet']) {
      expect((await command(place, ...solve, '--trace', name)).code).toBe(1);
    }
    const [head, ...lines] = place.read('trace.csv').trimEnd().split('\n');
    const { names, types, rows } = await parquet('trace.parquet');
    expect(names).toEqual(cells(head));
    expect(names.slice(0, 3)).toEqual(['step', 'oracleCalls', 'last/duality-gap']);
    expect(names).toContain('average/duality-gap');
    expect(names).toContain('bound');
    expect(types).toEqual(names.map((_, k) => (k < 2 ? 'BIGINT' : 'DOUBLE')));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toEqual(lines.map((line) => cells(line).map(Number)));
    expect(rows[rows.length - 1].slice(0, 2)).toEqual([40, 40]);
  });

  it('holds the numbers of the answer in its last row', async () => {
    const args = ['solve', 'rps', '--start', 'random', '--steps', '7', '--tolerance', '0', '--json'];
    const { stdout } = await command(place, ...args, '--trace', 'last.csv');
    const { metrics, steps } = JSON.parse(stdout) as { metrics: Record<string, number>; steps: number };
    const [head, ...lines] = place.read('last.csv').trimEnd().split('\n');
    const row = Object.fromEntries(cells(lines[lines.length - 1]).map((cell, k) => [cells(head)[k], Number(cell)]));
    expect(row.step).toBe(steps);
    for (const name of ['regularized-gap', 'duality-gap', 'kl-to-equilibrium'])
      expect(row[`last/${name}`]).toBe(metrics[name]);
  });

  it('keeps what is not a finite number, in both formats', async () => {
    const columns = { odd: [Infinity, -Infinity, Number.NaN, 0.1 + 0.2, 5e-324], 'a "quoted", name': [1, 2, 3, 4, 5] };
    const history = { step: [0, 1, 2, 3, 4], oracleCalls: [0, 1, 2, 3, 4], columns };
    for (const name of ['odd.csv', 'odd.parquet']) await writeTrace(join(place.folder, name), history);
    const { names, rows } = await parquet('odd.parquet');
    expect(names[3]).toBe('a "quoted", name');
    expect(rows.map((row) => row[2])).toEqual(columns.odd);
    const csv = place.read('odd.csv').trimEnd().split('\n');
    expect(csv[0]).toBe('step,oracleCalls,odd,"a ""quoted"", name"');
    expect(csv.slice(1).map((line) => Number(line.split(',')[2]))).toEqual(columns.odd);
  });

  it('writes nothing when the input is bad', async () => {
    expect((await command(place, 'solve', 'rsp', '--trace', 'never.csv')).code).toBe(2);
    expect((await command(place, 'solve', 'rps', '--step-size', '0', '--trace', 'never.csv')).code).toBe(2);
    expect(existsSync(join(place.folder, 'never.csv'))).toBe(false);
  });
});
