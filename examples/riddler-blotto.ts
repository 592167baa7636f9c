/**
 * The Riddler's Colonel Blotto tournament as a game: every distinct entry of a round is an action, P(a ≻ b) is 1, ½ or 0
 * by castle points. Prints the equilibrium and a certified regularised equilibrium.
 *
 *   npx tsx examples/riddler-blotto.ts riddler_blotto_strategies.csv [round]
 *
 * Data: fivethirtyeight/data (riddler-castles), CC BY 4.0; columns round, c1 … c13. Without a file, a small made-up round.
 */
import { readFileSync } from 'node:fs';
import { cpuBackend, instance, preferenceGame, solve, solvers } from '../src/index.ts';

const [file, round = '1'] = process.argv.slice(2);

function entries(): number[][] {
  if (file === undefined)
    return [
      [50, 30, 20],
      [34, 33, 33],
      [10, 20, 70],
      [0, 45, 55],
      [5, 50, 45],
      [100, 0, 0],
    ];
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.split(','))
    .flatMap(([r, ...castles]) => (r === round ? [castles.filter(Boolean).map(Number)] : []));
}

/** Castle i is worth i points. */
function points(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, soldiers, i) => sum + (i + 1) * Math.sign(soldiers - b[i]), 0);
}

const strategies = [...new Map(entries().map((entry) => [entry.join(' '), entry])).values()];
const matrix = strategies.map((a) => strategies.map((b) => (1 + Math.sign(points(a, b))) / 2));
const game = preferenceGame(matrix, {
  name: `riddler round ${round}`,
  labels: strategies.map((entry) => entry.join(' ')),
});
console.log(`${game.name}: ${strategies.length} distinct entries`);

const exact = await solve(cpuBackend(), instance(game), solvers.exact);
const [answer] = exact.runs;
const support = answer.answer.profile[0].filter((p) => p > 1e-9).length;
console.log(
  `exact: ${answer.reason}, ${exact.wallSeconds.toFixed(1)} s, mixes ${support} entries, nash-conv ${answer.answer.metrics['nash-conv']}`,
);
answer.answer.profile[0]
  .map((p, a) => ({ p, label: game.labels[0][a] }))
  .sort((a, b) => b.p - a.p)
  .slice(0, 5)
  .forEach(({ p, label }) => {
    console.log(`  ${p.toFixed(4)}  ${label}`);
  });

const regularised = await solve(cpuBackend(), instance(game, { temperature: 0.05 }), solvers.extragradient, {
  tolerance: 1e-8,
});
const [run] = regularised.runs;
console.log(
  `extragradient at τ = 0.05: ${run.result}, ${run.steps} steps, ${regularised.wallSeconds.toFixed(1)} s, regularized-gap ${run.answer.metrics['regularized-gap']}`,
);
if (run.result !== 'converged' || answer.result !== 'converged') process.exitCode = 1;
