import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { hedge } from '../../solvers/hedge.ts';
import { mirrorProx } from '../../solvers/mirror-prox.ts';
import { nashMd } from '../../solvers/nash-md.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { klDivergence } from '../../src/numerics/divergence.ts';
import { instance } from '../../src/solve/instance.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { place } from '../place.ts';
import { totalVariation } from '../reference.ts';

const game = catalogueGame('rps');
const skewed = [0.6, 0.3, 0.1];
const column = (run: RunSolution, name: string): readonly number[] => run.history.columns[name];

describe('rock, paper, scissors from a skewed start', () => {
  it('hedge: the last iterate spirals out while the average obeys 2√(log N/(2T))', async () => {
    for (const steps of [100, 1_000, 10_000]) {
      const params = { stepSize: Math.sqrt((8 * Math.log(3)) / steps) };
      const { runs } = await solve(cpuBackend(), instance(game, { start: skewed }), hedge, {
        params,
        steps,
        tolerance: 0,
      });
      const [run] = runs;
      expect(run.iterates.average?.metrics['duality-gap']).toBeLessThanOrEqual(
        2 * Math.sqrt(Math.log(3) / (2 * steps)),
      );
      // KL(uniform‖π) grows in every step: ⟨uniform, Pπ⟩ = ⟨π, Pπ⟩, so only the log-normaliser is left.
      const distances = run.history.path?.last?.map(
        ([policy]) => -policy.reduce((sum, p) => sum + Math.log(3 * p), 0) / 3,
      );
      distances?.forEach((distance, k) => {
        if (k > 0) expect(distance).toBeGreaterThan(distances[k - 1]);
      });
      expect(distances?.length).toBeGreaterThan(40);
      const [last, average] = [run.iterates.last, run.iterates.average].map(
        (one) => one?.metrics['duality-gap'] as number,
      );
      expect(last).toBeGreaterThan(2 * average);
    }
  });

  it('mirror-prox at τ = 0.1 contracts by (1 + 2τ)⁻¹ in every iteration, down to 1e-14', () => {
    const problem = place(instance(game, { temperature: 0.1, start: skewed }));
    const solver = mirrorProx.make({ stepSize: 2 });
    const target = new Float64Array(3).fill(-Math.log(3));
    let state = solver.init(problem);
    let before = klDivergence(target, hostValues(solver.profile(state)[0]), 0, 0, 3);
    let iterations = 0;
    while (before > 1e-14) {
      state = solver.step(problem, state, iterations++);
      const after = klDivergence(target, hostValues(solver.profile(state)[0]), 0, 0, 3);
      expect(after).toBeLessThanOrEqual(before / 1.2);
      before = after;
    }
    expect(iterations).toBeLessThanOrEqual(Math.ceil(Math.log(1e14) / Math.log(1.2)));
    expect(iterations).toBeGreaterThan(20);
  });

  const reference = [0.5, 0.3, 0.2];
  const tau = 0.1;

  it('nash-md with its schedule stays under 8/(τ²(T+1)), and under the sharper 1/(2τ²(T+1))', async () => {
    const setting = instance(game, { temperature: tau, reference, start: skewed });
    const { runs } = await solve(cpuBackend(), setting, nashMd, { steps: 20_000, tolerance: 0 });
    const [run] = runs;
    expect(run.guarantee).toMatchObject({ status: 'within', metric: 'kl-to-equilibrium', iterate: 'last' });
    column(run, 'last/kl-to-equilibrium').forEach((measured, k) => {
      const t = run.history.step[k];
      if (t > 0) expect(measured).toBeLessThanOrEqual(1 / (2 * tau ** 2 * (t + 1)));
    });
  });

  it('nash-md with a constant step plateaus at the predicted bias: its mixture is the equilibrium at τ/(1 − ητ)', async () => {
    const biases = [];
    for (const eta of [0.4, 0.2, 0.1]) {
      const setting = instance(game, { temperature: tau, reference, start: skewed });
      const { runs } = await solve(cpuBackend(), setting, nashMd, {
        params: { stepSize: eta },
        steps: 20_000,
        tolerance: 0,
      });
      const [run] = runs;
      expect(run.guarantee).toMatchObject({ status: 'within', bound: expect.closeTo(eta / (8 * tau), 12) });
      const [policy] = run.answer.profile;
      const mixed = policy.map((p, a) => p ** (1 - eta * tau) * reference[a] ** (eta * tau));
      const total = mixed.reduce((sum, p) => sum + p, 0);
      const log = Float64Array.from(reference, Math.log);
      const predicted = quantalResponse(game, tau / (1 - eta * tau), [log]).profile[0].map(Math.exp);
      expect(totalVariation([mixed.map((p) => p / total)], [predicted])).toBeLessThanOrEqual(1e-13);
      biases.push(run.answer.metrics['kl-to-equilibrium'] as number);
    }
    // KL bias ∝ η²: a factor of 4 for each halving.
    expect(biases[0] / biases[1]).toBeCloseTo(4, 0);
    expect(biases[1] / biases[2]).toBeCloseTo(4, 0);
  });
});
