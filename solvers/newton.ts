import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import { equilibriumPath } from '../src/exact/equilibrium-path.ts';
import { quantalResponse, requireFollowable } from '../src/exact/quantal-response.ts';
import { constantSumOfTwo } from '../src/solve/guarantee.ts';
import { type Instance, temperatureFactors, temperatureOf } from '../src/solve/problem.ts';
import type { DirectAnswer, DirectDefinition } from '../src/solve/solver.ts';
import { requireOneRun } from './parts/one-run.ts';
import { beyondTwo } from './parts/premises.ts';

interface NewtonParams {
  readonly points?: number | undefined;
}

const defaultPoints = 48;
/** The path costs some hundred Newton steps of O(A³) each: of larger games it is computed when it is asked for. */
const mostActions = 200;

/** The regularised equilibrium at τ > 0, with as many points of its path as are asked for. */
export function regularisedAnswer(instance: Instance, points: number): DirectAnswer {
  const { game, reference } = instance;
  const factors = temperatureFactors(instance);
  const { profile, newtonSteps, path, turn } = quantalResponse(game, temperatureOf(instance, 0), reference, {
    points,
    ...(factors === undefined ? {} : { roleTemperatures: factors }),
  });
  const steps = `${newtonSteps} ${newtonSteps === 1 ? 'step' : 'steps'}`;
  return {
    profile,
    method: `Newton on the quantal response equation (${steps})${turn === undefined ? '' : `, on another branch than the reference’s, which turns back or is lost at τ = ${turn.toPrecision(4)}`}`,
    ...(path.length === 0 ? {} : { path: equilibriumPath(path) }),
  };
}

/**
 * Newton's method on the quantal response equation of any number of players, along the path of equilibria from the reference
 * (τ = ∞), J the derivatives of the payoffs:
 *
 *   log π = log ρ + u(π)/τ − const:   τδ − J·(π∘δ) + c = u(π) − τ·log(π/ρ), ⟨π, δ⟩ = 0 per role;   log π⁺ ≈ log π + δ
 *
 * Second order, without a step size; the last iterate of the path is a regularised equilibrium, met quadratically. In a
 * monotone game it is the only one; elsewhere, as with general sums, it is the one of the principal branch or, where that turns
 * back, one that the method names.
 */
export const newton: DirectDefinition<NewtonParams> = {
  name: 'newton',
  summary:
    'Newton on the quantal response equation, along the path of equilibria from τ = ∞; second order, for reference',
  source: citations.mckelvey1995,
  family: 'exact',
  rate: 'quadratic',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({
    points: z
      .int()
      .min(0)
      .max(60)
      .optional()
      .describe(`points of the path to store; ${defaultPoints} by default, none above ${mostActions} actions`),
  }),
  check(instance) {
    requireOneRun(instance, '"newton" on');
    requireFollowable(instance.game);
    if (temperatureOf(instance, 0) === 0)
      throw new NashlabError('not-applicable', {
        what: '"newton" at temperature 0',
        expected:
          instance.game.roleOf.length === 2
            ? 'a temperature above 0, or the solver "exact", a linear program there'
            : 'a temperature above 0, or the solver "psro"',
      });
  },
  async answer(instance, { points }) {
    const size = instance.game.actions.reduce((sum, count) => sum + count, 0);
    return regularisedAnswer(instance, points ?? (size <= mostActions ? defaultPoints : 0));
  },
  guarantees: [
    {
      statement: 'DualGap₀(π*_τ) ≤ τ·Σ over players of max_a log 1/ρ(a); with uniform ρ over n actions 2τ·log n',
      source: citations.mckelvey1995,
      derived: true,
      iterate: 'last',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: (_, facts) => constantSumOfTwo(facts),
      bound: (_step, _params, { temperature, referenceDivergence }) => temperature * referenceDivergence,
    },
    {
      statement:
        'nash-conv(π*_τ) ≤ τ·Σ over players of max_a log 1/ρ(a) in any game of any number of players, τ the highest temperature of a player',
      source: citations.mckelvey1995,
      derived: true,
      iterate: 'last',
      equilibrium: 'original',
      metric: 'nash-conv',
      premises: (_, facts) => beyondTwo(facts),
      bound: (_step, _params, { temperature, temperatureFactors: factors = [1], referenceDivergence }) =>
        temperature * Math.max(...factors) * referenceDivergence,
    },
  ],
};
