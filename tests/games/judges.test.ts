import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { inspectGame } from '../../games/inspection/summary.ts';
import { distinctLabels, type Judge, judgePreferences } from '../../games/judges.ts';

interface Item {
  readonly price?: number;
  readonly speed?: number;
}
const judges: Judge<Item>[] = [
  { name: 'price', better: 'lower', score: ({ price }) => price },
  { name: 'speed', better: 'higher', score: ({ speed }) => speed },
];

describe('judges', () => {
  test('P is the share of judges that prefer a; ties count half, missing values abstain, ½ where all abstain', () => {
    const items = [{ price: 1, speed: 2 }, { price: 2, speed: 2 }, { speed: 3 }, { price: 0 }];
    const { rows, entries } = judgePreferences(items, judges);
    expect(entries[0]).toEqual([
      ['1/2', '3/4', '0', '0'],
      ['1/4', '1/2', '0', '0'],
      ['1', '1', '1/2', '1/2'],
      ['1', '1', '1/2', '1/2'],
    ]);
    expect(rows[0]).toEqual([0.5, 0.75, 0, 0]);
  });

  test('repeated titles get their year, repeated years a number, other titles stay', () => {
    const items = [
      { title: 'King Kong', year: 1933 },
      { title: 'Alien', year: 1979 },
      { title: 'King Kong', year: 2005 },
      { title: 'ford pinto', year: 1971 },
      { title: 'ford pinto', year: 1971 },
    ];
    expect(distinctLabels(items)).toEqual([
      'King Kong (1933)',
      'Alien',
      'King Kong (2005)',
      'ford pinto (1971, 1)',
      'ford pinto (1971, 2)',
    ]);
  });
});

describe('movies', () => {
  test.each(['movies:genre=Musical', 'movies:genre=Musical,items=39'])(
    '%s has no Condorcet winner but a cycle of three',
    (text) => {
      const { condorcetWinner, smithSet } = inspectGame(catalogueGame(text));
      expect(condorcetWinner).toBeUndefined();
      expect(new Set(smithSet)).toEqual(new Set(['Snow White and the Seven Dwarfs', 'Mary Poppins', 'Fantasia']));
    },
  );

  test('director=Tim Burton: 10 movies, no Condorcet winner, a Smith set of 6', () => {
    const game = catalogueGame('movies:director=Tim Burton');
    const { condorcetWinner, smithSet } = inspectGame(game);
    expect([game.actions[0], condorcetWinner, smithSet?.length]).toEqual([10, undefined, 6]);
  });

  test('creative=Science Fiction has no Condorcet winner', () => {
    expect(inspectGame(catalogueGame('movies:creative=Science Fiction,items=100')).condorcetWinner).toBeUndefined();
  });

  test('the description names source, version, licence, judges and the voting rule', () => {
    const { description = '' } = catalogueGame('movies:genre=Musical');
    for (const part of [
      '12 movies',
      'Rotten Tomatoes Rating',
      'abstains',
      'tie counts half',
      'vega-datasets 3.',
      'no licence',
      '3201 records',
    ])
      expect(description).toContain(part);
  });

  test('labels are unique in the largest game', () => {
    const [labels] = catalogueGame('movies:items=500').labels;
    expect(new Set(labels).size).toBe(500);
  });
});

describe('cars', () => {
  test('the default game has no Condorcet winner', () => {
    const { condorcetWinner, smithSet } = inspectGame(catalogueGame('cars'));
    expect([condorcetWinner, smithSet?.length]).toEqual([undefined, 11]);
  });

  test('weight and seconds to 60 mph are better when lower', () => {
    const game = catalogueGame('cars:year=all,items=406');
    const [labels] = game.labels;
    const [opel, chevelle] = ['opel 1900 (1971)', 'chevrolet chevelle malibu (1970)'].map((name) =>
      labels.indexOf(name),
    );
    // 28 mpg, 90 hp, 116 in³, 2123 lb, 14 s against 18 mpg, 130 hp, 307 in³, 3504 lb, 12 s.
    expect(game.entries?.[0][opel][chevelle]).toBe('2/5');
  });
});
