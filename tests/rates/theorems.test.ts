import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { withMatrix } from '../with-matrix.ts';

/** Games per solver; every one with a random start, sizes 2 … 20, τ from 0.001 to 1. */
const trials = 150;

function drawGame(trial: number): MatrixGame {
  const draw = stream('theorem trials', trial);
  const n = 2 + draw.integer(19);
  const families = [
    `random:${n},${trial}`,
    `tournament:${n},${trial}`,
    `bradley-terry:${n},${trial}`,
    `transitive-cyclic:${Math.max(3, n)},0.5,${trial}`,
  ];
  const kind = draw.integer(5);
  if (kind < 4) return withMatrix(catalogueGame(families[kind]));
  const width = 2 + draw.integer(19);
  const scale = 10 ** (draw.integer(7) - 3);
  return zeroSumGame(Array.from({ length: n }, () => Array.from({ length: width }, () => scale * draw.normal())));
}

const iterative = Object.values(solvers).filter((solver): solver is SolverDefinition => !isDirect(solver));
const variants: readonly (readonly [string, SolverDefinition, Readonly<Record<string, number | string>>])[] = [
  ...iterative.map((solver) => [solver.name, solver, {}] as const),
  ['mirror-descent (proximal)', solvers['mirror-descent'] as SolverDefinition, { form: 'proximal' }],
  ['mirror-descent (INPO schedule)', solvers['mirror-descent'] as SolverDefinition, { stepSize: '2/(tau*(t+2))' }],
];

async function verdictOf(solver: SolverDefinition, params: Readonly<Record<string, number | string>>, trial: number) {
  const game = drawGame(trial);
  const relative = 10 ** (-3 * stream('temperature', trial).uniform());
  const temperature = solver.equilibrium === 'original' ? 0 : relative * game.payoffSpan;
  const metrics = ['kl-to-equilibrium', 'duality-gap', 'regularized-gap'];
  const setting = instance(game, { temperature, seeds: [trial] });
  const { runs } = await solve(cpuBackend(), setting, solver, { params, steps: 2_000, tolerance: 0, metrics });
  return runs[0].guarantee;
}

describe('declared theorems', () => {
  it.each(variants)(
    `%s stays within its bound on ${trials} random games from random starts`,
    async (_, solver, params) => {
      const broken = [];
      for (let trial = 0; trial < trials; trial++) {
        const verdict = await verdictOf(solver, params, trial);
        if (verdict?.status !== 'within') broken.push({ trial, ...verdict });
      }
      expect(broken).toEqual([]);
    },
  );

  it.each(variants)('%s: a bound ten thousand times too sharp is found out', async (_, solver, params) => {
    const sharpened: SolverDefinition = {
      ...solver,
      guarantees: solver.guarantees.map((guarantee) => ({
        ...guarantee,
        bound: (step, given, facts) => guarantee.bound(step, given, facts) / (step === 0 ? 1 : 1e4),
      })),
    };
    const verdicts = await Promise.all([0, 1, 2, 3, 4, 5].map((trial) => verdictOf(sharpened, params, trial)));
    expect(verdicts.map((verdict) => verdict?.status)).toContain('violated');
  });
});
