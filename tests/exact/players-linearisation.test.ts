import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { playersLinearisation } from '../../src/exact/players-linearisation.ts';
import { stream } from '../../src/random/streams.ts';
import { type Game, isMonotone } from '../../src/solve/game.ts';
import { randomProfile } from '../../src/solve/policies.ts';
import { randomForm } from './random-form.ts';

/** Payoffs of three alike players who like to differ from one and agree with two. */
function symmetricThree(): number[][][][] {
  const own = (a: number, b: number, c: number): number =>
    [3, 1, 4][b + c] * (a === 0 ? 1 : -0.5) + (a === b ? 2 : 0) + (a === c ? 2 : 0);
  const each = (of: (a: number, b: number, c: number) => number): number[][][] =>
    [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => of(a, b, c))));
  return [each(own), each((a, b, c) => own(b, a, c)), each((a, b, c) => own(c, a, b))];
}

describe('derivatives of the payoffs', () => {
  const kinds: readonly Game[] = [
    randomForm([2, 4, 3], 11),
    randomForm([2, 2, 3, 2], 12),
    catalogueGame('plackett-luce:players=4,n=5'),
    catalogueGame('plackett-luce:players=3,n=4,roles=own'),
    catalogueGame('polymatrix-preference:players=4,n=5'),
    catalogueGame('polymatrix-preference:players=3,n=5,roles=own'),
    catalogueGame('heterogeneous:players=3,n=4'),
    catalogueGame('polymatrix:players=5,n=3,graph=cycle'),
    readGameDocument(
      { kind: 'normal-form', players: 3, actions: [2, 2, 2], symmetric: true, payoffs: symmetricThree() },
      'g',
    ),
  ];

  it.each(kinds.map((game) => [game.name, game] as const))('%s: are those of finite differences', (_, game) => {
    const { payoffs, jacobian, release } = playersLinearisation(game);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const log = randomProfile(game, String(seed)) as Float64Array[];
        const { normal } = stream('direction', seed);
        const directions = game.actions.map((count) => {
          const draw = Float64Array.from({ length: count }, normal);
          const mean = draw.reduce((sum, x) => sum + x) / count;
          return draw.map((x) => x - mean);
        });
        const step = 1e-4 * Math.min(...log.map((row) => Math.exp(row.reduce((a, b) => Math.min(a, b)))));
        for (const [other, direction] of directions.entries()) {
          const beside = (h: number): Float64Array[] =>
            payoffs(
              log.map((row, role) =>
                role === other ? row.map((value, a) => Math.log(Math.exp(value) + h * direction[a])) : row,
              ),
            );
          const [above, below] = [beside(step), beside(-step)];
          jacobian(log).forEach((blocks, role) => {
            const block = blocks[other];
            above[role].forEach((value, a) => {
              const measured = (value - below[role][a]) / (2 * step);
              const derived = direction.reduce((sum, x, b) => sum + (block?.[a * direction.length + b] ?? 0) * x, 0);
              expect(Math.abs(measured - derived)).toBeLessThanOrEqual(1e-8 * game.payoffSpan + 1e-14 / step);
            });
          });
        }
      }),
      { numRuns: 20 },
    );
    release();
  });
});

/** Σ over seats of ⟨u(π) − u(π′), π − π′⟩ for two random profiles, in units of the span. */
function monotonicity(game: Game, seed: number): number {
  const { payoffs, release } = playersLinearisation(game);
  const sharp = (row: Float64Array): Float64Array => {
    const raised = row.map((value) => 3 * value);
    const total = Math.log(raised.reduce((sum, value) => sum + Math.exp(value), 0));
    return raised.map((value) => value - total);
  };
  const [one, other] = ['a', 'b'].map((name) => randomProfile(game, `${name}${seed}`).map(sharp));
  const [u, v] = [payoffs(one), payoffs(other)];
  release();
  return (
    game.roleOf.reduce(
      (sum, role) =>
        one[role].reduce(
          (seat, log, a) => seat + (u[role][a] - v[role][a]) * (Math.exp(log) - Math.exp(other[role][a])),
          sum,
        ),
      0,
    ) / game.payoffSpan
  );
}

describe('monotone payoffs', () => {
  it.each([
    'plackett-luce:players=3,n=4',
    'plackett-luce:players=12,n=6',
    'polymatrix-preference:players=4,n=5',
    'polymatrix-preference:players=3,n=5,roles=own',
    'polymatrix:players=5,n=3,graph=cycle',
    'plackett-luce:players=2,n=4,roles=own',
    'low-rank:n=6',
  ])('%s says that its are, and they are', (text) => {
    const game = catalogueGame(text);
    expect(isMonotone(game)).toBe(true);
    for (let seed = 0; seed < 60; seed++) expect(monotonicity(game, seed)).toBeLessThanOrEqual(1e-13);
  });

  it.each(['plackett-luce:players=3,n=4,roles=own', 'heterogeneous:players=3,n=4', 'payoffs from N(0, 1)'])(
    '%s does not say so, and they are not',
    (text) => {
      const game = text.startsWith('payoffs') ? randomForm([2, 2, 2], 1) : catalogueGame(text);
      expect(isMonotone(game)).toBe(false);
      const most = Math.max(...Array.from({ length: 60 }, (_, seed) => monotonicity(game, seed)));
      expect(most).toBeGreaterThan(1e-4);
    },
  );
});
