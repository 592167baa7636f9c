import { expect, it } from 'vitest';
import { heterogeneousGame } from '../../games/players/heterogeneous.ts';
import { preferenceGame } from '../../games/preference.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const judges = [
  [
    [0.5, 0.9, 0.2],
    [0.1, 0.5, 0.7],
    [0.8, 0.3, 0.5],
  ],
  [
    [0.5, 0.4, 1],
    [0.6, 0.5, 0.1],
    [0, 0.9, 0.5],
  ],
  [
    [0.5, 0.5, 0.5],
    [0.5, 0.5, 0.25],
    [0.5, 0.75, 0.5],
  ],
];
const policies = [
  [0.2, 0.3, 0.5],
  [0.6, 0.3, 0.1],
  [0.1, 0.8, 0.1],
];
const rho = [0.3, 0.3, 0.4];

/** max_π′ J(π′) − J(π) of a player, as two values: τ·log Σ ρ·exp(u/τ) is the first of them. */
function gain(player: number, tau: number): number {
  const others = policies.filter((_, k) => k !== player);
  const u = judges[player].map((row) => row.reduce((sum, p, b) => sum + (p * (others[0][b] + others[1][b])) / 2, 0));
  const own = policies[player].reduce((sum, p, a) => sum + p * (u[a] - tau * Math.log(p / rho[a])), 0);
  const best =
    tau === 0 ? Math.max(...u) : tau * Math.log(u.reduce((sum, value, a) => sum + rho[a] * Math.exp(value / tau), 0));
  return best - own;
}

it.each([0, 0.2])('the multiplayer gap at τ = %d is what the player gains who gains most', async (tau) => {
  const game = heterogeneousGame(judges.map((matrix) => preferenceGame(matrix)));
  const setting = instance(game, { temperature: tau, reference: [rho, rho, rho], start: policies });
  const { runs } = await solve(cpuBackend(), setting, solvers[tau === 0 ? 'hedge' : 'mirror-descent'], {
    steps: 1,
    tolerance: 0,
    params: { stepSize: 0.1 },
  });
  const gains = judges.map((_, player) => gain(player, tau));
  const [measured] = runs[0].history.columns['last/multiplayer-gap'];
  expect(Math.abs(measured - Math.max(...gains))).toBeLessThan(1e-15);
  const [total] = runs[0].history.columns[tau === 0 ? 'last/nash-conv' : 'last/regularized-gap'];
  expect(Math.abs(total - gains.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-15);
});

it('is not measured for two players, where it would be half of the gap', () => {
  const two = preferenceGame(judges[0]);
  expect(metrics['multiplayer-gap'].applies(two, { regularised: true, equilibriumKnown: false })).toBe(false);
});
