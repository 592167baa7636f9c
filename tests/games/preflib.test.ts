import { describe, expect, test } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { gameDocument } from '../../games/write-json.ts';
import { withMatrix } from '../with-matrix.ts';
import { temporaryFolder } from './files.ts';
import { referenceGame } from './reference.ts';
import { thrown } from './thrown.ts';

const { write } = temporaryFolder();
const head = `# FILE NAME: 00001-00000001.toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 9
# ALTERNATIVE NAME 1: tea
# ALTERNATIVE NAME 2: coffee, black
# ALTERNATIVE NAME 3: water
# ALTERNATIVE NAME 4: milk
`;

describe('ballots of PrefLib', () => {
  test('are pooled to pairwise shares: ties count half, what a voter does not rank is not compared', async () => {
    const lines: string[] = [];
    const path = write('votes.toi', `${head}4: 1,{2,3},4\n3: 3,1\n2: {1, 3}\n`);
    const game = await openGame(path, { missing: 'half', report: (line) => lines.push(line) });
    expect(game.labels).toEqual([['tea', 'coffee, black', 'water', 'milk']]);
    expect(gameDocument(game).matrix).toEqual([
      ['1/2', '1', '5/9', '1'],
      ['0', '1/2', '1/2', '1'],
      ['4/9', '1/2', '1/2', '1'],
      ['0', '0', '0', '1/2'],
    ]);
    expect(lines.join('\n')).toMatch(/29 comparisons of 4 items, 9 × voter/);
    expect(lines.join('\n')).toMatch(/6 ties/);
    expect(game.description).toMatch(/9 voters/);
  });

  test.each(['vase_condorcet_cycle', 'vase_condorcet_winner'])('complete orders give the margins of %s', async (id) => {
    const { ballots, payoffs } = referenceGame(id);
    const orders = ballots.map(
      ([voters, names]) => `${voters}: ${names.map((name) => 'abc'.indexOf(name) + 1).join(',')}`,
    );
    const names = ['a', 'b', 'c'].map((name, k) => `# ALTERNATIVE NAME ${k + 1}: ${name}`);
    const path = write('votes.soc', [...names, ...orders].join('\r\n'));
    const game = withMatrix(await openGame(path));
    expect(game.labels).toEqual([['a', 'b', 'c']]);
    payoffs[0].flat().forEach((margin, k) => {
      expect(game.matrices[0].values[k]).toBeCloseTo((3 + margin) / 6, 15);
    });
  });

  test('pairs that no voter ranks need a rule', async () => {
    const path = write('few.soi', `${head}4: 1,2\n3: 3,4\n`);
    const error = await thrown(() => openGame(path));
    expect(error.message).toMatch(/4 of 6 pairs were never compared: tea – water/);
    expect((await openGame(path, { missing: 'half' })).actions).toEqual([4]);
  });

  test.each([
    ['an alternative that is not there', '4: 1,5', ':8', '"5"'],
    ['an alternative twice', '4: 1,2,1', ':8', 'alternative 1 ranked twice'],
    ['an open brace', '4: 1,{2,3', ':8', 'alternative ""'],
    ['a ballot without voters', '\n1,2,3', ':9', '"1,2,3"'],
  ])('%s is refused with its line', async (_, text, where, part) => {
    const error = await thrown(() => openGame(write('bad.toc', `${head}${text}`)));
    expect(error.code).toBe('bad-file');
    expect(error.message).toContain(`bad.toc${where}`);
    expect(error.message).toContain(part);
  });

  test('a file of no ballots is refused', async () => {
    expect((await thrown(() => openGame(write('none.soc', head)))).code).toBe('bad-comparisons');
    expect((await thrown(() => openGame(write('nothing.soc', '1: \n')))).message).toMatch(/no alternatives/);
  });
});
