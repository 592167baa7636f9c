import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import { openGame } from '../../../games/open-game.ts';
import { cpuBackend, hostValues } from '../../../src/numerics/cpu/backend.ts';
import type { Game } from '../../../src/solve/game.ts';
import { requireGroups } from '../../../src/solve/game.ts';
import { product } from '../../equation/plain.ts';

/** Payoff vector of a seat when each plays a pure action. */
function paid(game: Game, seat: number, plays: readonly number[]): number[] {
  const { ops } = cpuBackend();
  const pure = plays.map((action, player) => {
    const count = game.actions[game.roleOf[player]];
    return ops.tensor(
      Array.from({ length: count }, (_, a) => Number(a === action)),
      [1, count],
    );
  });
  return Array.from(hostValues(game.place(ops).payoffs(seat, pure)));
}

const rows = (values: Float64Array, n: number): number[][] =>
  Array.from({ length: n }, (_, a) => Array.from(values.subarray(a * n, (a + 1) * n)));

describe('a preference game for more players', () => {
  it('pays each the average of its preferences over the others', async () => {
    const game = await openGame('rps', { players: 4 });
    expect(game).toMatchObject({ kind: 'polymatrix-preference', roleOf: [0, 1, 2, 3] });
    // Against rock, rock and paper: rock wins ½, ½ and 0 times.
    const [rock, paper, scissors] = paid(game, 3, [0, 0, 1, 2]);
    expect(rock).toBeCloseTo(1 / 3, 15);
    expect(paper).toBeCloseTo(2.5 / 3, 15);
    expect(scissors).toBeCloseTo(1 / 3, 15);
  });

  it('may give all players one policy', async () => {
    const game = await openGame('rps', { players: 5, roles: 'shared' });
    expect(game.roleOf).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives each group of annotators a player whom it judges', async () => {
    const text = 'annotators:groups=3,n=4';
    const game = await openGame(text, { players: 'groups' });
    expect(game).toMatchObject({ kind: 'heterogeneous', sum: 'general', roleOf: [0, 1, 2] });
    const { groups } = requireGroups(catalogueGame(text), 'a test');
    for (const [seat, { matrix }] of groups.entries()) {
      const others = [1, 3, 2].filter((_, player) => player !== seat);
      const half = [0, 1, 2, 3].map((a) => others.filter((other) => other === a).length / 2);
      paid(game, seat, [1, 3, 2]).forEach((value, a) => {
        expect(value).toBeCloseTo(product(rows(matrix.values, 4), half)[a], 14);
      });
    }
  });

  it.each([
    ['rps', { players: 1 }, 'bad-game', 'at least 2'],
    ['rps', { players: 'groups' }, 'not-applicable', 'without groups'],
    ['annotators', { players: 'groups', roles: 'shared' }, 'bad-option', 'roles own'],
    ['rps', { roles: 'own' }, 'bad-option', 'roles own without players'],
    ['plackett-luce', { players: 4 }, 'not-applicable', 'plackett-luce game'],
    ['low-rank:n=1000', { players: 4 }, 'not-applicable', 'without a matrix'],
  ] as const)('%s with %o is refused', async (text, options, code, words) => {
    await expect(openGame(text, options)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
