import { describe, expect, it } from 'vitest';
import { exact } from '../../solvers/exact.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import { mirrorProx } from '../../solvers/mirror-prox.ts';
import { nashMd } from '../../solvers/nash-md.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import type { Instance } from '../../src/solve/problem.ts';
import { solve } from '../../src/solve/solve.ts';
import type { AnySolver } from '../../src/solve/solver.ts';
import { double, doubles, gameOf, logs, type RegularisedReference, reference, totalVariation } from '../reference.ts';

const converging: readonly AnySolver[] = [mirrorDescent, extragradient, mirrorProx, exact];

/**
 * Nash-MD converges at 1/T with its schedule, so it cannot reach 1e-10 in any budget, except where every payoff vector
 * it meets is constant: the equilibrium is then the reference itself.
 */
const nashMdReaches = ['klnash_rps_hard_uniform_beta1', 'klnash_rps_hard_uniform_beta0.1'];

function instanceOf(entry: RegularisedReference): Instance {
  const game = gameOf(entry as never);
  const rho = entry.reference_policy === undefined ? uniformProfile(game) : [logs(entry.reference_policy)];
  return { game, runs: 1, temperature: double(entry.beta ?? entry.temperature ?? 0), reference: rho, start: rho };
}

function published(entry: RegularisedReference): number[][] {
  return entry.policy === undefined ? [doubles(entry.row ?? []), doubles(entry.col ?? [])] : [doubles(entry.policy)];
}

async function distance(entry: RegularisedReference, solver: AnySolver, steps: number): Promise<number> {
  const options = { steps, tolerance: 1e-25, average: false };
  const { runs } = await solve(cpuBackend(), instanceOf(entry), solver, options);
  return totalVariation(runs[0].answer.profile, published(entry));
}

describe('regularised equilibria to 40 digits', () => {
  it('there are 26 of them', () => expect(reference.regularised_references).toHaveLength(26));

  it.each(reference.regularised_references.map((entry) => [entry.id, entry] as const))(
    '%s is reached by every linearly converging solver within 1e-10 in total variation',
    async (_, entry) => {
      for (const solver of converging) expect(await distance(entry, solver, 20_000)).toBeLessThanOrEqual(1e-10);
    },
  );

  it.each(reference.regularised_references.map((entry) => [entry.id, entry] as const))(
    '%s: Nash-MD reaches it exactly where the table says, and comes within 1e-3 elsewhere',
    async (id, entry) => {
      const measured = await distance(entry, nashMd, 5_000);
      expect(measured <= 1e-10).toBe(nashMdReaches.includes(id));
      expect(measured).toBeLessThanOrEqual(1e-3);
    },
  );
});
