import { z } from 'zod';
import { population } from '../populations/catalogue.ts';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import { explicitStep, payoffsAgainst } from '../src/solve/mirror.ts';
import { geometricCentre } from '../src/solve/population.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { Solver, SolverDefinition, StepParams } from '../src/solve/solver.ts';

const parts = ['population', 'present'] as const;

export interface MnpoParams extends StepParams {
  readonly centre: (typeof parts)[number];
  readonly opponents: (typeof parts)[number];
}

/** Hedge's step without a KL term; with one, the largest that contracts a two-player game (γ ≤ 4τ/s²), if that is larger. */
const step = 'max(sqrt(8*log(max(n,2))/T)/span, 4*tau/span^2/(1+4*tau^2/span^2))';

/** Where the step of each role is centred: the geometric mean of its population. */
function centreOf(problem: Problem, policy: Profile): Profile {
  const { ops, members } = problem;
  return members === undefined ? policy : policy.map((_, role) => geometricCentre(ops, members(policy, role)));
}

/**
 * Multiplayer Nash preference optimisation: every player steps from the geometric mean of its population, against that
 * population. With `others` (the default) and τ = 0 it is Eq. 10 of the paper, with the payoffs of the game it is given,
 * average pairwise (`polymatrix-preference`) or one against many (`plackett-luce`):
 *
 *   log π_i⁺ = (1 − ητ)·Σ_m λ_m log π_m + ητ·log ρ + η·u_i(population) − const
 *
 * Eq. 10 has no KL term, although the objective has: τ > 0 adds it. `opponents: present` is what the released code does: the
 * population is in the centre only, and the win rate is measured against the present policies. Players that start alike stay
 * alike, and n does not matter; from different starts they agree at the rate 1/(n − 1), two players swap for ever.
 */
export const mnpo: SolverDefinition<MnpoParams> = {
  name: 'mnpo',
  summary: 'multiplayer Nash preference optimisation: steps from the geometric mean of the other players, against them',
  source: citations.wu2026,
  conversion: 'η is η of Eq. 10, a direct step; the label margin of its Eq. 15 should be η/2, 1/(2η) is a step of 1/η',
  family: 'unregularised',
  rate: 'none proven; O(1/√T) claimed',
  iterate: 'average',
  regularisedIterate: 'last',
  equilibrium: 'both',
  params: z.strictObject({
    centre: z
      .enum(parts)
      .default('population')
      .describe('where steps start from: the geometric mean of the population, or the present policy'),
    opponents: z
      .enum(parts)
      .default('population')
      .describe('whom win rates are measured against: the population, or the present policies as in the released code'),
  }),
  check({ game: { name, actions } }, params) {
    if (params.centre === 'present' || actions.every((count) => count === actions[0])) return;
    throw new NashlabError('not-applicable', {
      what: `the geometric mean of players with ${actions.join(', ')} actions, in "${name}"`,
      expected: 'players with the same actions, or the parameter centre=present',
    });
  },
  defaultStepSize: () => step,
  oracleCallsPerStep: 1,
  population: (game) => population('others', game),
  guarantees: [],
  make: ({ centre, opponents, stepSize }): Solver<Profile> => ({
    init: (problem) => problem.start,
    step(problem, policy, t) {
      const { ops } = problem;
      const played = opponents === 'population' ? undefined : policy.map((log) => ops.exp(log));
      return explicitStep(problem, {
        centre: centre === 'population' ? centreOf(problem, policy) : policy,
        payoffs: played === undefined ? payoffsAgainst(problem, policy) : problem.payoffsSeen(() => played),
        stepSize: problem.at(stepSize, t),
      });
    },
    profile: (policy) => policy,
  }),
};
