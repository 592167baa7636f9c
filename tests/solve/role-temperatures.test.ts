import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormGame, normalFormOf } from '../../games/players/normal-form.ts';
import { solverNamed, solvers } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { evaluator } from '../../src/metrics/evaluation.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';
import { type InstanceOptions, instance } from '../../src/solve/instance.ts';
import { explicitStep, logitResponse, proximalStep, regularisedAdvantages } from '../../src/solve/mirror.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import { type Instance, placeProblem } from '../../src/solve/problem.ts';
import { regulariser } from '../../src/solve/regulariser.ts';
import { runAlone } from '../../src/solve/run-alone.ts';
import { solve } from '../../src/solve/solve.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { plays } from '../applicable.ts';
import { place } from '../place.ts';
import { totalVariation } from '../reference.ts';

const factors = [1, 0.5, 3];
const tau = 0.2;
const { normal } = stream('role temperatures', 0);
const tensors = [0, 1, 2].map(() =>
  [0, 1].map(() => [0, 1, 2].map(() => [0, 1].map(() => Math.round(100 * normal()) / 200))),
);
const three = normalFormGame(tensors);

/** Payoffs of each action of a player in plain arrays: u[player][a][b][c] against the other two. */
function payoffs(policies: readonly (readonly number[])[], player: number): number[] {
  const result = policies[player].map(() => 0);
  tensors[player].forEach((plane, a) => {
    plane.forEach((row, b) => {
      row.forEach((value, c) => {
        const joint = [a, b, c];
        result[joint[player]] += joint.reduce(
          (weight, action, p) => (p === player ? weight : weight * policies[p][action]),
          value,
        );
      });
    });
  });
  return result;
}

const normalised = (weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};
const settingOf = (more: InstanceOptions = {}): Instance => ({
  ...instance(three, { temperature: tau, roleTemperatures: factors, ...more }),
  reference: randomProfile(three, 'rho'),
});

describe('the equilibrium of players with temperatures of their own', () => {
  it('is the fixed point π_r ∝ ρ_r·exp(u_r(π)/(τ·f_r)), written out', async () => {
    const setting = settingOf();
    const rho = setting.reference.map((row) => Array.from(row, Math.exp));
    let policies = rho;
    for (let k = 0; k < 3000; k++)
      policies = policies.map((own, player) => {
        const u = payoffs(policies, player);
        const answer = normalised(u.map((value, a) => rho[player][a] * Math.exp(value / (tau * factors[player]))));
        return own.map((p, a) => 0.95 * p + 0.05 * answer[a]);
      });
    const { runs } = await solve(cpuBackend(), setting, solverNamed('newton'), {});
    expect(runs[0].result).toBe('converged');
    expect(totalVariation(runs[0].answer.profile, policies)).toBeLessThanOrEqual(1e-13);
    const common = await solve(cpuBackend(), { ...setting, roleTemperatures: [1, 1, 1] }, solverNamed('newton'), {});
    expect(totalVariation(runs[0].answer.profile, common.runs[0].answer.profile)).toBeGreaterThan(0.05);
  });

  it('with payoffs divided by them it is that of one temperature', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (seed, scales) => {
          const draw = stream('scaling', seed);
          const actions = [2, 3, 2, 2].slice(0, 2 + (seed % 3));
          const count = actions.reduce((product, own) => product * own, 1);
          const values = actions.map(() => Float64Array.from({ length: count }, draw.normal));
          const own = scales.slice(0, actions.length);
          const game = normalFormOf(
            values.map((row) => ({ values: row })),
            actions,
          );
          const divided = normalFormOf(
            values.map((row, p) => ({ values: row.map((u) => u / own[p]) })),
            actions,
          );
          // Above this the equilibrium is unique, whatever path leads to it.
          const temperature = (actions.length - 1) * Math.max(game.payoffSpan, divided.payoffSpan);
          const rho = randomProfile(game, `rho ${seed}`);
          const a = quantalResponse(game, temperature, rho, { roleTemperatures: own });
          const b = quantalResponse(divided, temperature, rho);
          const probabilities = (log: readonly Float64Array[]) => log.map((row) => row.map(Math.exp));
          expect(totalVariation(probabilities(a.profile), probabilities(b.profile))).toBeLessThanOrEqual(1e-13);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of two players with matrices, too', () => {
    const [a, b] = [
      [
        [3, 0, 1],
        [1, 2, 0],
      ],
      [
        [1, 4, 0],
        [2, 0, 3],
      ],
    ];
    const game = bimatrixGame(a, b);
    const divided = bimatrixGame(
      a.map((row) => row.map((u) => u / 0.5)),
      b.map((row) => row.map((u) => u / 3)),
    );
    const rho = uniformProfile(game);
    const own = quantalResponse(game, 1, rho, { roleTemperatures: [0.5, 3], points: 5 });
    const one = quantalResponse(divided, 1, rho);
    own.profile.forEach((row, role) => {
      row.forEach((log, k) => {
        expect(Math.abs(log - one.profile[role][k])).toBeLessThanOrEqual(1e-12);
      });
    });
    for (const { gap } of own.path) expect(gap).toBeLessThanOrEqual(1e-14);
  });
});

describe('steps of players with temperatures of their own', () => {
  const policies = randomProfile(three, 'policy').map((row) => Array.from(row));
  const eta = 0.3;

  it.each([
    ['one temperature', tau],
    ['a batch of temperatures', [0.2, 0.7]],
  ] as const)('are written out for each role: %s', (_, temperature) => {
    const taus = typeof temperature === 'number' ? [temperature] : temperature;
    const runs = taus.length;
    const setting = { ...settingOf({ temperature, runs }), runs };
    const rho = setting.reference.map((row) => Array.from(row));
    const problem = place(setting);
    const { ops } = problem;
    const centre = policies.map((row) =>
      ops.tensor(
        taus.flatMap(() => row),
        [runs, row.length],
      ),
    );
    const u = policies.map((_, player) =>
      payoffs(
        policies.map((row) => row.map(Math.exp)),
        player,
      ),
    );
    const given = u.map((row) =>
      ops.tensor(
        taus.flatMap(() => row),
        [runs, row.length],
      ),
    );
    const step = { centre, payoffs: given, stepSize: eta };
    const logNormalised = (row: readonly number[]): number[] => {
      const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
      return row.map((value) => value - total);
    };
    for (const [found, expected] of [
      [
        explicitStep(problem, step),
        (t: number, x: number, r: number, v: number) => (1 - eta * t) * x + eta * t * r + eta * v,
      ],
      [
        proximalStep(problem, step),
        (t: number, x: number, r: number, v: number) => (x + eta * t * r + eta * v) / (1 + eta * t),
      ],
      [logitResponse(problem, given), (t: number, _x: number, r: number, v: number) => r + v / t],
    ] as const)
      taus.forEach((own, run) => {
        found.forEach((tensor, role) => {
          const row = policies[role].map((x, k) => expected(own * factors[role], x, rho[role][k], u[role][k]));
          logNormalised(row).forEach((value, k) => {
            expect(Math.abs(hostValues(tensor)[run * row.length + k] - value)).toBeLessThanOrEqual(1e-14);
          });
        });
      });
    const advantages = regularisedAdvantages(problem, centre, given);
    taus.forEach((own, run) => {
      advantages.forEach((tensor, role) => {
        policies[role].forEach((x, k) => {
          const value = u[role][k] - own * factors[role] * (x - rho[role][k]);
          expect(Math.abs(hostValues(tensor)[run * policies[role].length + k] - value)).toBeLessThanOrEqual(1e-14);
        });
      });
    });
  });

  const regularised = Object.values(solvers).filter(
    (solver): solver is SolverDefinition =>
      !isDirect(solver) && solver.equilibrium === 'regularised' && plays(solver, three),
  );

  it('are those of every solver of the regularised game: at the equilibrium it rests', async () => {
    expect(regularised.length).toBeGreaterThan(10);
    const setting = settingOf();
    const { profile } = quantalResponse(three, tau, setting.reference, { roleTemperatures: factors });
    const at = profile.map((row) => Array.from(row, Math.exp));
    for (const solver of regularised) {
      // Nash-MD's schedule forgets the start in its first step.
      const forgets = (solver.choiceOf ?? solver.name) === 'nash-md';
      const { runs } = await solve(cpuBackend(), { ...setting, start: profile }, solver, {
        tolerance: 0,
        steps: forgets ? 5000 : 100,
      });
      const moved = totalVariation(runs[0].answer.profile, at);
      expect(moved, solver.name).toBeLessThanOrEqual(forgets ? 1e-3 : 1e-12);
    }
  });

  it('with another regulariser, too: the gap is held against its own best responses', async () => {
    const { runs } = await solve(cpuBackend(), settingOf(), solverNamed('rspo'), {
      params: { forward: 0.5, chiSquared: 0.2 },
      tolerance: 1e-12,
    });
    expect(runs[0].result).toBe('converged');
    const { bestResponse } = regulariser({ reverse: 1, forward: 0.5, chiSquared: 0.2 });
    const found = runs[0].answer.profile.map((row) => [...row]);
    settingOf().reference.forEach((rho, role) => {
      const { log } = bestResponse(Float64Array.from(payoffs(found, role)), rho, tau * factors[role]);
      log.forEach((value, k) => {
        expect(Math.abs(Math.exp(value) - found[role][k])).toBeLessThanOrEqual(1e-5);
      });
    });
  });

  it('factors of 1 change no bit', async () => {
    for (const name of ['mirror-descent', 'extragradient', 'nash-md', 'online-ipo-2', 'newton']) {
      const [with1, without] = await Promise.all(
        [{ roleTemperatures: [1, 1, 1] }, {}].map((more) =>
          solve(cpuBackend(), instance(three, { temperature: tau, ...more }), solverNamed(name), { steps: 200 }),
        ),
      );
      expect(with1.runs).toEqual(without.runs);
    }
  });

  it('equal factors are another temperature, for iterative and for direct methods', async () => {
    const preference = catalogueGame('bradley-terry:n=5');
    for (const [name, game, roleTemperatures] of [
      ['mirror-descent', three, [3, 3, 3]],
      ['rlhf', preference, [3]],
      ['srpo', preference, [3]],
      ['newton', preference, [3]],
    ] as const) {
      const params = name === 'mirror-descent' ? { stepSize: 0.3 } : {};
      const options = { params, steps: 50, tolerance: 0 };
      const factored = await solve(
        cpuBackend(),
        instance(game, { temperature: tau, roleTemperatures }),
        solverNamed(name),
        options,
      );
      const raised = await solve(cpuBackend(), instance(game, { temperature: 3 * tau }), solverNamed(name), options);
      expect(totalVariation(factored.runs[0].answer.profile, raised.runs[0].answer.profile), name).toBeLessThanOrEqual(
        1e-14,
      );
      expect(factored.runs[0].answer.metrics['regularized-gap']).toBeCloseTo(
        raised.runs[0].answer.metrics['regularized-gap'] as number,
        13,
      );
    }
  });
});

/** A metric of a profile of probabilities. */
function measured(setting: Instance, profile: readonly (readonly number[])[], name: string): number {
  const backend = cpuBackend();
  const value = new Float64Array(1);
  backend.scope(() => {
    const log = profile.map((row) => backend.ops.tensor(row.map(Math.log), [1, row.length]));
    metrics[name].evaluate(evaluator(setting, placeProblem(backend.ops, setting, 1))(log).evaluation, value);
  });
  return value[0];
}

describe('the regularised gap', () => {
  const kl = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, x, a) => sum + x * Math.log(x / q[a]), 0);

  it('is Σ over players of τ_r·KL(π_r‖BR_r), and as much as they gain by their best regularised deviations', () => {
    const setting = settingOf();
    const rho = setting.reference.map((row) => Array.from(row, Math.exp));
    const policies = randomProfile(three, 'policy').map((row) => Array.from(row, Math.exp));
    let gap = 0;
    let gain = 0;
    policies.forEach((policy, player) => {
      const own = tau * factors[player];
      const u = payoffs(policies, player);
      const response = normalised(u.map((value, a) => rho[player][a] * Math.exp(value / own)));
      const worth = (p: readonly number[]): number =>
        p.reduce((sum, x, a) => sum + x * u[a], 0) - own * kl(p, rho[player]);
      gap += own * kl(policy, response);
      gain += worth(response) - worth(policy);
    });
    expect(measured(setting, policies, 'regularized-gap')).toBeCloseTo(gap, 13);
    expect(gain).toBeCloseTo(gap, 13);
  });

  it('counts every seat: 2τ·KL of a preference game, n·τ·KL of n players who share a policy', () => {
    for (const [text, seats] of [
      ['random:n=4,seed=2', 2],
      ['plackett-luce:players=5,n=4', 5],
    ] as const) {
      const game = catalogueGame(text);
      const setting = instance(game, { temperature: tau, roleTemperatures: [0.7] });
      const [policy] = randomProfile(game, 'p').map((row) => Array.from(row, Math.exp));
      const problem = place(setting);
      const [u] = problem.payoffVectors([problem.ops.tensor(policy, [1, 4])]);
      const response = normalised(Array.from(hostValues(u), (value) => Math.exp(value / (0.7 * tau))));
      expect(measured(setting, [policy], 'regularized-gap')).toBeCloseTo(seats * 0.7 * tau * kl(policy, response), 13);
    }
  });
});

describe('theorems and refusals', () => {
  it('no theorem of one temperature is claimed', async () => {
    const game: Game = bimatrixGame(
      [
        [1, -1],
        [-1, 2],
      ],
      [
        [-1, 1],
        [1, -2],
      ],
    );
    const setting = instance(game, { temperature: tau, roleTemperatures: [1, 0.5] });
    for (const name of ['extragradient', 'mirror-descent', 'nash-md', 'rspo', 'inpo']) {
      const { runs } = await solve(cpuBackend(), setting, solverNamed(name), { steps: 20 });
      expect(runs[0].guarantee, name).toMatchObject({ status: 'outside', reason: expect.stringContaining('1, 0.5') });
    }
    const { runs } = await solve(cpuBackend(), setting, solverNamed('newton'), {});
    expect(runs[0].guarantee).toMatchObject({ status: 'within', metric: 'nash-conv' });
  });

  it('the bound on the bias holds at the highest temperature of a player', async () => {
    const bounds: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const { normal: draw } = stream('bias', seed);
      const values = [0, 1, 2].map(() => ({ values: Float64Array.from({ length: 8 }, draw) }));
      const game = normalFormOf(values, [2, 2, 2]);
      const setting = instance(game, { temperature: 0.1, roleTemperatures: [1, 2, 4] });
      const { runs } = await solve(cpuBackend(), setting, solverNamed('newton'), { params: { points: 0 } });
      const { status, measured: gap, bound } = runs[0].guarantee ?? {};
      expect(status).toBe('within');
      expect(bound).toBeCloseTo(0.1 * 4 * 3 * Math.log(2), 14);
      bounds.push((gap as number) / (bound as number));
    }
    expect(Math.max(...bounds)).toBeGreaterThan(0.1);
    expect(Math.max(...bounds)).toBeLessThan(1);
  });

  it.each([
    [[1, 2], 0.1, /2 role temperatures.*3, one per role/],
    [[1, 0, 2], 0.1, /role temperature 0, at role 1/],
    [[1, Number.NaN, 2], 0.1, /role temperature NaN/],
    [[1, 0.5, 2], 0, /at temperature 0/],
  ] as const)('%j at τ = %f are refused', async (roleTemperatures, temperature, words) => {
    const setting = instance(three, { temperature, roleTemperatures });
    await expect(
      solve(cpuBackend(), setting, solverNamed('mirror-descent'), { params: { stepSize: 0.1 } }),
    ).rejects.toThrow(expect.objectContaining({ code: 'bad-parameter', message: expect.stringMatching(words) }));
  });

  it('a run on its own keeps them', () => {
    expect(runAlone(settingOf(), 0).roleTemperatures).toEqual(factors);
  });
});
