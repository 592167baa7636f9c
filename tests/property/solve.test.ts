import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { annotatorsGame } from '../../games/players/annotators.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { exact } from '../../solvers/exact.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { type AnySolver, ignoresTemperature } from '../../src/solve/solver.ts';
import { plays, temperatureFor } from '../applicable.ts';
import { totalVariation } from '../reference.ts';

/** Preference matrices of 2 … 6 actions; entries 0, ½ and 1 are common. */
const preference = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc
    .array(fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: (n * (n - 1)) / 2,
      maxLength: (n * (n - 1)) / 2,
    })
    .map((upper) => {
      const p = Array.from({ length: n }, () => new Array<number>(n).fill(0.5));
      let k = 0;
      for (let i = 0; i < n; i++)
        for (let j = i + 1; j < n; j++) {
          p[i][j] = upper[k++];
          p[j][i] = 1 - p[i][j];
        }
      return p;
    }),
);

async function answer(
  game: MatrixGame,
  solver: AnySolver,
  temperature: number,
  reference?: number[],
): Promise<RunSolution> {
  const setting = instance(game, { temperature, ...(reference === undefined ? {} : { reference }) });
  const { runs } = await solve(cpuBackend(), setting, solver, {
    steps: 20_000,
    tolerance: 1e-13 * (game.payoffSpan || 1),
  });
  return runs[0];
}

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

/** Never NaN in an answer: every probability and metric is finite, and policies sum to 1. */
function sound(run: RunSolution): void {
  for (const iterate of Object.values(run.iterates)) {
    for (const policy of iterate.profile) expect(policy.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(numbersIn(iterate.profile).every((p) => p >= 0 && p <= 1 + 1e-12)).toBe(true);
    expect(numbersIn(iterate.metrics).every(Number.isFinite)).toBe(true);
  }
  expect(numbersIn(run.history).every(Number.isFinite)).toBe(true);
}

const runs = { numRuns: 25 };

describe('whatever the game', () => {
  it.each([exact, extragradient])('relabelling the actions permutes the answer of $name', (solver) =>
    fc.assert(
      fc.asyncProperty(preference, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (p, stream) => {
        const order = p
          .map((_, a) => ({ a, key: stream.next().value }))
          .sort((x, y) => x.key - y.key)
          .map(({ a }) => a);
        const moved = order.map((a) => order.map((b) => p[a][b]));
        const [plain, permuted] = [
          await answer(preferenceGame(p), solver, 0.2),
          await answer(preferenceGame(moved), solver, 0.2),
        ];
        const expected = order.map((a) => plain.answer.profile[0][a]);
        expect(totalVariation(permuted.answer.profile, [expected])).toBeLessThanOrEqual(1e-5);
      }),
      runs,
    ),
  );

  it.each([1e9, 1e-9])('payoffs × %s with the temperature in the same units give the same policy', (scale) =>
    fc.assert(
      fc.asyncProperty(preference, async (p) => {
        const scaled = zeroSumGame(p.map((row) => row.map((value) => scale * (value - 0.5))));
        const plain = zeroSumGame(p.map((row) => row.map((value) => value - 0.5)));
        for (const solver of [exact, extragradient]) {
          const [large, small] = [await answer(scaled, solver, 0.2 * scale), await answer(plain, solver, 0.2)];
          expect(totalVariation(large.answer.profile, small.answer.profile)).toBeLessThanOrEqual(1e-6);
          expect(large.result).toBe(small.result);
          sound(large);
        }
      }),
      runs,
    ),
  );

  it('a duplicated action shares its mass and leaves the rest alone', () =>
    fc.assert(
      fc.asyncProperty(preference, async (p) => {
        const n = p.length;
        const doubled = [...p.map((row) => [...row, row[0]]), [...p[0], 0.5]];
        doubled[0][n] = 0.5;
        const reference = [...new Array<number>(n).fill(1 / n), 0].map((r, a) =>
          a === 0 || a === n ? 1 / (2 * n) : r,
        );
        const plain = (await answer(preferenceGame(p), exact, 0.1)).answer.profile[0];
        const twin = (await answer(preferenceGame(doubled), exact, 0.1, reference)).answer.profile[0];
        expect(twin[0]).toBeCloseTo(twin[n], 12);
        expect(totalVariation([[twin[0] + twin[n], ...twin.slice(1, n)]], [plain])).toBeLessThanOrEqual(1e-12);
      }),
      runs,
    ));

  it('no solver ever answers with NaN, whatever the entries, at any temperature', () =>
    fc.assert(
      fc.asyncProperty(preference, fc.constantFrom(1e-6, 1e-3, 0.1, 10), async (p, tau) => {
        const game = preferenceGame(p);
        for (const solver of Object.values(solvers).filter((candidate) => plays(candidate, game))) {
          const setting = instance(game, {
            temperature: temperatureFor(solver, tau),
            seeds: [1],
          });
          sound((await solve(cpuBackend(), setting, solver, { steps: 50 })).runs[0]);
        }
      }),
      { numRuns: 20 },
    ));
});

const everywhere = Object.values(solvers);
const hard: Readonly<Record<string, MatrixGame>> = {
  'one action': preferenceGame([[0.5]]),
  'a constant preference game': preferenceGame([
    [0.5, 0.5],
    [0.5, 0.5],
  ]),
  'a constant zero-sum game': zeroSumGame([
    [7, 7, 7],
    [7, 7, 7],
  ]),
  'duplicate actions': preferenceGame([
    [0.5, 0.5, 1],
    [0.5, 0.5, 1],
    [0, 0, 0.5],
  ]),
  'certain wins': preferenceGame([
    [0.5, 1, 0],
    [0, 0.5, 1],
    [1, 0, 0.5],
  ]),
  'payoffs of 1e9': zeroSumGame([
    [1e9, -2e9],
    [-1e9, 3e9],
  ]),
  'payoffs of 1e-9': zeroSumGame([
    [1e-9, -2e-9],
    [-1e-9, 3e-9],
  ]),
  'one row': zeroSumGame([[3, 1, 2]]),
};

/** The same, seen by two groups of judges, of whom one is less certain. */
const certainGroups = annotatorsGame(
  [
    preferenceGame([
      [0.5, 1, 0],
      [0, 0.5, 1],
      [1, 0, 0.5],
    ]),
    preferenceGame([
      [0.5, 0.8, 0.4],
      [0.2, 0.5, 0.7],
      [0.6, 0.3, 0.5],
    ]),
  ],
  [2, 1],
);

describe('numbers that break others', () => {
  it.each(
    Object.entries(hard).flatMap(([words, game]) =>
      everywhere.filter((solver) => plays(solver, game)).map((solver) => [solver.name, words, solver, game] as const),
    ),
  )('%s gives a sound answer for %s', async (_name, _words, solver, game) => {
    const temperature = temperatureFor(solver, 0.1 * (game.payoffSpan || 1));
    const { runs: solved } = await solve(cpuBackend(), instance(game, { temperature, seeds: [1] }), solver, {
      steps: 3_000,
    });
    sound(solved[0]);
    // The others are too slow for the tolerance, or approach something else.
    const quick = solver.equilibrium !== 'none' && /^(linear|at once)/.test(solver.rate);
    if (quick) expect(solved[0].result).toBe('converged');
  });

  it.each(everywhere.filter((solver) => !ignoresTemperature(solver)).map((solver) => [solver.name, solver] as const))(
    '%s keeps references of 1e-300 and temperatures of 1e-6 sound',
    async (_, solver) => {
      const reference = [1e-300, 0.5, 0.5];
      for (const temperature of [1e-6, 0.1]) {
        const game = plays(solver, hard['certain wins']) ? hard['certain wins'] : certainGroups;
        const setting = instance(game, { temperature, reference });
        const { runs: solved } = await solve(cpuBackend(), setting, solver, { steps: 2_000 });
        sound(solved[0]);
      }
    },
  );

  it('at τ = 1e-6 the exact answer is within 2τ·log N of unbeatable', async () => {
    const run = await answer(hard['certain wins'], exact, 1e-6);
    expect(run.answer.metrics['duality-gap']).toBeLessThanOrEqual(2e-6 * Math.log(3));
    expect(run.answer.metrics['regularized-gap']).toBeLessThanOrEqual(1e-14);
  });

  it('a diverging step ends as non-finite or unconverged, with the last sound policy, never as an answer', async () => {
    const setting = instance(hard['certain wins'], { temperature: 0.1, seeds: [1] });
    const { runs: solved } = await solve(cpuBackend(), setting, extragradient, {
      params: { stepSize: 1e6 },
      steps: 3_000,
    });
    expect(['non-finite', 'step-limit', 'stalled']).toContain(solved[0].result);
    expect(solved[0].guarantee?.status).toBe('outside');
    sound(solved[0]);
  });

  it('a general-sum game has no linear program: a named refusal', async () => {
    const chicken = bimatrixGame(
      [
        [0, 7],
        [2, 6],
      ],
      [
        [0, 2],
        [7, 6],
      ],
    );
    await expect(solve(cpuBackend(), instance(chicken), exact)).rejects.toMatchObject({ code: 'not-applicable' });
  });
});
