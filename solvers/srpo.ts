import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { improvementNormalisers } from '../src/exact/self-improvement.ts';
import { requireMatrices } from '../src/solve/game.ts';
import { roleTemperatureOf } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { requireOffline, tilted } from './parts/offline.ts';

const params = z.strictObject({});

/**
 * Self-improving robust preference optimisation (SRPO) at its optimum: an answer y that an improver π†, who sees it, can
 * better least.
 *
 *   π†(y'|y) = ρ(y')·exp(P(y' ≻ y)/τ)/Z†(y);   π ∝ ρ/Z†
 *
 * No equilibrium of the game: the improver answers after y, where players of the game move at once.
 */
export const srpo: DirectDefinition = {
  name: 'srpo',
  summary: 'the policy that an improver who sees its answer can better least',
  source: citations.choi2025,
  conversion: 'τ is β in the paper',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'ρ/Z†, robust to an improver who sees the answer; in general no equilibrium of the game',
  params,
  check(instance) {
    requireOffline(instance);
    requireMatrices(instance.game, 'the improver');
  },
  async answer(instance) {
    const temperature = roleTemperatureOf(instance, 0, 0);
    const [reference] = instance.reference;
    const game = requireMatrices(instance.game, 'the improver');
    const normalisers = improvementNormalisers(game.matrices[0], reference, temperature);
    return tilted(
      instance,
      normalisers.map((log) => -temperature * log),
      'closed form',
    );
  },
};
