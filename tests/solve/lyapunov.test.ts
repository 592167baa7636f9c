import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { type LyapunovOptions, lyapunov } from '../../src/dynamics/lyapunov.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { type InstanceOptions, instance } from '../../src/solve/instance.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';

const rps = catalogueGame('rps');
/** Turning rate of rock, paper, scissors about its centre: eigenvalues ±i√3/6 of P·diag(1/3). */
const omega = Math.sqrt(3) / 6;

async function exponents(solver: string, game: Game, setting: InstanceOptions, options: LyapunovOptions) {
  const backend = cpuBackend();
  const [found] = await lyapunov(backend, instance(game, setting), solverNamed(solver) as SolverDefinition, options);
  expect(backend.liveTensors()).toBe(0);
  return found;
}

type Complex = readonly [number, number];
const modulus = ([re, im]: Complex): number => Math.hypot(re, im);

/** Both roots of z² = bz + c. */
function roots([br, bi]: Complex, [cr, ci]: Complex): Complex[] {
  const [dr, di] = [br * br - bi * bi + 4 * cr, 2 * br * bi + 4 * ci];
  const size = Math.sqrt(Math.hypot(dr, di));
  const half = Math.atan2(di, dr) / 2;
  const [rr, ri] = [size * Math.cos(half), size * Math.sin(half)];
  return [
    [(br + rr) / 2, (bi + ri) / 2],
    [(br - rr) / 2, (bi - ri) / 2],
  ];
}

const start = [0.36, 0.34, 0.3];

describe('Lyapunov exponents of a solver', () => {
  it('mirror descent at a regularised equilibrium: log |1 − ητ + iηω|, twice, and a constant is forgotten', async () => {
    const [eta, tau] = [0.3, 0.2];
    const found = await exponents(
      'mirror-descent',
      rps,
      { temperature: tau, start },
      { params: { stepSize: eta }, steps: 800, exponents: 3 },
    );
    const expected = Math.log(Math.hypot(1 - eta * tau, eta * omega));
    expect(found.perStep[0]).toBeCloseTo(expected, 7);
    expect(found.perStep[1]).toBeCloseTo(expected, 7);
    expect(found.perStep[2]).toBe(Number.NEGATIVE_INFINITY);
    expect(found.perTime?.[0]).toBeCloseTo(expected / eta, 6);
    expect(Math.abs(found.perStep[0] - expected)).toBeLessThanOrEqual(found.error[0]);
  });

  it('mirror descent in a 3 × 2 game: logarithms of the eigenvalues of the step, linearised by ml-matrix', async () => {
    const a = [
      [1, -2],
      [-1, 3],
      [0.5, 0.2],
    ];
    const [eta, tau] = [0.15, 0.5];
    const game = zeroSumGame(a);
    const { profile } = quantalResponse(game, tau, uniformProfile(game));
    const at = profile.flatMap((row) => [...row]);
    const step = (log: readonly number[]): number[] => {
      const [x, y] = [log.slice(0, 3).map(Math.exp), log.slice(3).map(Math.exp)];
      const u = a.map((row) => row[0] * y[0] + row[1] * y[1]);
      const v = [0, 1].map((j) => -a.reduce((sum, row, i) => sum + row[j] * x[i], 0));
      const next = [...u, ...v].map((payoff, i) => (1 - eta * tau) * log[i] + eta * payoff);
      const constant = (part: number[]): number => Math.log(part.reduce((sum, value) => sum + Math.exp(value), 0));
      const [c, d] = [constant(next.slice(0, 3)), constant(next.slice(3))];
      return next.map((value, i) => value - (i < 3 ? c : d));
    };
    const jacobian = new Matrix(5, 5);
    at.forEach((_, j) => {
      const shifted = (by: number): number[] => step(at.map((value, i) => (i === j ? value + by : value)));
      const [up, down] = [shifted(1e-5), shifted(-1e-5)];
      up.forEach((value, i) => {
        jacobian.set(i, j, (value - down[i]) / 2e-5);
      });
    });
    const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(jacobian);
    const expected = re.map((value, k) => Math.log(Math.hypot(value, im[k]))).sort((p, q) => q - p);
    const found = await exponents(
      'mirror-descent',
      game,
      { temperature: tau },
      { params: { stepSize: eta }, steps: 4000, exponents: 3 },
    );
    found.perStep.forEach((value, k) => {
      expect(Math.abs(value - expected[k])).toBeLessThan(5e-4);
    });
  });

  it('multiplicative weights near the centre: ½·log(1 + η²ω²), outward', async () => {
    const eta = 0.1;
    const near = [1 / 3 + 1e-7, 1 / 3 - 1e-7, 1 / 3];
    const found = await exponents('hedge', rps, { start: near }, { params: { stepSize: eta }, steps: 400 });
    expect(found.perStep[0]).toBeCloseTo(Math.log1p((eta * omega) ** 2) / 2, 8);
    expect(found.perStep[0]).toBeGreaterThan(0);
  });

  it('optimism remembers two policies: the larger root of z² = (1 + 2iηω)z − iηω', async () => {
    const eta = 0.5;
    const found = await exponents('optimistic', rps, { start }, { params: { stepSize: eta }, steps: 3000 });
    const expected = Math.max(...roots([1, 2 * eta * omega], [0, -eta * omega]).map((z) => Math.log(modulus(z))));
    expect(expected).toBeLessThan(0);
    expect(found.perStep[0]).toBeCloseTo(expected, 5);
  });

  it('a magnet that never moves is no direction of the dynamics', async () => {
    const params = { stepSize: 0.3, magnetTemperature: 0.2 };
    const found = await exponents('mmd-annealed', rps, { start }, { params, steps: 800 });
    // The proximal step: (1 + iγω)/(1 + γα).
    expect(found.perStep[0]).toBeCloseTo(Math.log(Math.hypot(1, 0.3 * omega) / 1.06), 6);
  });

  it('replicator in rock, paper, scissors: no exponent but 0', async () => {
    const found = await exponents('replicator', rps, { start: [0.6, 0.3, 0.1] }, { steps: 8000, exponents: 2 });
    for (const value of found.perStep) expect(Math.abs(value)).toBeLessThan(4 * found.error[0]);
  });

  it('replicator in the perturbed game of Sato, Akiyama and Farmer: Hamiltonian chaos for ε = ½, none for ε = 0', async () => {
    const square = (e: number): number[][] => [
      [e, -1, 1],
      [1, e, -1],
      [-1, 1, e],
    ];
    const largest = async (e: number) => {
      const column = square(-e)[0].map((_, j) => square(-e).map((row) => row[j]));
      const game = bimatrixGame(square(e), column);
      const setting = {
        start: [
          [0.5, 0.01, 0.49],
          [0.5, 0.25, 0.25],
        ],
      };
      return exponents('replicator', game, setting, { params: { stepSize: 0.15 }, steps: 12_000, exponents: 4 });
    };
    const chaos = await largest(0.5);
    expect(chaos.perStep[0]).toBeGreaterThan(5 * chaos.error[0]);
    // A conservative flow of four dimensions: exponents come in pairs of opposite sign, one of them 0 along the flow.
    expect(Math.abs(chaos.perStep[0] + chaos.perStep[3])).toBeLessThan(chaos.error[0]);
    for (const k of [1, 2]) expect(Math.abs(chaos.perStep[k])).toBeLessThan(0.05 * chaos.perStep[0]);
    const calm = await largest(0);
    expect(calm.perStep[0]).toBeLessThan(0.05 * chaos.perStep[0]);
  });

  it('one result per run, each as alone; misuse is refused', async () => {
    const definition = solverNamed('mirror-descent') as SolverDefinition;
    const setting = instance(rps, { temperature: [0.1, 0.4], seeds: [1, 2] });
    const both = await lyapunov(cpuBackend(), setting, definition, { steps: 60 });
    expect(both).toHaveLength(2);
    const alone = await lyapunov(cpuBackend(), instance(rps, { temperature: 0.4, seeds: [2] }), definition, {
      steps: 60,
    });
    expect(both[1]).toEqual(alone[0]);
    const tried = (options: LyapunovOptions) => lyapunov(cpuBackend(), setting, definition, options);
    await expect(tried({ steps: 1 })).rejects.toThrow('steps 1; expected a whole number of at least 2');
    await expect(tried({ steps: 10, from: 10 })).rejects.toThrow('from 10; expected a whole number from 1 to 9');
    await expect(tried({ exponents: 0 })).rejects.toThrow('exponents 0');
    const device = { ...cpuBackend(), host: undefined, info: { ...cpuBackend().info, name: 'wasm', dtype: 'float32' } };
    await expect(lyapunov(device as never, setting, definition)).rejects.toThrow('on backend wasm, float32');
  });
});
