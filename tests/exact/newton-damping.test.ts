import { expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { roundingFloor } from '../../src/solve/guarantee.ts';
import type { HostProfile } from '../../src/solve/problem.ts';

/** What rounding leaves of the regularised gap: a thirtieth of what a verdict allows for in KL(π*‖π). */
function floorOf({ payoffSpan }: MatrixGame, temperature: number): number {
  return (temperature * roundingFloor('kl-to-equilibrium', { payoffSpan, temperature }, 1)) / 30;
}

interface HardCase {
  readonly matrix: readonly (readonly number[])[];
  /** log ρ up to a constant; uniform where absent. */
  readonly reference?: readonly (readonly number[])[];
  readonly temperature: number;
}

/** Games in which KL(π‖BR) rises, or hardly falls, along a whole Newton direction: damping by it gets stuck there. */
const hard: Readonly<Record<string, HardCase>> = {
  'mass must move to an action that has next to none': {
    matrix: [
      [0.029021861414031257, 1.792407061134676, -0.6148042675604803],
      [-0.5867521757845867, -0.05871008269127716, -0.5706646773814067],
    ],
    reference: [
      [1.7389560072671967e-6, 0.9999982610439928].map(Math.log),
      [0.00013052991853642706, 0.041784509063783185, 0.9580849610176803].map(Math.log),
    ],
    temperature: 0.002407211338695156,
  },
  'a uniform reference, 10 × 2': {
    matrix: [
      [0.8826423010323197, 0.8842521293554455],
      [0.26927489624358714, 0.7361681850161403],
      [0.5986865456216037, 0.3301295847631991],
      [0.27951010107062757, 0.7819225820712745],
      [0.13447263464331627, 0.5683001321740448],
      [0.6066695833578706, 0.8362572963815182],
      [0.8696092611644417, 0.6467561810277402],
      [0.9557289560325444, 0.6057122023776174],
      [0.6133036713581532, 0.6249718517065048],
      [0.3757579205557704, 0.19119799183681607],
    ],
    temperature: 0.0008212563213892281,
  },
  'a uniform reference, 3 × 4': {
    matrix: [
      [-0.67, -1.79, -2.06, -0.48],
      [-0.25, 0.43, 0.19, 0.36],
      [-0.25, 3.1, 0.65, -0.37],
    ],
    temperature: 0.0000109,
  },
  'a skewed reference, 2 × 2': {
    matrix: [
      [0.77, 0.55],
      [-0.76, 0.97],
    ],
    reference: [
      [-3, -5.8],
      [-0.9, -8.8],
    ],
    temperature: 0.00556,
  },
  'a skewed reference, 3 × 3': {
    matrix: [
      [-0.6, 0.99, 0.45],
      [0.96, 0.62, 0.44],
      [0.25, -0.21, -0.97],
    ],
    reference: [
      [-14.5, 8.1, 7],
      [-4.4, -4.6, -10.4],
    ],
    temperature: 0.000202,
  },
  'a very skewed reference, 2 × 3': {
    matrix: [
      [0.41, -0.12, 0.06],
      [-0.28, 0.29, -0.5],
    ],
    reference: [
      [3.6, -27],
      [-12.7, -42.2, 6.7],
    ],
    temperature: 0.000053,
  },
};

it.each(Object.entries(hard))('%s: solved to rounding', (_, { matrix, reference, temperature }) => {
  const game = zeroSumGame(matrix);
  const rho = game.actions.map((count, role) => normalisedLog(reference?.[role] ?? new Float64Array(count)));
  const { gap, newtonSteps } = quantalResponse(game, temperature, rho);
  expect(gap).toBeLessThanOrEqual(floorOf(game, temperature));
  expect(newtonSteps).toBeLessThan(50);
});

it('what all payoffs have in common costs no digits', () => {
  const game = preferenceGame([
    [0.5, 0.49],
    [0.51, 0.5],
  ]);
  const { gap } = quantalResponse(game, 0.00438, [normalisedLog([0, 0])]);
  expect(gap).toBeLessThanOrEqual(floorOf(game, 0.00438));
});

/** A preference or rectangular zero-sum game of 2 to 12 actions with a reference of normal logits, up to 10 times as wide. */
function randomSetting(trial: number): { game: MatrixGame; rho: HostProfile; temperature: number; relative: number } {
  const { integer, uniform, normal } = stream('damping', trial);
  const [rows, columns] = [2 + integer(11), 2 + integer(11)];
  const entry = trial % 4 < 2 ? uniform : normal;
  const matrix = Array.from({ length: rows }, () => Array.from({ length: columns }, entry));
  const wins = (i: number, j: number): number => 1 / (1 + Math.exp(matrix[j % rows][i % columns] * (i - j)));
  const preferences = matrix.map((_, i) => matrix.map((__, j) => (i < j ? wins(i, j) : 1 - wins(j, i))));
  const game = trial % 2 === 0 ? preferenceGame(preferences) : zeroSumGame(matrix);
  const width = [0, 1, 5, 10][(trial >> 2) % 4];
  const rho = game.actions.map((count) => normalisedLog(Array.from({ length: count }, () => width * normal())));
  const relative = 10 ** (-6 * uniform());
  return { game, rho, temperature: relative * game.payoffSpan, relative };
}

it('constant-sum games are never refused, and solved to rounding, whatever the reference and the temperature', () => {
  for (let trial = 0; trial < 4000; trial++) {
    const { game, rho, temperature, relative } = randomSetting(trial);
    const { gap, newtonSteps } = quantalResponse(game, temperature, rho);
    expect(gap, `trial ${trial}, τ/s = ${relative}`).toBeLessThanOrEqual(floorOf(game, temperature));
    expect(gap).toBeLessThanOrEqual(1e-12 * game.payoffSpan);
    expect(newtonSteps, `trial ${trial}`).toBeLessThan(100);
  }
});

it('logarithms of actions without mass are exact as well', () => {
  for (let trial = 0; trial < 400; trial++) {
    const { game, rho, temperature } = randomSetting(trial);
    const { profile } = quantalResponse(game, temperature, rho);
    game.matrices.forEach(({ rows, columns, values }, role) => {
      const other = Array.from(profile[profile.length - 1 - role], Math.exp);
      const response = normalisedLog(
        Array.from({ length: rows }, (_, a) =>
          other.reduce((sum, mass, j) => sum + (values[a * columns + j] * mass) / temperature, rho[role][a]),
        ),
      );
      const off = Math.max(...response.map((value, a) => Math.abs(value - profile[role][a])));
      expect(off, `trial ${trial}`).toBeLessThanOrEqual(64 * Number.EPSILON * (1 + game.payoffSpan / temperature));
    });
  }
});
