import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { gameDocument } from '../../games/write-json.ts';
import { gameFacts } from '../../reports/model/game.ts';
import { standingOf } from '../../reports/model/standing.ts';
import { standingText } from '../../reports/words.ts';

const standing = (text: string) => {
  const game = catalogueGame(text);
  return { game, found: standingOf(gameFacts('hash', gameDocument(game))) };
};

describe('who wins by majority', () => {
  it('a cycle has no winner, and all of it is the Smith set', () => {
    const { found } = standing('rps');
    expect(found).toEqual({ smithSet: ['rock', 'paper', 'scissors'], cyclicShare: expect.closeTo(1, 12) });
    expect(standingText(found as never, 3)).toBe(
      'No Condorcet winner: the Smith set holds 3 of 3 (rock, paper and scissors); cyclic share 100 %',
    );
  });

  it('a transitive game names its winner', () => {
    const { game, found } = standing('bradley-terry:6,1');
    const strongest = found?.condorcetWinner as string;
    const best = game.labels[0].indexOf(strongest);
    const { values, columns } = game.matrices[0];
    for (let b = 0; b < columns; b++) if (b !== best) expect(values[best * columns + b]).toBeGreaterThan(0.5);
    expect(standingText(found as never, 6)).toContain(`Condorcet winner: ${strongest}`);
  });

  it('every game of the demo, but none of the plain movies, runs in a circle', () => {
    const demo = [
      'movies:genre=Romantic Comedy,items=3',
      'movies:director=Steven Spielberg',
      'movies:genre=Drama,creative=Historical Fiction',
      'cars:origin=USA,items=40',
    ];
    for (const text of demo) expect(standing(text).found?.condorcetWinner).toBeUndefined();
    expect(standing('movies').found?.condorcetWinner).toBe('The Godfather');
  });
});
