import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { totalVariation } from '../reference.ts';
import { normalise, type Policy, type Seats } from './plain.ts';
import { logs, type RandomSetting, randomSetting, reached, settled } from './random-settings.ts';
import { schedule, settings, steps, tau } from './written.ts';

type Weights = Readonly<Record<'reverse' | 'forward' | 'chiSquared', number>>;

const cases: Readonly<Record<string, Weights>> = {
  'reverse KL': { reverse: 1, forward: 0, chiSquared: 0 },
  'forward KL': { reverse: 0, forward: 1, chiSquared: 0 },
  'χ²': { reverse: 0, forward: 0, chiSquared: 1 },
  'a mixture': { reverse: 0.3, forward: 0.8, chiSquared: 0.5 },
};

/** x with increasing(x) = target, by bisection of log x. */
function inverse(increasing: (x: number) => number, target: number): number {
  let [low, high] = [-700, 700];
  for (let k = 0; k < 120; k++) {
    const middle = (low + high) / 2;
    if (increasing(Math.exp(middle)) > target) high = middle;
    else low = middle;
  }
  return Math.exp(low);
}

/** argmax ⟨π, u⟩ − τR(π, ρ) by nothing but bisection, over the multiplier and over each coordinate. */
function bestResponse({ reverse, forward, chiSquared }: Weights, u: Policy, rho: Policy, tau: number): number[] {
  const slope = (x: number): number => reverse * Math.log(x) + forward * (1 - 1 / x) + 2 * chiSquared * (x - 1);
  const at = (lambda: number): number[] => u.map((value, a) => rho[a] * inverse(slope, (value - lambda) / tau));
  let [low, high] = [Math.min(...u), Math.max(...u)];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((sum, p) => sum + p, 0) > 1) low = middle;
    else high = middle;
  }
  return normalise(at((low + high) / 2));
}

/** What the seats gain in all by best responses, as differences of values. */
function gapByBisection(weights: Weights, { payoff, rho, tau }: RandomSetting, x: Seats): number {
  const u = payoff(x);
  const value = (row: Policy, seat: number): number =>
    row.reduce((sum, p, a) => {
      const q = rho[seat][a];
      const reverse = weights.reverse > 0 && p > 0 ? weights.reverse * p * Math.log(p / q) : 0;
      const forward = weights.forward > 0 ? weights.forward * q * Math.log(q / p) : 0;
      return sum + p * u[seat][a] - tau * (reverse + forward + (weights.chiSquared * (p - q) ** 2) / q);
    }, 0);
  return x.reduce(
    (sum, row, seat) => sum + value(bestResponse(weights, u[seat], rho[seat], tau), seat) - value(row, seat),
    0,
  );
}

describe('regularised self-play', () => {
  it.each(settings)('with reverse KL alone is mirror descent, bit for bit, on $name', (setting) => {
    for (let t = 1; t <= steps; t++) {
      const policies = (name: string): Seats => reached(name, { ...setting, tau }, { stepSize: schedule }, t);
      expect(policies('rspo')).toEqual(policies('mirror-descent'));
    }
  });

  it.each(Object.entries(cases))(
    'with %s settles where an independent best response gains at most 1e-10',
    async (_, weights) => {
      for (let trial = 0; trial < 6; trial++) {
        const setting = randomSetting('rspo', trial, 0.2);
        const params = { ...weights, stepSize: '0.2/(span^2/tau+span+tau)' };
        const found = await settled('rspo', setting, params, 20_000);
        expect(Math.abs(gapByBisection(weights, setting, found))).toBeLessThanOrEqual(1e-10 * setting.span);
      }
    },
  );

  it.each(Object.entries(cases))(
    'with %s is measured by what its own best responses gain, over all seats',
    async (_, weights) => {
      for (let trial = 0; trial < 6; trial++) {
        const setting = randomSetting('rspo gap', trial, 0.2);
        const { game, rho, start, tau: temperature, span } = setting;
        const given = { game, runs: 1, temperature, reference: logs(rho), start: logs(start) };
        const options = { params: { ...weights, stepSize: 1e-12 }, steps: 1, tolerance: 0 };
        const { answer } = (await solve(cpuBackend(), given, solvers.rspo, options)).runs[0];
        const seats = game.roleOf.length / game.actions.length;
        const expected = seats * gapByBisection(weights, setting, answer.profile);
        const measured = answer.metrics['regularized-gap'] as number;
        expect(expected).toBeGreaterThan(1e-3 * span);
        expect(Math.abs(measured / expected - 1)).toBeLessThanOrEqual(1e-9);
      }
    },
  );

  it('has another equilibrium for each regulariser: 0.09 to 0.26 apart on a random game', async () => {
    const game = catalogueGame('random:n=6,seed=2');
    const answers = await Promise.all(
      ['reverse KL', 'forward KL', 'χ²'].map(async (name) => {
        const options = { params: cases[name], tolerance: 1e-12 };
        const { runs } = await solve(cpuBackend(), instance(game, { temperature: 0.1 }), solvers.rspo, options);
        expect(runs[0].result).toBe('converged');
        expect(runs[0].regulariser).toBe(name === 'reverse KL' ? undefined : name);
        expect('kl-to-equilibrium' in runs[0].answer.metrics).toBe(name === 'reverse KL');
        return runs[0].answer.profile;
      }),
    );
    const apart = answers.map((answer, k) => totalVariation(answer, answers[(k + 1) % 3]));
    expect(Math.min(...apart)).toBeGreaterThan(0.09);
    expect(Math.max(...apart)).toBeLessThan(0.26);
  });

  it('gives every run of a batch what it gives it alone, each with its own temperature and reference', async () => {
    const game = catalogueGame('random:n=6,seed=2');
    const temperatures = [0.1, 0.4];
    const references = [1, 2].map((seed) => normalise([1, 2, 3, 4, 5, 6].map((weight) => weight ** (seed - 1))));
    const start = logs([references.flat()]);
    const options = { params: cases['a mixture'], tolerance: 1e-9 };
    const batch = await solve(
      cpuBackend(),
      { game, runs: 2, temperature: temperatures, reference: start, start },
      solvers.rspo,
      options,
    );
    for (const [run, temperature] of temperatures.entries()) {
      const reference = logs([references[run]]);
      const own = { game, runs: 1, temperature, reference, start: reference };
      const alone = (await solve(cpuBackend(), own, solvers.rspo, options)).runs[0];
      expect(batch.runs[run].result).toBe('converged');
      expect(batch.runs[run].steps).toBe(alone.steps);
      expect(batch.runs[run].regulariser).toBe('0.3·reverse KL + 0.8·forward KL + 0.5·χ²');
      expect(totalVariation(batch.runs[run].answer.profile, alone.answer.profile)).toBeLessThanOrEqual(1e-14);
      const gaps = [batch.runs[run], alone].map(({ answer }) => answer.metrics['regularized-gap'] as number);
      expect(gaps[0] / gaps[1]).toBeCloseTo(1, 6);
    }
  });

  it('takes a default step that contracts where one for the curvature of R at the reference would not', async () => {
    // Rock, paper and scissors, and 27 actions that lose to each of them: ρ/π is a tenth where the game cycles.
    const beats = (i: number, j: number): number => (i === j ? 0.5 : (i - j + 3) % 3 === 1 ? 1 : 0);
    const wins = (i: number, j: number): number => (i < 3 && j < 3 ? beats(i, j) : i < 3 ? 1 : j < 3 ? 0 : 0.5);
    const game = preferenceGame(Array.from({ length: 30 }, (_, i) => Array.from({ length: 30 }, (_, j) => wins(i, j))));
    const uniform = game.actions.map((count) => Array.from({ length: count }, () => 1 / count));
    const forward = { tau: 0.02, game, rho: uniform };
    const common = { ...cases['forward KL'], stepSize: 0.07 };
    // The three stay equal from an equal start, so that nothing cycles on the way.
    const [equilibrium] = await settled('rspo', { ...forward, start: uniform }, common, 3_000);
    const start = [normalise(equilibrium.map((p, a) => (a === 0 ? p * 1.01 : p)))];
    const away = async (params: Record<string, number>): Promise<number> => {
      const after = await settled('rspo', { ...forward, start }, { ...cases['forward KL'], ...params }, 20_000);
      return totalVariation(after, [equilibrium]) / totalVariation(start, [equilibrium]);
    };
    const curvatureAtReference = 1 / (1 / (4 * forward.tau) + forward.tau + 1);
    expect(await away({})).toBeLessThan(0.99);
    expect(await away({ stepSize: curvatureAtReference })).toBeGreaterThan(2);
  });
});

describe('the released loss of RSPO with reverse KL', () => {
  const [{ game, payoff, rho, start }] = settings;
  const [eta, lambda] = [2, 1];
  const beta = (2 * lambda) / eta;
  const m = (2 * lambda) / (1 + 2 * lambda);
  const log = (row: Policy): number[] => row.map(Math.log);

  /** Both answers drawn from π_t: SPPO's squares, halved, and λ times the squared log-ratios, of log-probabilities θ. */
  function loss(theta: Policy, current: Policy): number {
    const [wins] = payoff([current]);
    const sppo = (y: number): number => (theta[y] - Math.log(current[y]) - eta * (wins[y] - 0.5)) ** 2;
    const towards = (y: number): number => (theta[y] - Math.log(rho[0][y])) ** 2;
    const pair = (w: number, l: number): number => (sppo(w) + sppo(l)) / 2 + lambda * (towards(w) + towards(l));
    return current.reduce((sum, p, w) => sum + current.reduce((inner, q, l) => inner + p * q * pair(w, l), 0), 0);
  }

  const closedForm = (current: Policy): number[] => {
    const [wins] = payoff([current]);
    return log(current).map((theta, y) => (1 - m) * (theta + eta * (wins[y] - 0.5)) + m * Math.log(rho[0][y]));
  };
  const policyOf = (theta: Policy): number[] => normalise(theta.map(Math.exp));

  it('is least, over θ without normalisation, at (1 − m)(θ_t + η(Pπ_t − ½)) + m·log ρ, m = 2λ/(1 + 2λ)', () => {
    const theta = closedForm(start[0]);
    const least = theta.map((value, y) => {
      // The vertex of the parabola through three points, which the loss is in each coordinate.
      const at = (by: number): number =>
        loss(
          theta.map((entry, k) => (k === y ? 0.3 + by : entry)),
          start[0],
        );
      const [before, here, after] = [at(-1), at(0), at(1)];
      expect(value).not.toBeCloseTo(0.3, 2);
      return 0.3 - (after - before) / (2 * (after - 2 * here + before));
    });
    least.forEach((value, y) => {
      expect(value).toBeCloseTo(theta[y], 12);
    });
  });

  it('is the step η/(1 + 2λ) of the solver at τ = 2λ/η, and comes to rest at the equilibrium of that τ', () => {
    const setting = { game, rho, start, tau: beta };
    let current: Policy = start[0];
    for (let t = 1; t <= 4; t++) {
      current = policyOf(closedForm(current));
      const [found] = reached('rspo', setting, { stepSize: eta / (1 + 2 * lambda) }, t);
      found.forEach((p, y) => {
        expect(p).toBeCloseTo(current[y], 14);
      });
    }
    for (let t = 0; t < 500; t++) current = policyOf(closedForm(current));
    const { profile } = quantalResponse(game, beta, logs(rho));
    expect(totalVariation([current], [Array.from(profile[0], Math.exp)])).toBeLessThanOrEqual(1e-14);
  });
});
