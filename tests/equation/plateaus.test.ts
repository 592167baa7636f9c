import { describe, expect, it } from 'vitest';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import { nashMd } from '../../solvers/nash-md.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { type Guarantee, type ProblemFacts, problemFacts } from '../../src/solve/guarantee.ts';
import { solve } from '../../src/solve/solve.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';
import { divergence, logs, type RandomSetting, randomSetting, reached } from './random-settings.ts';

/** Bounds of constant and decaying steps: they hold, and they are not idle. */

const trials = 240;

interface Claim {
  readonly solver: SolverDefinition;
  readonly guarantee: Guarantee<never>;
  readonly params: (s: RandomSetting) => Readonly<Record<string, number | string>>;
}

/** ητ in (0, 1], more often small; one game in ten has ητ = 1. */
const product = ({ draw }: RandomSetting): number => (draw.integer(10) === 0 ? 1 : draw.uniform() ** 2);

const claims: Readonly<Record<string, Claim>> = {
  'Nash-MD, constant step': {
    solver: nashMd,
    guarantee: nashMd.guarantees[1],
    params: (s) => ({ stepSize: product(s) / s.tau }),
  },
  'Nash-MD, decaying step': {
    solver: nashMd,
    guarantee: nashMd.guarantees[0],
    params: () => ({ stepSize: '2/(tau*(t+2))' }),
  },
  'mirror descent, constant step': {
    solver: mirrorDescent as never,
    guarantee: mirrorDescent.guarantees[4] as never,
    params: (s) => ({ form: 'explicit', stepSize: product(s) / s.tau }),
  },
  'mirror descent, constant proximal step': {
    solver: mirrorDescent as never,
    guarantee: mirrorDescent.guarantees[4] as never,
    params: (s) => ({ form: 'proximal', stepSize: (10 * product(s)) / s.tau }),
  },
};

const factsOf = ({ game, tau, rho, start }: RandomSetting, initial: number): ProblemFacts =>
  problemFacts({ game, runs: 1, temperature: tau, reference: logs(rho), start: logs(start) }, 0, 300, initial);

/** Starts at the reference, at random, and far away. */
function startOf({ rho, start }: RandomSetting, trial: number) {
  if (trial % 3 === 0) return logs(rho);
  return logs(start).map((row) => (trial % 3 === 1 ? row : row.map((value) => 8 * value)));
}

/** Measured KL and bound after each recorded step; and the part of the bound that is left without the start. */
async function recorded({ solver, guarantee, params }: Claim, trial: number) {
  const s = randomSetting('plateaus', trial, 0.005);
  const given = params(s);
  const setting = { game: s.game, runs: 1, temperature: s.tau, reference: logs(s.rho), start: startOf(s, trial) };
  const options = { params: given, steps: 300, tolerance: 0, average: false, metrics: ['kl-to-equilibrium'] };
  const { runs } = await solve(cpuBackend(), setting, solver, options);
  const { step, columns } = runs[0].history;
  const measured = columns['last/kl-to-equilibrium'];
  const facts = problemFacts(setting, 0, 300, measured[0]);
  const boundOf = (at: ProblemFacts, t: number): number => guarantee.bound(t, given as never, at);
  const premise = guarantee.premises(given as never, facts);
  return step.map((t, k) => ({
    t,
    premise,
    measured: measured[k],
    bound: boundOf(facts, t),
    plateau: boundOf({ ...facts, initialDivergence: 0 }, t),
  }));
}

describe.each(Object.entries(claims))('%s', (_, claim) => {
  it(`stays below its bound on ${trials} random games, and comes within a factor of fifty of its plateau`, async () => {
    const broken: object[] = [];
    let closest = 0;
    for (let trial = 0; trial < trials; trial++)
      for (const { t, premise, measured, bound, plateau } of await recorded(claim, trial)) {
        if (premise !== true || !(measured <= bound * (1 + 1e-9) + 1e-12))
          broken.push({ trial, t, premise, measured, bound });
        if (bound - plateau <= 0.01 * plateau) closest = Math.max(closest, measured / plateau);
      }
    expect(broken).toEqual([]);
    expect(closest).toBeGreaterThan(0.02);
  });
});

describe('mirror descent with a constant step below 4τ/s²', () => {
  const [, , , guarantee] = mirrorDescent.guarantees;

  it('comes closer by 1 − ητ + η²s²/4 or more in every step; the last term is not idle', () => {
    const broken: object[] = [];
    let most = 0;
    for (let trial = 0; trial < 4 * trials; trial++) {
      const s = randomSetting('contraction', trial, 0.05);
      const equilibrium = quantalResponse(s.game, s.tau, logs(s.rho)).profile.map((row) => Array.from(row, Math.exp));
      const initial = divergence(equilibrium, s.start);
      const largest = Math.min(1 / s.tau, (4 * s.tau) / s.span ** 2);
      const stepSize = largest * (trial % 4 === 0 ? 1 - 1e-9 : s.draw.uniform());
      const params = { form: 'explicit' as const, stepSize };
      const facts = factsOf(s, initial);
      for (const steps of [1, 3]) {
        const premise = guarantee.premises(params, facts);
        const bound = guarantee.bound(steps, params, facts);
        const measured = divergence(equilibrium, reached('mirror-descent', s, params, steps));
        if (premise !== true || !(measured <= bound * (1 + 1e-9) + 1e-13))
          broken.push({ trial, premise, measured, bound });
        if (steps === 1 && initial > 1e-6) {
          const rest = measured - (1 - stepSize * s.tau) * initial;
          most = Math.max(most, rest / ((stepSize * s.span) ** 2 / 4) / initial);
        }
      }
    }
    expect(broken).toEqual([]);
    expect(most).toBeGreaterThan(0.1);
  });
});

describe('premises and reasons', () => {
  const setting = randomSetting('premises', 1);
  const { tau, span } = setting;
  const facts = factsOf(setting, 1);
  const [decaying, constant] = nashMd.guarantees;

  it('Nash-MD: a constant step beyond 1/τ, another schedule and a general-sum game are named', () => {
    expect(constant.premises({ stepSize: 1.2 / tau }, facts)).toBe('ητ = 1.200 exceeds 1');
    expect(decaying.premises({ stepSize: 1.2 / tau }, facts)).toBe('ητ = 1.200 exceeds 1');
    expect(decaying.premises({ stepSize: 0.2 / tau }, facts)).toBe('the step size is constant');
    expect(decaying.premises({ stepSize: '1/(tau*(t+1))' }, facts)).toBe('the step size is not 2/(τ(t+2))');
    expect(constant.premises({ stepSize: '1/(tau*(t+1))' }, facts)).toBe('the step size is not constant');
    expect(constant.premises({ stepSize: 1 / tau }, { ...facts, sum: 'general' })).toBe('the game is general-sum');
    expect(constant.premises({ stepSize: 1 / tau }, { ...facts, temperature: 0 })).toBe('the temperature is 0');
  });

  it('mirror descent: the largest step of each theorem, and both forms of a step have one bound', () => {
    const [linear, , , slower, plateau] = mirrorDescent.guarantees;
    const gamma = (4 * tau) / span ** 2;
    const proximal = { form: 'proximal' as const, stepSize: gamma };
    const explicit = { form: 'explicit' as const, stepSize: gamma / (1 + gamma * tau) };
    for (const { bound, premises } of [linear, slower, plateau]) {
      expect(premises(explicit, facts)).toBe(true);
      expect(premises(proximal, facts)).toBe(true);
      expect(bound(3, proximal, facts)).toBeCloseTo(bound(3, explicit, facts), 12);
    }
    const beyond = { form: 'explicit' as const, stepSize: gamma };
    expect(linear.premises(beyond, facts)).toMatch('exceeds the η of γ = 4τ/s²');
    expect(slower.premises(beyond, facts)).toMatch(/^η is not below 4τ\/s² = |^ητ = /);
    expect(plateau.premises({ form: 'explicit', stepSize: 1.2 / tau }, facts)).toBe('ητ = 1.200 exceeds 1');
    expect(plateau.premises({ form: 'proximal', stepSize: 1e6 / tau }, facts)).toBe(true);
  });
});
