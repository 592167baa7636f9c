import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { readJsonGame } from '../../games/read-json.ts';
import { rowsOf } from '../../games/rows.ts';
import { gameDocument } from '../../games/write-json.ts';
import { stream } from '../../src/random/streams.ts';
import { type GroupedGame, requireGroups } from '../../src/solve/game.ts';
import { temporaryFolder } from './files.ts';
import { thrown } from './thrown.ts';

const { write } = temporaryFolder();

async function open(...given: Parameters<typeof openGame>): Promise<GroupedGame> {
  return requireGroups(await openGame(...given), 'this test');
}

const tables = (game: GroupedGame) => game.groups.map(({ matrix }) => rowsOf(matrix));

const judged = `judge,model_a,model_b,winner,count
ann,x,y,a,3
ann,x,y,b,1
ann,y,z,a,2
ann,x,z,tie,2
bob,y,x,a,4
bob,z,y,a,1
,x,y,a,5
`;

describe('comparisons with their judges kept apart', () => {
  test('are a game of groups: each with its own table, shares by comparisons, the rest from all of them', async () => {
    const lines: string[] = [];
    const game = await open(write('judged.csv', judged), { groups: 'judge', report: (line) => lines.push(line) });
    expect(game.name).toBe('judged.csv by judge');
    expect(game.groups.map(({ name, weight }) => [name, weight])).toEqual([
      ['ann', 8 / 13],
      ['bob', 5 / 13],
    ]);
    expect(tables(game)).toEqual([
      [
        [1 / 2, 3 / 4, 1 / 2],
        [1 / 4, 1 / 2, 1],
        [1 / 2, 0, 1 / 2],
      ],
      // Bob has not compared x and z: all who did were undecided.
      [
        [1 / 2, 0, 1 / 2],
        [1, 1 / 2, 0],
        [1 / 2, 1, 1 / 2],
      ],
    ]);
    expect(lines.join('\n')).toMatch(/2 groups by judge: ann 61.5 %, bob 38.5 %/);
    expect(lines.join('\n')).toMatch(/5 comparisons without judge left out of the groups/);
    expect(lines.join('\n')).toMatch(/1 pair that a group has not compared: the preference of all comparisons/);
    expect(game.description).toMatch(/of one judge that a wins against b, .*has not compared has the preference/);
  });

  test('round-trip through the native document bit for bit', async () => {
    const game = await open(write('judged.csv', judged), { groups: 'judge' });
    const again = readJsonGame(JSON.stringify(gameDocument(game)), 'game.json', 'game.json') as unknown as GroupedGame;
    expect(again.groups).toEqual(game.groups);
    expect(again.matrices).toEqual(game.matrices);
  });

  test('keep the rule for pairs nobody compared, and work by any column, in JSON lines too', async () => {
    const rows = [
      { camp: 'left', model_a: 'x', model_b: 'y', winner: 'a' },
      { camp: 'right', model_a: 'y', model_b: 'z', winner: 'b' },
    ];
    const file = write('camps.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect((await thrown(() => openGame(file, { groups: 'camp' }))).message).toMatch(/1 of 3 pairs was never compared/);
    const game = await open(file, { groups: 'Camp', missing: 'half' });
    expect(game.groups.map(({ name }) => name)).toEqual(['left', 'right']);
    expect(tables(game)[0]).toEqual([
      [1 / 2, 1, 1 / 2],
      [0, 1 / 2, 0],
      [1 / 2, 1, 1 / 2],
    ]);
  });

  test('are learned by EM from who said what: planted camps are found again', async () => {
    const { uniform, integer } = stream('test', 'camps');
    const strengths = [
      [2, 0, -2],
      [-2, 0, 2],
    ];
    const lines = ['annotator,model_a,model_b,winner'];
    for (let who = 0; who < 30; who++)
      for (let k = 0; k < 40; k++) {
        const [a, b] = [
          [0, 1],
          [0, 2],
          [1, 2],
        ][integer(3)];
        const r = strengths[who < 20 ? 0 : 1];
        lines.push(`p${who},m${a},m${b},${uniform() < 1 / (1 + Math.exp(r[b] - r[a])) ? 'a' : 'b'}`);
      }
    const reported: string[] = [];
    const file = write('camps.csv', lines.join('\n'));
    const game = await open(file, { groups: 2, report: (line) => reported.push(line) });
    expect(game.name).toBe('camps.csv in 2 groups');
    expect(game.groups.map(({ weight }) => Math.round(30 * weight))).toEqual([20, 10]);
    tables(game).forEach((table, g) => {
      expect(table[0][2]).toBeCloseTo(1 / (1 + Math.exp(strengths[g][2] - strengths[g][0])), 1);
    });
    expect(reported.at(-1)).toMatch(/2 groups learned from 30 annotators by EM: group 1 66.7 %, group 2 33.3 %/);
    expect(await open(file, { groups: '2' })).toMatchObject({ groups: game.groups });
  });

  test('refuse a column that is not there, more groups than judges, and games that name no judge', async () => {
    const file = write('judged.csv', judged);
    const unknown = await thrown(() => openGame(file, { groups: 'age' }));
    expect(unknown.code).toBe('bad-option');
    expect(unknown.message).toMatch(
      /groups by "age", which is no column, at .*judged.csv; expected a column of the file \(judge, /,
    );
    expect((await thrown(() => openGame(file, { groups: 5 }))).message).toMatch(/5 groups of 2 annotators/);
    const silent = write('silent.csv', 'model_a,model_b,winner\nx,y,a\n');
    expect((await thrown(() => openGame(silent, { groups: 2 }))).message).toMatch(/without a column that says who/);
    for (const source of ['rps', write('m.csv', '0.5,1\n0,0.5\n')])
      expect((await thrown(() => openGame(source, { groups: 'judge' }))).message).toMatch(/groups judge of/);
    const nobody = write('nobody.csv', 'judge,model_a,model_b,winner\n,x,y,a\n');
    expect((await thrown(() => openGame(nobody, { groups: 'judge' }))).message).toMatch(/no comparison with a judge/);
  });
});

const ratings = `annotator,item,rating
1,x,5
1,y,3
1,z,3
2,x,2
2,y,4.5
3,z,1
`;

describe('ratings', () => {
  test('are the comparisons they imply: the higher rating wins, equal ones tie', async () => {
    const lines: string[] = [];
    const game = await openGame(write('ratings.csv', ratings), { report: (line) => lines.push(line) });
    expect(rowsOf((game as GroupedGame).matrices[0])).toEqual([
      [1 / 2, 1 / 2, 1],
      [1 / 2, 1 / 2, 1 / 2],
      [0, 1 / 2, 1 / 2],
    ]);
    expect(lines.join('\n')).toMatch(/4 rows, 4 comparisons of 3 items, 2 × annotator/);
    expect(lines.join('\n')).toMatch(/1 tie, .*0 duplicate rows/);
  });

  test('are grouped by annotator, or by what a table knows of the annotators', async () => {
    const file = write('ratings.csv', ratings);
    const own = await open(file, { groups: 'annotator' });
    expect(own.groups.map(({ name, weight }) => [name, weight])).toEqual([
      ['1', 3 / 4],
      ['2', 1 / 4],
    ]);
    const people = write('people.csv', 'annotator,age\n2,old\n1,young\n7,old\n');
    const byAge = await open(file, { groups: 'age', annotators: people });
    expect(byAge.groups.map(({ name }) => name)).toEqual(['old', 'young']);
    expect(byAge.groups[0].matrix).toEqual(own.groups[1].matrix);
  });

  test.each([
    ['no number', '2,y,high', /a rating that is no finite number \(annotator "2", item "y", rating "high"\), at .*:6/],
    ['no name', ',y,3', /a rating without its annotator or item .*, at .*:6/],
    ['a second one', '1,x,3', /a second rating of the same item by the same annotator \(annotator "1", item "x".*:6/],
  ])('with %s are refused with their line', async (name, line, message) => {
    const broken = ratings.replace('2,y,4.5', line);
    expect((await thrown(() => openGame(write(`${name}.csv`, broken)))).message).toMatch(message);
  });

  test('and a table of annotators that cannot be joined is refused', async () => {
    const file = write('ratings.csv', ratings);
    const twice = write('twice.csv', 'annotator,age\n1,old\n1,young\n');
    const refused = async (options: object): Promise<string> => (await thrown(() => openGame(file, options))).message;
    expect(await refused({ groups: 'age', annotators: twice })).toMatch(/annotator "1" stands twice/);
    expect(await refused({ groups: 'income', annotators: twice })).toMatch(/no column "income".*annotator, age/);
    expect(await refused({ annotators: twice })).toMatch(/a table of annotators, .*, without a column of it/);
    const judges = write('judges.csv', 'judge,model_a,model_b,winner\nann,x,y,a\n');
    const other = await thrown(() => openGame(judges, { groups: 'age', annotators: twice }));
    expect(other.message).toMatch(/comparisons without a column "annotator"/);
  });
});

const folder = fileURLToPath(new URL('../../../shared/data/comparisons/', import.meta.url));

/** Figures of `SOURCES.md` beside the data, and of the judges. */
describe.skipIf(!existsSync(folder))('real judges', () => {
  test('vicuna80_judges.csv: gpt-4 over claude by +.625 as humans judge, by −.05 as vicuna-13b does', async () => {
    const game = await open(`${folder}vicuna80_judges.csv`, { groups: 'judge', missing: 'half' });
    const [gpt4, claude] = ['gpt-4', 'claude'].map((name) => game.labels[0].indexOf(name));
    const margin = (judge: string): number => {
      const group = game.groups.find(({ name }) => name === judge);
      return 2 * rowsOf((group as (typeof game.groups)[number]).matrix)[gpt4][claude] - 1;
    };
    expect(margin('human')).toBeCloseTo(0.625, 3);
    expect(margin('vicuna-13b')).toBeCloseTo(-0.05, 3);
  });

  test('cuisine_ratings.csv implies 268,733 comparisons, and Italy beats every other cuisine', async () => {
    const lines: string[] = [];
    const game = await open(`${folder}cuisine_ratings.csv`, {
      groups: 'age',
      annotators: `${folder}cuisine_respondents.csv`,
      report: (line) => lines.push(line),
    });
    expect(lines.join('\n')).toMatch(/268733 comparisons of 40 items/);
    const italy = game.labels[0].indexOf('Italy');
    for (const { matrix } of game.groups) expect(rowsOf(matrix)[italy].filter((p) => p > 0.5)).toHaveLength(39);
  });
});
