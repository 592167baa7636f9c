import { describe, expect, it } from 'vitest';
import { command, workplace } from './command.ts';

const place = workplace();
place.write(
  'judged.csv',
  `judge,model_a,model_b,winner,count
ann,x,y,a,3
ann,x,y,b,1
ann,y,z,a,2
ann,x,z,tie,2
bob,y,x,a,4
bob,z,y,a,1
bob,x,z,b,2
`,
);
place.write('ratings.csv', 'annotator,item,rating\n1,x,5\n1,y,3\n1,z,1\n2,x,2\n2,y,4\n2,z,3\n3,x,5\n3,y,4\n3,z,2\n');
place.write('people.csv', 'annotator,age\n1,young\n2,old\n3,young\n');

describe('groups of judges on the command line', () => {
  it('solve keeps them apart, and says what each grants the policy, the worst marked', async () => {
    const asked = ['solve', 'judged.csv', '--groups', 'judge', '--solver', 'group-minimax'];
    const { stdout, stderr } = await command(place, ...asked);
    expect(stderr).toMatch(/2 groups by judge: ann 53.3 %, bob 46.7 %/);
    expect(stdout).toMatch(/^judged.csv by judge · preference game, 2 players, 3 actions/);
    expect(stdout).toMatch(/group-win-rates +(ann|bob) 0\.\d+ \(worst\), (ann|bob) 0\.\d+/);
    const { stdout: json } = await command(place, ...asked, '--json');
    const { metrics } = JSON.parse(json);
    expect(metrics['group-win-rates']).toHaveLength(2);
    expect(metrics['worst-group-win-rate']).toBeCloseTo(Math.min(...metrics['group-win-rates']), 14);
  });

  it('inspect reads ratings, by a column of a table of annotators', async () => {
    const asked = ['inspect', 'ratings.csv', '--groups', 'age', '--annotators', 'people.csv', '--json'];
    const { code, stdout } = await command(place, ...asked);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).game.name).toBe('ratings.csv by age');
  });

  it('refuses groups of a game that has none, printing nothing', async () => {
    const { code, stdout, stderr } = await command(place, 'solve', 'rps', '--groups', 'judge');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error\[bad-option\]: groups judge of "rps"/m);
  });

  it('an experiment takes the same file in several groupings, files beside it', async () => {
    for (const name of ['judged.csv', 'ratings.csv']) place.write(`study/${name}`, place.read(name));
    place.write('study/only-here.csv', place.read('people.csv'));
    place.write(
      'study/groupings.yaml',
      `name: groupings
question: Do groupings differ?
games:
  - { game: judged.csv, groups: judge }
  - { game: judged.csv, groups: 2 }
  - { game: ratings.csv, groups: age, annotators: only-here.csv }
  - judged.csv
solvers:
  - { name: exact, temperature: 0 }
budget: { steps: 10 }
`,
    );
    const { code, stdout } = await command(place, 'run', 'study/groupings.yaml', '--no-report', '--workers', '1');
    expect(code).toBe(0);
    for (const name of ['judged.csv by judge', 'judged.csv in 2 groups', 'ratings.csv by age', 'judged.csv:'])
      expect(stdout).toContain(name);
  });
});
