// The library example of the README; a test holds the two together.
import { cpuBackend, instance, preferenceGame, rationalCertificate, solve, solvers } from '../src/index.ts';

const game = preferenceGame(
  [
    [0.5, 0.7, 0.2],
    [0.3, 0.5, 0.9],
    [0.8, 0.1, 0.5],
  ],
  { labels: ['terse', 'thorough', 'funny'] },
);
const { runs } = await solve(cpuBackend(), instance(game, { temperature: 0.1 }), solvers['mirror-prox']);
const [run] = runs;
console.log(run.result, run.answer.profile[0], run.answer.metrics['regularized-gap']);
console.log(run.guarantee?.status, run.guarantee?.statement);
const exact = await solve(cpuBackend(), instance(game), solvers.exact);
console.log(rationalCertificate(game, exact.runs[0].answer.profile).nashConv);
