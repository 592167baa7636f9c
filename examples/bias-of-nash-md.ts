/**
 * A theorem in a minute: with a constant step, Nash-MD does not find the equilibrium at τ but stops at a biased point,
 * and the bias falls with η² (Munos et al. 2024 need the decaying step). Mirror prox, same game, has no bias.
 *
 *   npx tsx examples/bias-of-nash-md.ts
 */
import { catalogueGame, cpuBackend, instance, solve, solvers } from '../src/index.ts';

const game = catalogueGame('random:n=6,seed=1');
const setting = instance(game, { temperature: 0.1, reference: [0.3, 0.3, 0.1, 0.1, 0.1, 0.1] });
const bias = async (solver: string, stepSize: number): Promise<number> => {
  const { runs } = await solve(cpuBackend(), setting, solvers[solver], {
    params: { stepSize },
    steps: 20_000,
    tolerance: 0,
  });
  return runs[0].answer.metrics['kl-to-equilibrium'] as number;
};

console.log('η        Nash-MD KL(π*‖π)   ratio   mirror prox KL(π*‖π)');
let previous: number | undefined;
for (const eta of [0.4, 0.2, 0.1, 0.05]) {
  const measured = await bias('nash-md', eta);
  const ratio = previous === undefined ? '' : (previous / measured).toFixed(2);
  console.log(
    `${eta.toFixed(3)}    ${measured.toExponential(3)}          ${ratio.padEnd(5)}   ${(await bias('mirror-prox', eta)).toExponential(1)}`,
  );
  previous = measured;
}
