import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import { mirrorProx } from '../../solvers/mirror-prox.ts';
import { newton } from '../../solvers/newton.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

/** By temperature, to eight digits; examples/nfg/perturbed_rps.py of github.com/ssokota/mmd at commit 62bc8a2. */
const published: readonly (readonly [number, readonly number[]])[] = [
  [0.05, [0.1517447, 0.46794775, 0.38030755]],
  [0.1, [0.17347803, 0.48630324, 0.34021873]],
  [0.2, [0.22364492, 0.47798817, 0.29836691]],
  [0.5, [0.29813319, 0.41382045, 0.28804635]],
];

const payoffs = [
  [0, -3, 3],
  [3, 0, -1],
  [-3, 1, 0],
];
const game = preferenceGame(
  payoffs.map((row) => row.map((u) => (u + 3) / 6)),
  { name: 'perturbed-rps' },
);

describe('the quantal response equilibria of perturbed rock, paper, scissors as published (D.20)', () => {
  it.each(published)(
    'τ = %s: newton agrees with all eight digits, and the linear solvers within 1e-8',
    async (temperature, policy) => {
      const setting = instance(game, { temperature });
      for (const [solver, digits] of [
        [newton, 5.5e-9],
        [mirrorDescent, 1e-8],
        [extragradient, 1e-8],
        [mirrorProx, 1e-8],
      ] as const) {
        const { runs } = await solve(cpuBackend(), setting, solver, { tolerance: 1e-24 });
        const [found] = runs[0].answer.profile;
        const off = Math.max(...policy.map((p, a) => Math.abs(p - found[a])));
        expect(off, solver.name).toBeLessThanOrEqual(digits);
      }
    },
  );
});
