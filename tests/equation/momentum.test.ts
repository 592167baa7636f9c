import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { apo } from '../../solvers/apo.ts';
import { apoRegularised } from '../../solvers/apo-regularised.ts';
import { hedge } from '../../solvers/hedge.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { problemFacts } from '../../src/solve/guarantee.ts';
import { instance } from '../../src/solve/instance.ts';
import type { IterateSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';

async function last(
  game: string,
  params: Readonly<Record<string, number>>,
  steps: number,
  start?: readonly number[],
): Promise<IterateSolution> {
  const setting = instance(catalogueGame(game), start === undefined ? {} : { start });
  const { runs } = await solve(cpuBackend(), setting, apo, { params, steps, tolerance: 0 });
  return runs[0].iterates.last as IterateSolution;
}

const range = (row: readonly number[]): number => Math.max(...row) - Math.min(...row);

describe('momentum on multiplicative weights', () => {
  it.each([
    [0.3, 0.9968],
    [0.6, 0.9775],
    [-0.3, 0.9983],
  ])('α = %d does the work of t/(1 − α) steps where there are no cycles, less a constant', async (momentum, share) => {
    const steps = 40;
    const stepSize = 1e-3;
    const one = range((await last('bradley-terry:10', { momentum: 0, stepSize }, 1)).logProfile[0]);
    const moved = range((await last('bradley-terry:10', { momentum, stepSize }, steps)).logProfile[0]);
    expect((moved / one) * ((1 - momentum) / steps)).toBeCloseTo(share, 3);
  });

  it.each([
    [-0.3, 0.022],
    [0, 0.024],
    [0.3, 0.035],
    [0.6, 0.459],
  ])('α = %d on rock, paper, scissors: the larger, the faster outward', async (momentum, divergence) => {
    const { logProfile } = await last('rps', { momentum, stepSize: 0.1 }, 300, [0.4, 0.35, 0.25]);
    const fromUniform = logProfile[0].reduce((sum, log) => sum - (log + Math.log(3)) / 3, 0);
    expect(fromUniform).toBeCloseTo(divergence, 3);
  });

  it('promises what Hedge promises where there is none', () => {
    const facts = problemFacts(instance(catalogueGame('random:5')), 0, 1_000);
    const stepSize = 0.2;
    expect(apo.guarantees[0].bound(70, { stepSize, momentum: 0 }, facts)).toBe(
      hedge.guarantees[0].bound(70, { stepSize }, facts),
    );
  });
});

describe('momentum on the regularised game', () => {
  const each = ['mirror-descent', 'nash-md', 'extragradient', 'mirror-prox'].flatMap((base) =>
    [-0.5, 0.5].map((momentum) => [base, momentum] as const),
  );
  it.each(each)('%s with α = %d comes to the equilibrium', async (base, momentum) => {
    const setting = instance(catalogueGame('random:7,3'), { temperature: 0.2, seeds: [1] });
    const params = { base, momentum };
    const { runs } = await solve(cpuBackend(), setting, apoRegularised, { params, steps: 20_000, tolerance: 0 });
    // The steps of Nash-MD fall as 1/t, and its distance with them.
    expect(runs[0].answer.metrics['kl-to-equilibrium']).toBeLessThanOrEqual(base === 'nash-md' ? 1e-6 : 1e-20);
  });
});
