import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { zeroSumEquilibrium } from '../../src/exact/zero-sum.ts';
import { stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { withMatrix } from '../with-matrix.ts';

/** max_i (Ay)_i − min_j (xᵀA)_j, once more and apart from the library. */
function gapOf(game: MatrixGame, x: Float64Array, y: Float64Array): number {
  const { rows, columns, values } = game.matrices[0];
  let best = -Infinity;
  const losses = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    let payoff = 0;
    for (let j = 0; j < columns; j++) {
      payoff += values[i * columns + j] * y[j];
      losses[j] += x[i] * values[i * columns + j];
    }
    best = Math.max(best, payoff);
  }
  return best - Math.min(...losses);
}

/** Preferences by hidden positions: transitive but for noise, so that equilibria mix few of many actions. */
function sparseGame(n: number): MatrixGame {
  const draw = stream('sparse', n);
  const skill = Array.from({ length: n }, () => 3 * draw.normal());
  const p = Array.from({ length: n }, () => new Array<number>(n).fill(0.5));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      p[i][j] = 1 / (1 + Math.exp(skill[j] - skill[i] + draw.normal()));
      p[j][i] = 1 - p[i][j];
    }
  return preferenceGame(p);
}

describe('the linear program', () => {
  it.each([
    ['random:120', 'linear program (simplex)'],
    ['tournament:120', 'linear program (simplex)'],
    ['random:220', 'linear program (interior point)'],
  ])('%s: the policies have the gap claimed, below 1e-9, by %s', async (name, method) => {
    const game = withMatrix(catalogueGame(name));
    const { row, column, gap, value, method: used } = await zeroSumEquilibrium(game);
    expect(used).toBe(method);
    expect(gapOf(game, row, column)).toBeLessThanOrEqual(1e-9);
    expect(Math.abs(gapOf(game, row, column) - gap)).toBeLessThanOrEqual(1e-12);
    expect(value).toBeCloseTo(0.5, 9);
  });

  it('a game of 400 actions whose equilibrium mixes few is solved by double oracle', async () => {
    const game = sparseGame(400);
    const { row, column, method } = await zeroSumEquilibrium(game);
    expect(method).toBe('linear program (double oracle)');
    expect(gapOf(game, row, column)).toBeLessThanOrEqual(1e-9);
  });

  it.each([1e9, 1e-9])('a rectangular game with payoffs of order %s keeps its relative accuracy', async (scale) => {
    const draw = stream('rectangular');
    const game = zeroSumGame(Array.from({ length: 8 }, () => Array.from({ length: 23 }, () => scale * draw.normal())));
    const { row, column } = await zeroSumEquilibrium(game);
    expect(gapOf(game, row, column)).toBeLessThanOrEqual(1e-12 * game.payoffSpan);
  });
});
