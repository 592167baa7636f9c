import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { rowsOf } from '../../games/rows.ts';
import { temporaryFolder } from './files.ts';
import { thrown } from './thrown.ts';

const { folder, write } = temporaryFolder();
const votes = [
  ['x', 'y', 'a'],
  ['y', 'x', 'a'],
  ['x', 'y', 'model_a'],
  ['z', 'x', 'tie'],
  ['x', 'z', 'both_bad'],
  ['z', 'y', 'b'],
  ['y', 'z', 'model_b'],
  ['y', 'z', 'model_b'],
];
const expected = [
  [0.5, 2 / 3, 0.5],
  [1 / 3, 0.5, 1 / 3],
  [0.5, 2 / 3, 0.5],
];
const csv = `model_a,model_b,winner\n${votes.map((row) => row.join(',')).join('\n')}\n`;

async function lines(source: string, options = {}): Promise<string> {
  const reported: string[] = [];
  await openGame(source, { ...options, report: (line) => reported.push(line) });
  return reported.join('\n');
}

describe('comparisons', () => {
  test('as CSV, TSV, JSONL, Parquet and standard input are the same game: wins plus half of the ties', async () => {
    const objects = votes.map(([model_a, model_b, winner]) => JSON.stringify({ winner, model_b, extra: [1], model_a }));
    const plain = write('votes.csv', csv);
    const parquet = join(folder, 'votes.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (FROM read_csv('${plain}')) TO '${parquet}'`);
    connection.closeSync();
    for (const source of [
      plain,
      write('votes.tsv', csv.replaceAll(',', '\t')),
      write('votes.jsonl', objects.join('\n')),
      write('votes.ndjson', `${objects.join('\n\n')}\n`),
      parquet,
    ]) {
      const game = await openGame(source);
      expect(game.labels).toEqual([['x', 'y', 'z']]);
      expect(rowsOf(game.matrices[0])).toEqual(expected);
      expect(game.entries?.[0][0]).toEqual(['1/2', '2/3', '1/2']);
    }
    for (const stdin of [csv, objects.join('\n')])
      expect(rowsOf((await openGame('-', { stdin })).matrices[0])).toEqual(expected);
  });

  test('from standard input leave no file behind, not even after an error', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'temporary');
    mkdirSync(process.env.TMPDIR);
    await openGame('-', { stdin: csv });
    await thrown(() => openGame('-', { stdin: `${csv}x,y,?` }));
    expect(readdirSync(process.env.TMPDIR)).toEqual([]);
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });

  test('with left, right, winner say left, right and tie', async () => {
    const game = await openGame(write('sides.csv', 'winner,right,left\nleft,b,a\nright,b,a\nleft,b,a\ntie,a,b\n'));
    expect(game.entries).toEqual([
      [
        ['1/2', '5/8'],
        ['3/8', '1/2'],
      ],
    ]);
  });

  test('count by their weight', async () => {
    for (const [name, text] of [
      ['count', 'model_a,model_b,winner,count\nx,y,a,3\nx,y,b,1\n'],
      ['weight', 'model_a,model_b,winner,weight\nx,y,a,0.3\nx,y,b,0.1\n'],
    ])
      expect((await openGame(write(`${name}.csv`, text))).matrices[0].values[1]).toBeCloseTo(0.75, 15);
    const lines =
      '{"model_a":"x","model_b":"y","winner":"a","weight":3}\n{"model_a":"x","model_b":"y","winner":"b","weight":1}';
    expect((await openGame(write('weight.jsonl', lines))).matrices[0].values[1]).toBe(0.75);
  });

  test('report rows, ties, drops, duplicates, unseen pairs and what is pooled', async () => {
    const text = 'model_a,model_b,winner,judge\nx,y,a,p\nx,y,a,p\nx,y,tie,q\nx,z,?,q\nx,w,a,q\n';
    const report = await lines(write('report.csv', text), { onUnknown: 'drop', missing: 'half' });
    expect(report).toMatch(/5 comparisons of 4 items, 2 × judge/);
    expect(report).toMatch(/1 ties, 0 unknown winners taken as ties, 1 dropped, 1 duplicate rows/);
    expect(report).toMatch(/4 of 6 pairs never compared \(P = ½\): w – y, w – z, x – z, …/);
    expect(await lines(write('report.csv', text), { onUnknown: 'tie', missing: 'half' })).toMatch(
      /1 unknown winners taken as ties, 0 dropped/,
    );
  });

  test('with an unknown winner are an error, a drop or a tie, as asked', async () => {
    const path = write('unknown.csv', 'model_a,model_b,winner\nx,y,a\n\nx,y,draw\n');
    const error = await thrown(() => openGame(path));
    expect(error.code).toBe('bad-comparisons');
    expect(error.message).toMatch(
      /unknown winner "draw", at .*unknown\.csv:4; expected one of model_a, model_b, a, b, tie, both_bad/,
    );
    expect((await openGame(path, { onUnknown: 'drop' })).entries?.[0][0][1]).toBe('1');
    expect((await openGame(path, { onUnknown: 'tie' })).entries?.[0][0][1]).toBe('3/4');
  });

  test('with pairs never compared need a rule: ½, or the Bradley–Terry model of the others', async () => {
    // x and y are 3 : 1, y and z are 3 : 1, so the model gives x and z 9 : 1.
    const path = write('unseen.csv', 'model_a,model_b,winner,count\nx,y,a,3\nx,y,b,1\ny,z,a,3\ny,z,b,1\n');
    const error = await thrown(() => openGame(path));
    expect(error.code).toBe('bad-comparisons');
    expect(error.message).toMatch(/1 of 3 pairs were never compared: x – z, at .*--missing half .*--missing model/);
    expect((await openGame(path, { missing: 'half' })).matrices[0].values[2]).toBe(0.5);
    expect((await openGame(path, { missing: 'model' })).matrices[0].values[2]).toBeCloseTo(0.9, 14);
  });

  test('have no model rule where the fit is infinite', async () => {
    const path = write('infinite.csv', 'model_a,model_b,winner\nx,y,a\ny,z,a\n');
    const error = await thrown(() => openGame(path, { missing: 'model' }));
    expect(error.message).toMatch(/no finite Bradley–Terry fit.*--missing half/);
  });

  test('are sorted by code point, not by locale', async () => {
    const game = await openGame(write('sorted.csv', 'model_a,model_b,winner\nb,B,a\na,é,a\nZ,b,a\n'), {
      missing: 'half',
    });
    expect(game.labels[0]).toEqual(['B', 'Z', 'a', 'b', 'é']);
  });

  test('are read from this file alone, whatever its name holds', async () => {
    write(`it's 1z.csv`, 'model_a,model_b,winner\nwrong,file,a\n');
    for (const name of [`it's [1]*.csv`, 'a?b.csv', '"quoted".csv', 'ünï.csv'])
      expect((await openGame(write(name, csv))).labels[0]).toEqual(['x', 'y', 'z']);
  });

  test.each([
    ['empty.csv', '', 'bad-file', /empty file/],
    ['empty.jsonl', '', 'bad-file', /empty file/],
    ['empty.parquet', '', 'bad-file', /empty file/],
    ['broken.parquet', 'PAR1 no', 'bad-file', /broken\.parquet/],
    ['header.csv', 'model_a,model_b,winner\n', 'bad-comparisons', /without comparisons/],
    ['missing.csv', 'model_a,winner\nx,a\n', 'bad-comparisons', /no column "model_b"/],
    ['missing.jsonl', '{"model_a":"x","winner":"a"}', 'bad-comparisons', /no column "model_b"/],
    ['ragged.csv', 'model_a,model_b,winner\nx,y,a\n\nx,y\n', 'bad-file', /ragged\.csv:4/],
    ['broken.jsonl', '{"model_a":"x","model_b":"y","winner":"a"}\n{"model_a":\n', 'bad-file', /broken\.jsonl:2/],
    ['self.csv', 'model_a,model_b,winner\nx,y,a\nx,x,a\n', 'bad-comparisons', /"x".*self\.csv:3/],
    ['nameless.csv', 'model_a,model_b,winner\n,y,a\n', 'bad-comparisons', /nameless\.csv:2/],
    ['negative.csv', 'model_a,model_b,winner,weight\nx,y,a,-1\n', 'bad-comparisons', /"-1".*negative\.csv:2/],
    ['nan.csv', 'model_a,model_b,winner,weight\nx,y,a,1\nx,y,a,NaN\n', 'bad-comparisons', /"NaN".*nan\.csv:3/],
    ['infinite.csv', 'model_a,model_b,winner,count\nx,y,a,inf\n', 'bad-comparisons', /"inf".*infinite\.csv:2/],
    ['weightless.csv', 'model_a,model_b,winner,count\nx,y,a,\n', 'bad-comparisons', /weightless\.csv:2/],
    ['twice.csv', 'model_a,model_b,winner,count,weight\nx,y,a,1,1\n', 'bad-comparisons', /weight and count/],
    ['lines.csv', 'model_a,model_b,winner\n"x\n1",y,a\nx,y,c\n', 'bad-comparisons', /"c", at .*lines\.csv:4/],
    [
      'lines.jsonl',
      '{"left":"x","right":"y","winner":"left"}\n\n{"left":"x","right":"y","winner":"a"}',
      'bad-comparisons',
      /"a", at .*lines\.jsonl:3; expected one of left, right, tie/,
    ],
    [
      'null.jsonl',
      '{"left":"x","right":"y","winner":"left"}\n{"left":"x","right":"y","winner":null}',
      'bad-comparisons',
      /"", at .*null\.jsonl:2/,
    ],
  ])('%s is refused with the place of the fault', async (name, text, code, message) => {
    const error = await thrown(() => openGame(write(name, text)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(name);
  });
});
