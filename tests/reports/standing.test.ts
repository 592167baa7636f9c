import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { gameDocument } from '../../games/write-json.ts';
import { renderComparison } from '../../reports/comparison.ts';
import { gameFacts } from '../../reports/model/game.ts';
import { standingOf } from '../../reports/model/standing.ts';
import { standingsText } from '../../reports/words.ts';
import { withMatrix } from '../with-matrix.ts';
import { loaded } from './fixture.ts';
import { visibleText } from './page-text.ts';
import { groupRuns } from './situations.ts';

const standing = (text: string) => {
  const game = catalogueGame(text);
  return { game, found: standingOf(gameFacts('hash', gameDocument(game))) };
};

describe('who wins by majority', () => {
  it('a cycle has no winner, and all of it is the Smith set', () => {
    const { found } = standing('rps');
    expect(found).toEqual({ smithSet: ['rock', 'paper', 'scissors'], cyclicShare: expect.closeTo(1, 12) });
    expect(standingsText([found as never], 3)).toBe(
      'No Condorcet winner: the Smith set holds 3 of 3 (rock, paper and scissors); cyclic share 100 %',
    );
  });

  it('a transitive game names its winner', () => {
    const { game, found } = standing('bradley-terry:6,1');
    const strongest = found?.condorcetWinner as string;
    const best = game.labels[0].indexOf(strongest);
    const { values, columns } = withMatrix(game).matrices[0];
    for (let b = 0; b < columns; b++) if (b !== best) expect(values[best * columns + b]).toBeGreaterThan(0.5);
    expect(standingsText([found as never], 6)).toContain(`Condorcet winner: ${strongest}`);
  });

  it('a share below rounding is none', () => {
    expect(standingsText([{ smithSet: ['a'], condorcetWinner: 'a', cyclicShare: 7.7e-33 }], 2)).toBe(
      'Condorcet winner: a; cyclic share 0 %',
    );
  });

  it('of several draws counts those with a winner', () => {
    const cycle = { smithSet: ['a', 'b', 'c'], cyclicShare: 1 };
    const won = (cyclicShare: number) => ({ smithSet: ['a'], condorcetWinner: 'a', cyclicShare });
    expect(standingsText([], 3)).toBeUndefined();
    expect(standingsText([won(0.1), cycle, won(0.3)], 3)).toBe(
      '2 of 3 draws have a Condorcet winner; median cyclic share 30 %',
    );
    expect(standingsText([cycle, cycle], 3)).toBe('None of 2 draws has a Condorcet winner; median cyclic share 100 %');
    const { games, runs } = groupRuns();
    const page = visibleText(renderComparison([loaded('family', 'q', games, runs)]));
    expect(page).toMatch(/(None|\d) of 3 draws (has|have) a Condorcet winner/);
    expect(page).not.toContain('Condorcet winner: ');
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
