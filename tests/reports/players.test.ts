import { expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { rowsOf } from '../../games/rows.ts';
import { gameDocument } from '../../games/write-json.ts';
import { gameFacts } from '../../reports/model/game.ts';
import { withMatrix } from '../with-matrix.ts';

test.each([
  ['plackett-luce:players=4,n=3', 1],
  ['plackett-luce:players=4,n=3,roles=own', 4],
  ['polymatrix-preference:players=4,n=3', 1],
  ['polymatrix-preference:players=4,n=3,roles=own', 4],
  ['heterogeneous:players=4,n=3', 4],
  ['polymatrix:players=4,n=3', 4],
])('a report reads %s: roles, labels and the range of its payoffs', (text, roles) => {
  const game = catalogueGame(text);
  const facts = gameFacts('hash', gameDocument(game));
  expect(facts.players).toBe(4);
  expect(facts.labels).toEqual(game.labels);
  expect(facts.roleNames).toHaveLength(roles);
  expect(facts.payoffs).toEqual([]);
  // Of all players together; the game's span is that of one.
  expect(facts.highest - facts.lowest).toBeGreaterThanOrEqual(game.payoffSpan - 1e-15);
  expect(facts.highest - facts.lowest).toBeLessThanOrEqual(1.5 * game.payoffSpan);
});

test('a report reads a population of annotators as the game of its pooled preferences', () => {
  const game = catalogueGame('annotators:groups=3,n=4');
  const { kind, labels, payoffs } = gameFacts('hash', gameDocument(game));
  expect({ kind, labels }).toEqual({ kind: 'preference', labels: game.labels });
  for (const [a, row] of rowsOf(withMatrix(game).matrices[0]).entries())
    row.forEach((p, b) => {
      expect(payoffs[0][a][b]).toBeCloseTo(p, 14);
    });
});
