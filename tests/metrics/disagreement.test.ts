import { expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { disagreement } from '../../src/metrics/disagreement.ts';
import { evaluator } from '../../src/metrics/evaluation.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import { place } from '../place.ts';

/** Of policies per run and role. */
function measure(text: string, runs: readonly (readonly (readonly number[])[])[]): number[] {
  const game = catalogueGame(text);
  const uniform = uniformProfile(game);
  const setting = { game, runs: runs.length, temperature: 0, reference: uniform, start: uniform };
  const problem = place(setting);
  const policies = game.actions.map((count, role) => {
    const values = Float64Array.from(runs.flatMap((profile) => profile[role]));
    return problem.ops.log(problem.ops.tensor(values, [runs.length, count]));
  });
  const into = new Float64Array(runs.length);
  disagreement.evaluate(evaluator(setting, problem)(policies).evaluation, into);
  return Array.from(into);
}

test('the disagreement of players is the largest total-variation distance of two of them, per run', () => {
  const alike = [0.2, 0.3, 0.5];
  expect(
    measure('polymatrix-preference:players=3,n=3,roles=own', [
      [alike, alike, alike],
      // ½(0.3 + 0.2 + 0.5) = 0.5 between the first two; 1 and 0.5 to the third.
      [
        [0.5, 0.5, 0],
        [0.2, 0.3, 0.5],
        [0, 0, 1],
      ],
      [
        [1, 0, 0],
        [0.75, 0.25, 0],
        [0.5, 0.5, 0],
      ],
      [
        [0.5, 0.5, 0],
        [1, 0, 0],
        [0, 1, 0],
      ],
    ]),
  ).toEqual([0, 1, 0.5, 1].map((distance) => expect.closeTo(distance, 14)));
});

test('the disagreement of numbers that are none is none', () => {
  const broken = [Number.NaN, 0, 0];
  const whole = [1, 0, 0];
  const text = 'polymatrix-preference:players=3,n=3,roles=own';
  expect(measure(text, [[whole, broken, whole]])).toEqual([Number.NaN]);
});

test.each([
  ['polymatrix-preference:players=3,n=3,roles=own', true],
  ['heterogeneous:players=2,n=3', true],
  ['plackett-luce:players=5,n=3,roles=own', true],
  ['polymatrix-preference:players=3,n=3', false],
  ['polymatrix-preference:players=65,n=3,roles=own', false],
  ['rps', false],
])('disagreement in %s: %s', (text, applies) => {
  expect(disagreement.applies(catalogueGame(text), { regularised: false, equilibriumKnown: false })).toBe(applies);
});

test('rows and columns of a matrix are not one list, even where both are numbered', () => {
  const game = zeroSumGame([
    [0, 1],
    [1, 0],
  ]);
  expect(game.labels[0]).toEqual(game.labels[1]);
  expect(disagreement.applies(game, { regularised: false, equilibriumKnown: false })).toBe(false);
});
