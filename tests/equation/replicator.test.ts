import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { replicator } from '../../solvers/replicator.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import { solve } from '../../src/solve/solve.ts';
import { referenceGame } from '../exact/reference-arrays.ts';
import { playersGameOf, totalVariation } from '../reference.ts';
import { product, type Seats } from './plain.ts';
import { divergence, logs, randomSetting } from './random-settings.ts';

const rps = preferenceGame([
  [0.5, 1, 0],
  [0, 0.5, 1],
  [1, 0, 0.5],
]);
const uniform: Seats = [[1 / 3, 1 / 3, 1 / 3]];
const start = [0.6, 0.3, 0.1];

/** The policies after so much time, in steps of length h. */
async function policiesAt(game: Game, time: number, h: number, begin: Seats, temperature = 0): Promise<Seats> {
  const setting = { ...instance(game, { temperature }), start: logs(begin) };
  const options = { params: { stepSize: h }, steps: Math.round(time / h), tolerance: 0, average: false, metrics: [] };
  const [run] = (await solve(cpuBackend(), setting, replicator, options)).runs;
  return run.iterates.last?.profile as Seats;
}

describe('replicator dynamics', () => {
  it.each([0, 0.2])('of the fourth order at temperature %d: half the step, a sixteenth of the error', async (tau) => {
    const exact = await policiesAt(rps, 8, 1 / 128, [start], tau);
    const errors = await Promise.all(
      [1 / 2, 1 / 4, 1 / 8].map(async (h) => totalVariation(await policiesAt(rps, 8, h, [start], tau), exact)),
    );
    for (const k of [0, 1]) {
      expect(errors[k] / errors[k + 1]).toBeGreaterThan(13);
      expect(errors[k] / errors[k + 1]).toBeLessThan(19);
    }
  });

  it('keeps KL(π*‖π) in rock, paper, scissors up to the error of its steps', async () => {
    const before = divergence(uniform, [start]);
    const drift = async (h: number): Promise<number> =>
      Math.abs(divergence(uniform, await policiesAt(rps, 200, h, [start])) - before);
    const [coarse, fine] = [await drift(1 / 2), await drift(1 / 4)];
    expect(fine).toBeLessThan(1e-5);
    expect(coarse / fine).toBeGreaterThan(13);
  });

  it('the flow follows the field: a small step moves log π by h·u, normalised', async () => {
    const h = 1e-5;
    const [next] = await policiesAt(rps, h, h, [start]);
    const u = product(
      [
        [0.5, 1, 0],
        [0, 0.5, 1],
        [1, 0, 0.5],
      ],
      start,
    );
    const mean = u.reduce((sum, value, a) => sum + value * start[a], 0);
    start.forEach((p, a) => {
      expect((next[a] - p) / h).toBeCloseTo(p * (u[a] - mean), 4);
    });
  });

  it('the gap of the average is at most D/t in zero-sum games, D = Σ over players of max log 1/π₀', async () => {
    for (let trial = 0; trial < 60; trial++) {
      const { game, span, start: begin } = randomSetting('replicator', trial);
      const h = 1 / (4 * span);
      const steps = 400;
      const setting = { ...instance(game), start: logs(begin) };
      const options = { params: { stepSize: h }, steps, tolerance: 0 };
      const [run] = (await solve(cpuBackend(), setting, replicator, options)).runs;
      expect(run.iterate).toBe('average');
      const seats = game.roleOf.map((role) => Math.max(...begin[role].map((p) => -Math.log(p))));
      // Beside the D/t of the flow: the mean of the steps' ends is off the mean of the time by half a step at most.
      const bound = seats.reduce((sum, d) => sum + d, 0) / (h * steps) + (2 * span) / steps;
      expect(run.iterates.average?.metrics['duality-gap']).toBeLessThanOrEqual(bound);
    }
  });

  it('with a temperature Σ KL(π*‖π) falls at least as e^(−τt), by the last iterate', async () => {
    for (let trial = 0; trial < 20; trial++) {
      const { game, span, start: begin } = randomSetting('replicator-tau', trial);
      const tau = 0.3 * span;
      const setting = { ...instance(game, { temperature: tau }), start: logs(begin) };
      const { profile } = quantalResponse(game, tau, uniformProfile(game));
      const equilibrium = profile.map((row) => Array.from(row, Math.exp));
      const steps = 40;
      const [run] = (await solve(cpuBackend(), setting, replicator, { steps, tolerance: 0 })).runs;
      expect(run.iterate).toBe('last');
      const time = steps / (4 * (span + tau));
      const ratio = divergence(equilibrium, run.answer.profile) / divergence(equilibrium, begin);
      expect(ratio).toBeLessThanOrEqual(Math.exp(-tau * time) * (1 + 1e-6));
    }
  });

  it('three players, each its own policy: a small step is the field of the three', async () => {
    const game = playersGameOf(referenceGame('jordan_matching_pennies_3p'));
    const x = [0.6, 0.3, 0.55];
    const h = 1e-5;
    const next = await policiesAt(
      game,
      h,
      h,
      x.map((p) => [p, 1 - p]),
    );
    // The first wants to match the second, the second the third, and the third to differ from the first.
    const lead = [2 * (2 * x[1] - 1), 2 * (2 * x[2] - 1), -2 * (2 * x[0] - 1)];
    x.forEach((p, player) => {
      expect((next[player][0] - p) / h).toBeCloseTo(p * (1 - p) * lead[player], 3);
    });
  });
});
