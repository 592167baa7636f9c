import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormOf } from '../../games/players/normal-form.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { coarseCorrelatedGap, correlatedGap, productDistribution } from '../../src/exact/deviation-gains.ts';
import { type PayoffArrays, payoffArrays } from '../../src/exact/payoff-arrays.ts';
import { openBackend } from '../../src/numerics/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import { solve } from '../../src/solve/solve.ts';
import { randomGame } from '../exact/random-game.ts';

const hedge = solverNamed('hedge');
const gaps = ['nash-conv', 'cce-gap', 'ce-gap'];

function gameOf({ actions, payoffs }: PayoffArrays): Game {
  return normalFormOf(
    payoffs.map((values) => ({ values })),
    actions,
  );
}

const pure = (count: number, action: number): number[] =>
  Array.from({ length: count }, (_, a) => (a === action ? 1 : 0));

/** What the actions of a player earn against the others' policies, summed over all joint actions. */
function payoffsAgainst({ actions, payoffs }: PayoffArrays, policies: readonly number[][], player: number): number[] {
  const count = actions[player];
  return Array.from({ length: count }, (_, action) => {
    const seated = policies.map((policy, other) => (other === player ? pure(count, action) : policy));
    return productDistribution(seated).reduce((sum, p, s) => sum + p * payoffs[player][s], 0);
  });
}

/** The joint distribution of Hedge's play, every step's product with equal weight, in plain arrays. */
function hedgePlay(
  game: PayoffArrays,
  start: readonly (readonly number[])[],
  eta: number,
  steps: number,
): Float64Array {
  const joint = new Float64Array(game.payoffs[0].length);
  let policies = start.map((policy) => [...policy]);
  for (let t = 0; t < steps; t++) {
    productDistribution(policies).forEach((p, s) => {
      joint[s] += p / steps;
    });
    const payoffs = policies.map((_, player) => payoffsAgainst(game, policies, player));
    policies = policies.map((policy, player) => {
      const weights = policy.map((p, a) => p * Math.exp(eta * payoffs[player][a]));
      const total = weights.reduce((sum, w) => sum + w, 0);
      return weights.map((w) => w / total);
    });
  }
  return joint;
}

function randomStart(trial: number, actions: readonly number[]): number[][] {
  const { uniform } = stream('start of play', trial);
  return actions.map((count) => {
    const weights = Array.from({ length: count }, () => 0.05 + uniform());
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  });
}

async function played(game: Game, options: SolveOptions, setting: object = {}, solver = hedge) {
  const { runs } = await solve(cpuBackend(), instance(game, setting), solver, { tolerance: 0, ...options });
  return runs;
}

/** Shapley's game: best replies go round for ever. */
const shapley = bimatrixGame(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ],
);

describe('the gaps of play', () => {
  it.each(Array.from({ length: 10 }, (_, trial) => trial))(
    'are those of the joint distribution of all steps, written out: random game %i',
    async (trial) => {
      const arrays = randomGame('play', trial);
      const game = gameOf(arrays);
      const span = game.payoffSpan || 1;
      const start = randomStart(trial, arrays.actions);
      const steps = 23;
      const params = { stepSize: 0.9 / span };
      const [run] = await played(game, { params, steps, metrics: gaps }, { start });
      const joint = hedgePlay(arrays, start, 0.9 / span, steps);
      const { average, last } = run.iterates;
      for (const [name, gap] of [
        ['cce-gap', coarseCorrelatedGap(arrays, joint).gap],
        ['ce-gap', correlatedGap(arrays, joint).gap],
      ] as const)
        expect(Math.abs((average?.metrics[name] as number) - gap)).toBeLessThanOrEqual(1e-13 * span);
      // Independent players gain as much by a plan as by one action.
      const product = productDistribution(last?.profile ?? []);
      const alone = correlatedGap(arrays, product).gap;
      expect(Math.abs((last?.metrics['ce-gap'] as number) - alone)).toBeLessThanOrEqual(1e-13 * span);
      expect(last?.metrics['cce-gap']).toBe(last?.metrics['ce-gap']);
    },
  );

  it('start as those of the start', async () => {
    const start = [
      [0.2, 0.3, 0.5],
      [0.6, 0.3, 0.1],
    ];
    const [run] = await played(shapley, { steps: 5, metrics: gaps }, { start });
    const { columns } = run.history;
    expect(columns['average/ce-gap'][0]).toBe(columns['last/ce-gap'][0]);
    expect(columns['average/ce-gap'][0]).toBeCloseTo(
      correlatedGap(payoffArrays(shapley), productDistribution(start)).gap,
      14,
    );
  });

  it('of a run are the same alone and in a batch, bit for bit, and so is the answer without them', async () => {
    const seeds = ['a', 'b', 'c'];
    const game = catalogueGame('polymatrix:players=3,n=4,sum=general,seed=3');
    const options = { steps: 200, metrics: gaps };
    const batch = await played(game, options, { seeds });
    for (const [k, seed] of seeds.entries()) {
      const [alone] = await played(game, options, { seeds: [seed] });
      expect(batch[k]).toEqual(alone);
      const [without] = await played(game, { steps: 200, metrics: ['nash-conv'] }, { seeds: [seed] });
      expect(without.answer.profile).toEqual(alone.answer.profile);
      expect(without.oracleCalls).toBe(alone.oracleCalls);
      expect(Object.keys(without.history.columns).filter((name) => name.endsWith('ce-gap'))).toEqual([]);
      expect(without.guarantee).toMatchObject({ status: 'unmeasured', reason: 'cce-gap was not recorded' });
    }
  });

  it('are of the game that was given, where a solver sees another in it', async () => {
    const game = catalogueGame('random:n=4,seed=1');
    const start = [0.1, 0.2, 0.3, 0.4];
    const [run] = await played(game, { steps: 1, metrics: gaps }, { start }, solverNamed('gpo'));
    // One step: what was played is the start.
    const joint = productDistribution([start, start]);
    const { gap } = coarseCorrelatedGap(payoffArrays(game), joint);
    expect(gap).toBeGreaterThan(0.01);
    expect(run.iterates.average?.metrics['cce-gap']).toBeCloseTo(gap, 14);
  });

  it('leave no tensor behind', async () => {
    const backend = cpuBackend();
    await solve(backend, instance(shapley, { seeds: [1, 2] }), hedge, { steps: 100, metrics: gaps });
    expect(backend.liveTensors()).toBe(0);
  });

  it('are left out where nobody asks: of a constant-sum game of two, and of solvers without a theorem about them', async () => {
    const names = async (game: Game, solver = hedge) => {
      const [run] = await played(game, { steps: 3 }, {}, solver);
      return Object.keys(run.history.columns).filter((name) => name.endsWith('ce-gap'));
    };
    expect(await names(catalogueGame('rps'))).toEqual([]);
    expect(await names(shapley, solverNamed('optimistic'))).toEqual([]);
    expect(await names(shapley)).toEqual(['last/cce-gap', 'average/cce-gap']);
  });

  it('are refused where they cannot be had', async () => {
    const large = catalogueGame('random:n=101,seed=1');
    await expect(played(large, { metrics: ['ce-gap'], steps: 2 })).rejects.toThrow(
      /ce-gap of play.*101 actions.*at most 100/,
    );
    await expect(played(large, { metrics: ['cce-gap'], steps: 2 })).resolves.toHaveLength(1);
    const device = await openBackend('wasm');
    const on = (metrics?: readonly string[]) =>
      solve(device, instance(shapley), hedge, { steps: 2, ...(metrics === undefined ? {} : { metrics }) });
    await expect(on(['cce-gap'])).rejects.toThrow(/gaps of play on backend wasm; expected backend cpu/);
    const { runs } = await on();
    expect(runs[0].guarantee).toMatchObject({ status: 'unmeasured', reason: 'cce-gap was not recorded' });
    expect(device.liveTensors()).toBe(0);
    await device.dispose();
  });
});

describe('play without regret', () => {
  it('of Shapley’s game stays away from equilibrium, and comes to a coarse correlated one', async () => {
    const start = [
      [0.5, 0.3, 0.2],
      [0.4, 0.35, 0.25],
    ];
    const found: number[] = [];
    for (const steps of [100, 1_000, 10_000, 100_000]) {
      const [run] = await played(shapley, { steps }, { start });
      expect(run.guarantee).toMatchObject({ status: 'within', metric: 'cce-gap', iterate: 'average' });
      expect(run.iterates.average?.metrics['nash-conv']).toBeGreaterThan(0.15);
      expect(run.iterates.last?.metrics['nash-conv']).toBeGreaterThan(0.5);
      found.push(run.iterates.average?.metrics['cce-gap'] as number);
    }
    // The step falls like 1/√T, and so does the gap.
    expect(found[3]).toBeLessThanOrEqual(0.005);
    expect(found[3]).toBeLessThan(found[2] / 2);
    expect(found[2]).toBeLessThan(found[1] / 2);
  });

  it.each(['hedge', 'regret-matching-plus'])(
    '%s keeps within its bound in random games of any players',
    async (name) => {
      for (let trial = 0; trial < 15; trial++) {
        const game = gameOf(randomGame('without regret', trial));
        const [run] = await played(game, { steps: 300 }, { seeds: [trial] }, solverNamed(name));
        const { status, metric } = run.guarantee ?? {};
        if (game.roleOf.length > 2 || game.sum === 'general') expect([status, metric]).toEqual(['within', 'cce-gap']);
        else expect([status, metric]).toEqual(['within', 'duality-gap']);
      }
    },
  );

  it('a step that changes is outside the theorem', async () => {
    const [run] = await played(shapley, { steps: 10, params: { stepSize: '1/(t+1)' } });
    expect(run.guarantee).toMatchObject({
      status: 'outside',
      metric: 'cce-gap',
      reason: 'the step size is not constant',
    });
  });
});
