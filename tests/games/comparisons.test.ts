import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { rowsOf } from '../../games/rows.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { withMatrix } from '../with-matrix.ts';
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

async function openMatrix(...given: Parameters<typeof openGame>): Promise<MatrixGame> {
  return withMatrix(await openGame(...given));
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
      const game = await openMatrix(source);
      expect(game.labels).toEqual([['x', 'y', 'z']]);
      expect(rowsOf(game.matrices[0])).toEqual(expected);
      expect(game.entries?.[0][0]).toEqual(['1/2', '2/3', '1/2']);
    }
    for (const stdin of [csv, objects.join('\n')])
      expect(rowsOf((await openMatrix('-', { stdin })).matrices[0])).toEqual(expected);
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
    const game = await openMatrix(write('sides.csv', 'winner,right,left\nleft,b,a\nright,b,a\nleft,b,a\ntie,a,b\n'));
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
      expect((await openMatrix(write(`${name}.csv`, text))).matrices[0].values[1]).toBeCloseTo(0.75, 15);
    const lines =
      '{"model_a":"x","model_b":"y","winner":"a","weight":3}\n{"model_a":"x","model_b":"y","winner":"b","weight":1}';
    expect((await openMatrix(write('weight.jsonl', lines))).matrices[0].values[1]).toBe(0.75);
  });

  test('report rows, ties, drops, duplicates, unseen pairs and what is pooled', async () => {
    const text = 'model_a,model_b,winner,judge\nx,y,a,p\nx,y,a,p\nx,y,tie,q\nx,z,?,q\nx,w,a,q\n';
    const report = await lines(write('report.csv', text), { onUnknown: 'drop', missing: 'half' });
    expect(report).toMatch(/5 rows, 4 comparisons of 4 items, 2 × judge/);
    expect(report).toMatch(/1 tie, 0 unknown winners taken as ties, 1 dropped, 1 duplicate row \(/);
    expect(report).toMatch(/4 of 6 pairs never compared \(P = ½\): w – y, w – z, x – z, …/);
    expect(await lines(write('report.csv', text), { onUnknown: 'tie', missing: 'half' })).toMatch(
      /1 unknown winner taken as a tie, 0 dropped/,
    );
  });

  test('describe what was used: not what was dropped or weighs nothing, and each row as often as its count', async () => {
    const head = 'model_a,model_b,winner';
    const dropped = write('dropped.csv', `${head}\nx,y,a\nx,y,?\nx,y,b\n`);
    expect((await openMatrix(dropped, { onUnknown: 'drop' })).description).toMatch(/share of 2 comparisons in/);
    expect((await openMatrix(dropped, { onUnknown: 'tie' })).description).toMatch(/share of 3 comparisons in/);
    const counts = write('counts.csv', `${head},count\nx,y,a,4\nx,y,b,2\nx,y,tie,0\n`);
    expect((await openMatrix(counts)).description).toMatch(/share of 6 comparisons in/);
    const weights = write('weights.csv', `${head},weight\nx,y,a,4\nx,y,b,2\nx,y,tie,0\n`);
    expect((await openMatrix(weights)).description).toMatch(/share of 2 comparisons in .* as their column weight says/);
  });

  test.each(['half', 'model', 'error'] as const)(
    'of which none is left are refused, with --missing %s too',
    async (missing) => {
      const dropped = write('all-dropped.csv', 'model_a,model_b,winner\nx,y,?\nx,y,??\n');
      const error = await thrown(() => openGame(dropped, { onUnknown: 'drop', missing }));
      expect([error.code, error.message]).toEqual([
        'bad-comparisons',
        expect.stringMatching(/no comparison is left: of 2 rows, 2 dropped and 0 of weight 0, at .*all-dropped\.csv/),
      ]);
      const weightless = write('no-weight.csv', 'model_a,model_b,winner,count\nx,y,a,0\n');
      expect((await thrown(() => openGame(weightless, { missing }))).message).toMatch(/of 1 row, 0 dropped and 1 of/);
    },
  );

  test('say one pair, one comparison and one row in the singular', async () => {
    const one = write('one.csv', 'model_a,model_b,winner\nx,y,a\n');
    expect((await openMatrix(one)).description).toMatch(/share of 1 comparison in/);
    expect(await lines(one)).toMatch(/1 row, 1 comparison of 2 items\n.*\n.*: 0 of 1 pair never compared/);
    const two = write('two.csv', 'model_a,model_b,winner\nx,y,a\ny,z,a\n');
    expect((await openMatrix(two, { missing: 'half' })).description).toMatch(/ 1 pair was never compared: P = ½\./);
  });

  test('are told and warned about where the median pair has fewer than five comparisons', async () => {
    const votes = (pair: string, times: number) => `${pair},a\n`.repeat(times);
    const text = (...times: number[]) =>
      `model_a,model_b,winner\n${['x,y', 'z,x', 'y,z'].map((pair, k) => votes(pair, times[k])).join('')}`;
    const few = write('few.csv', text(9, 4, 2));
    expect(await lines(few)).toContain('per compared pair: comparisons: median 4, smallest 2');
    expect((await openMatrix(few)).description).toContain(' Few comparisons per pair (median 4): cycles may be noise.');
    const enough = write('enough.csv', text(9, 5, 2));
    expect(await lines(enough)).toContain('comparisons: median 5, smallest 2');
    expect((await openMatrix(enough)).description).not.toContain('noise');
    const even = write('even.csv', text(3, 6, 0));
    expect(await lines(even, { missing: 'half' })).toContain('comparisons: median 4.5, smallest 3');
  });

  test('are warned about where the median pair has fewer than five prompts, of those used', async () => {
    const rows = (prompts: number) => Array.from({ length: 12 }, (_, k) => `${k % prompts},x,y,a\n`).join('');
    const file = (name: string, prompts: number) =>
      write(name, `prompt_id,model_a,model_b,winner\n${rows(prompts)}dropped,x,y,?\n`);
    const options = { onUnknown: 'drop' } as const;
    expect((await openMatrix(file('prompts.csv', 4), options)).description).toContain(
      'Few prompts per pair (median 4): cycles may be noise.',
    );
    expect((await openMatrix(file('many-prompts.csv', 5), options)).description).not.toContain('noise');
    const same = write('same-prompt.csv', `prompt_id,model_a,model_b,winner\n${rows(1)}`);
    expect((await openMatrix(same)).description).not.toContain('noise');
  });

  test.each([
    ['semicolons.csv', ';', /looks separated by ;, at .*semicolons\.csv:1; expected cells separated by commas/],
    ['tabs.csv', '\t', /looks separated by tabs, at .*tabs\.csv:1; .*\.tsv/],
  ])('in %s are refused for their separator', async (name, separator, message) => {
    const error = await thrown(() => openGame(write(name, csv.replaceAll(',', separator))));
    expect([error.code, error.message]).toEqual(['bad-file', expect.stringMatching(message)]);
  });

  test('with an unknown winner are an error, a drop or a tie, as asked', async () => {
    const path = write('unknown.csv', 'model_a,model_b,winner\nx,y,a\n\nx,y,draw\n');
    const error = await thrown(() => openGame(path));
    expect(error.code).toBe('bad-comparisons');
    expect(error.message).toMatch(
      /unknown winner "draw", at .*unknown\.csv:4; expected one of model_a, model_b, a, b, tie, both_bad/,
    );
    expect((await openMatrix(path, { onUnknown: 'drop' })).entries?.[0][0][1]).toBe('1');
    expect((await openMatrix(path, { onUnknown: 'tie' })).entries?.[0][0][1]).toBe('3/4');
  });

  test('with pairs never compared need a rule: ½, or the Bradley–Terry model of the others', async () => {
    // x and y are 3 : 1, y and z are 3 : 1, so the model gives x and z 9 : 1.
    const path = write('unseen.csv', 'model_a,model_b,winner,count\nx,y,a,3\nx,y,b,1\ny,z,a,3\ny,z,b,1\n');
    const error = await thrown(() => openGame(path));
    expect(error.code).toBe('bad-comparisons');
    expect(error.message).toMatch(/1 of 3 pairs was never compared: x – z, at .*--missing half .*--missing model/);
    expect((await openMatrix(path, { missing: 'half' })).matrices[0].values[2]).toBe(0.5);
    expect((await openMatrix(path, { missing: 'model' })).matrices[0].values[2]).toBeCloseTo(0.9, 14);
  });

  test('have no model rule where the fit is infinite', async () => {
    const path = write('infinite.csv', 'model_a,model_b,winner\nx,y,a\ny,z,a\n');
    const error = await thrown(() => openGame(path, { missing: 'model' }));
    expect(error.message).toMatch(/no finite Bradley–Terry fit.*--missing half/);
  });

  test('are sorted by code point, not by locale', async () => {
    const game = await openMatrix(write('sorted.csv', 'model_a,model_b,winner\nb,B,a\na,é,a\nZ,b,a\n'), {
      missing: 'half',
    });
    expect(game.labels[0]).toEqual(['B', 'Z', 'a', 'b', 'é']);
  });

  test('are read from this file alone, whatever its name holds', async () => {
    write(`it's 1z.csv`, 'model_a,model_b,winner\nwrong,file,a\n');
    for (const name of [`it's [1]*.csv`, 'a?b.csv', '"quoted".csv', 'ünï.csv'])
      expect((await openMatrix(write(name, csv))).labels[0]).toEqual(['x', 'y', 'z']);
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
