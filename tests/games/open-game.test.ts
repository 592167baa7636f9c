import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { temporaryFolder } from './files.ts';
import { thrown } from './thrown.ts';

const { folder, write } = temporaryFolder();
const rps = '{"schema": "nashlab-game/1", "kind": "preference", "matrix": [[0.5, 1, 0], [0, 0.5, 1], [1, 0, 0.5]]}';

describe('openGame', () => {
  test('opens a native JSON file under its file name, or the name it states', async () => {
    expect((await openGame(write('circle.json', rps))).name).toBe('circle.json');
    expect((await openGame(write('named.json', rps.replace('{', '{"name": "circle", ')))).name).toBe('circle');
  });

  test('tells the formats of standard input apart', async () => {
    expect((await openGame('-', { stdin: rps })).actions).toEqual([3]);
    expect((await openGame('-', { stdin: '1,2,3\n4,5,6' })).kind).toBe('zero-sum');
    expect((await openGame('-', { stdin: 'a\tb\n0.5\t0.2\n0.8\t0.5' })).labels).toEqual([['a', 'b']]);
  });

  test('reads a file without a telling extension by its content', async () => {
    expect((await openGame(write('game.txt', rps))).kind).toBe('preference');
    expect((await openGame(write('matrix', '1,2\n'))).kind).toBe('zero-sum');
  });

  test('opens a catalogue game, also where a value holds a slash or a point', async () => {
    expect((await openGame('movies:genre=Thriller/Suspense,items=3')).actions).toEqual([3]);
    expect((await openGame('transitive-cyclic:5,0.5')).actions).toEqual([5]);
  });

  test.each(['rps/../x', './rps', 'games\\rps', 'missing.csv', 'missing.json', '', ' '])(
    '%j is no file and no game',
    async (source) => {
      const error = await thrown(() => openGame(source));
      expect(error.code).toBe('bad-file');
      expect(error.message).toMatch(/no file/);
    },
  );

  test.each([
    ['rps:3/4', 'bad-parameter'],
    ['random:../x', 'bad-parameter'],
    ['rsp', 'unknown-name'],
    ['constructor', 'unknown-name'],
  ])('%s is refused: %s', async (source, code) => {
    expect((await thrown(() => openGame(source))).code).toBe(code);
  });

  test.each([
    ['-', { stdin: '' }, 'bad-file'],
    ['-', {}, 'bad-option'],
  ])('%s with %j is refused: %s', async (source, options, code) => {
    expect((await thrown(() => openGame(source, options))).code).toBe(code);
  });

  test('a folder is not a file, and an empty file is not a game', async () => {
    mkdirSync(join(folder, 'sub.csv'));
    expect((await thrown(() => openGame(join(folder, 'sub.csv')))).message).toMatch(/no file/);
    expect((await thrown(() => openGame(write('empty.json', '')))).message).toMatch(/empty file, at .*empty\.json/);
    expect((await thrown(() => openGame(write('empty.csv', '')))).message).toMatch(/empty file, at .*empty\.csv/);
    for (const ending of ['nfg', 'gam', 'soc'])
      expect((await thrown(() => openGame(write(`empty.${ending}`, '')))).message).toContain(`empty.${ending}`);
  });

  test.each([
    ['latin.csv', 'a,b\n0.5,0.6\n0.4,0.5\n\xe9', 4],
    ['latin.tsv', 'a\t\xfc\n0.5\t0.6\n0.4\t0.5', 1],
    ['votes.csv', 'model_a,model_b,winner\nx,\xe9,a\n', 2],
    ['latin.json', '{"kind": "preference",\n"name": "\xe9", "matrix": [[0.5]]}', 2],
    ['latin.jsonl', '{"model_a":"\xe9","model_b":"y","winner":"a"}', 1],
  ])('%s with a byte that is not UTF-8 is refused with its line', async (name, text, line) => {
    const path = join(folder, name);
    writeFileSync(path, text, 'latin1');
    const error = await thrown(() => openGame(path));
    expect([error.code, error.parts.where]).toEqual(['bad-file', `${path}:${line}`]);
    expect(error.message).toMatch(/not UTF-8.*expected UTF-8/);
  });

  test('a CSV matrix with semicolons or tabs is refused for its separator, one with labels that hold them is not', async () => {
    const refused = (text: string) => thrown(() => openGame(write('separated.csv', text)));
    const semicolons = await refused('\n0.5;0.6\n0.4;0.5\n');
    expect([semicolons.code, semicolons.message]).toEqual([
      'bad-file',
      expect.stringMatching(/looks separated by ;, at .*separated\.csv:2; expected cells separated by commas/),
    ]);
    expect((await refused('\uFEFFa\tb\n0.5\t0.6\n0.4\t0.5')).message).toMatch(/separated by tabs.*\.csv:1.*\.tsv/);
    expect((await openGame(write('held.csv', 'a;1,b;2\n0.5,0.6\n0.4,0.5'))).labels).toEqual([['a;1', 'b;2']]);
    expect((await openGame(write('quoted.csv', '"a;1"\n0.5'))).labels).toEqual([['a;1']]);
  });

  test('numbers that a CSV matrix has for labels are reported', async () => {
    const reported: string[] = [];
    const path = write('numbered.csv', '0,1\n0.5,0.7\n0.3,0.5\n');
    const game = await openGame(path, { report: (line) => reported.push(line) });
    expect([game.kind, reported]).toEqual(['preference', [`${path}: the first row (0, 1) is read as labels`]]);
  });

  test('errors carry the file and the line', async () => {
    expect((await thrown(() => openGame(write('bad.json', '{\n"kind": }')))).parts.where).toMatch(/bad\.json:2:9$/);
    expect((await thrown(() => openGame(write('bad.csv', '0.5,1\n1,0.5')))).parts.where).toMatch(
      /bad\.csv:1 \(matrix\[0\]\[1\]/,
    );
  });
});
