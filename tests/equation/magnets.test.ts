import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { comal } from '../../solvers/comal.ts';
import { movingMagnet } from '../../solvers/moving-magnet.ts';
import { mpo } from '../../solvers/mpo.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { zeroSumEquilibrium } from '../../src/exact/zero-sum.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import { solve } from '../../src/solve/solve.ts';
import type { Solver } from '../../src/solve/solver.ts';
import { place, probabilities } from '../place.ts';

function drawGame(trial: number): MatrixGame {
  const draw = stream('magnet trials', trial);
  const n = 2 + draw.integer(9);
  if (trial % 3 === 0) return catalogueGame(`tournament:${n},${trial}`);
  if (trial % 3 === 1) return catalogueGame(`random:${n},${trial}`);
  const width = 2 + draw.integer(7);
  const scale = 10 ** (draw.integer(5) - 2);
  return zeroSumGame(Array.from({ length: n }, () => Array.from({ length: width }, () => scale * draw.normal())));
}

const spanned = (share: number, span: number): number => share * span;

/** Σ over roles of KL(p‖q), p in probabilities. */
function divergence(p: readonly (readonly number[])[], q: readonly (readonly number[])[]): number {
  return p.reduce(
    (sum, row, role) => sum + row.reduce((total, x, a) => (x > 0 ? total + x * Math.log(x / q[role][a]) : total), 0),
    0,
  );
}

/** Policies of the first steps from a random start. */
function path(game: MatrixGame, solver: Solver<unknown>, trial: number, steps: number): number[][][] {
  const start = randomProfile(game, `${trial}`);
  const problem = place({ game, runs: 1, temperature: 0, reference: uniformProfile(game), start }, steps);
  const policies: number[][][] = [];
  let state = solver.init(problem);
  for (let t = 0; t <= steps; t++) {
    policies.push(probabilities(solver.profile(state)));
    if (t < steps) state = solver.step(problem, state, t);
  }
  return policies;
}

/** The most by which KL(π*‖π_k) grows in a step of COMAL, over random games; π* is a linear program's. */
async function largestGrowth(gamma: number, trials: number): Promise<number> {
  let worst = Number.NEGATIVE_INFINITY;
  for (let trial = 0; trial < trials; trial++) {
    const game = drawGame(trial);
    const { row, column } = await zeroSumEquilibrium(game);
    const equilibrium = [row, column].slice(0, game.actions.length).map((policy) => Array.from(policy));
    const draw = stream('inner solves', trial);
    const solver = comal.make({
      stepSize: gamma / game.payoffSpan,
      magnetTemperature: spanned(10 ** (-2 * draw.uniform()), game.payoffSpan),
      innerSteps: [1, 2, 5, 20][trial % 4],
    });
    const distances = path(game, solver, trial, 40).map((policy) => divergence(equilibrium, policy));
    distances.forEach((distance, k) => {
      if (k > 0 && Number.isFinite(distance)) worst = Math.max(worst, distance - distances[k - 1]);
    });
  }
  return worst;
}

describe('proximal point', () => {
  it('never moves away from an original equilibrium, however few the inner steps', async () => {
    expect(await largestGrowth(2, 60)).toBeLessThanOrEqual(1e-12);
    expect(await largestGrowth(20, 12)).toBeGreaterThan(1e-3);
  });

  it('may have a larger duality gap after a step all the same', async () => {
    const grew = await Promise.all(
      Array.from({ length: 10 }, async (_, seed) => {
        const options = { params: { innerSteps: 100 }, steps: 20, tolerance: 0, checks: 'every' as const };
        const { runs } = await solve(cpuBackend(), instance(catalogueGame(`random:6,${seed}`)), comal, options);
        const gaps = runs[0].history.columns['last/duality-gap'];
        return gaps.some((gap, k) => k > 0 && gap > 1.1 * gaps[k - 1]);
      }),
    );
    expect(grew).toContain(true);
  });
});

describe('a phase of MPO', () => {
  it.each([1, 4, 6, 7.5])(
    'contracts to the equilibrium with the magnet at the rate that is proved, for γ = %dα/s²',
    (ratio) => {
      for (let trial = 0; trial < 60; trial++) {
        const game = drawGame(trial);
        const span = game.payoffSpan;
        const alpha = spanned(0.05 + stream('phases', trial).uniform(), span);
        const gamma = (ratio * alpha) / span ** 2;
        const solver = mpo.make({ stepSize: gamma, magnetTemperature: alpha, period: 1_000 });
        const magnet = randomProfile(game, `${trial}`);
        const inner = quantalResponse(game, alpha, magnet).profile.map((log) => Array.from(log, Math.exp));
        const proved = ratio <= 4 ? gamma * alpha : gamma * (2 * alpha - (gamma * span ** 2) / 4);
        const distances = path(game, solver, trial, 30).map((policy) => divergence(inner, policy));
        distances.forEach((distance, k) => {
          if (k > 0) expect(distance).toBeLessThanOrEqual(distances[k - 1] / (1 + proved) + 1e-14);
        });
      }
    },
  );
});

describe('the last iterate of a moving magnet, on 100 tournaments of six actions', () => {
  const median = async (params: object, steps: number): Promise<number> => {
    const gaps = await Promise.all(
      Array.from({ length: 100 }, async (_, seed) => {
        const options = { params: { ...params }, steps, tolerance: 0, average: false };
        const { runs } = await solve(
          cpuBackend(),
          instance(catalogueGame(`tournament:6,${seed}`)),
          movingMagnet,
          options,
        );
        return runs[0].answer.metrics['duality-gap'] as number;
      }),
    );
    const sorted = gaps.sort((a, b) => a - b);
    return (sorted[49] + sorted[50]) / 2;
  };

  it('comes to the original equilibrium, and stops short of it where the magnet stands still', async () => {
    expect(await median({ magnetTemperature: 1, stepSize: 0.1, rate: 0.05 }, 1_000)).toBeCloseTo(0.071, 3);
    expect(await median({ magnetTemperature: 0.1, stepSize: 1, rate: 0.05 }, 1_000)).toBeLessThanOrEqual(1e-15);
    expect(await median({ magnetTemperature: 0.1, stepSize: 1, rate: 0 }, 1_000)).toBeCloseTo(0.055, 3);
  });
});
