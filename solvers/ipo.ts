import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { payoffsAgainst } from '../src/exact/payoffs-against.ts';
import { lawOf } from '../src/exact/rewards.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { requireOffline, tilted } from './parts/offline.ts';
import { pairLaw } from './parts/reward-view.ts';

type Params = z.infer<typeof params>;

const params = z.strictObject({
  sampling: pairLaw('the law μ that both actions of a compared pair are drawn from'),
});

/**
 * Identity preference optimisation (IPO), ΨPO with Ψ the identity, at its optimum: one best response to the law μ of the
 * compared pairs.
 *
 *   π ∝ ρ·exp(u(μ)/τ), which minimises E_{y,y'∼μ}[(log π(y)ρ(y')/(π(y')ρ(y)) − (P(y ≻ y') − ½)/τ)²]
 *
 * No equilibrium of the game, and finite whatever the preferences: no rewards are fitted.
 */
export const ipo: DirectDefinition<Params> = {
  name: 'ipo',
  summary: 'the regularised best response to the law of the compared pairs',
  source: citations.azar2024,
  conversion: 'τ as in the paper, μ is the parameter sampling',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'ρ·exp(u(μ)/τ), the best response to the law μ of the pairs; in general no equilibrium of the game',
  params,
  check: requireOffline,
  async answer(instance, { sampling }) {
    const law = lawOf(sampling, instance.game, instance.reference);
    return tilted(instance, await payoffsAgainst(instance, law), 'closed form');
  },
};
