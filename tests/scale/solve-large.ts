import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

/** A process of its own, so that its peak of memory is this solve's: game, temperature and steps from the command line. */
const [text, temperature, steps] = process.argv.slice(2);
const game = catalogueGame(text);
const setting = instance(game, { temperature: Number(temperature) });
const started = performance.now();
const { runs } = await solve(cpuBackend(), setting, solverNamed('extragradient'), { steps: Number(steps) });
const seconds = (performance.now() - started) / 1000;
const [{ result, steps: taken, answer }] = runs;
process.stdout.write(
  JSON.stringify({
    result,
    steps: taken,
    secondsPerStep: seconds / taken,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    gap: answer.metrics['regularized-gap'],
    total: answer.profile[0].reduce((sum, p) => sum + p, 0),
  }),
);
