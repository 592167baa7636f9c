import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { agreementSteps, agreementTolerance } from './agreement.ts';
import type { Contender } from './contender.ts';
import { machine, machineLines } from './machine.ts';
import { type BenchOptions, benchOptions, usage } from './options.ts';
import { fusedLoop } from './peers/fused-loop.ts';
import { nashlabLoop } from './peers/nashlab-loop.ts';
import { numpyPeer } from './peers/numpy.ts';
import { type SolveTimes, solveTable, solveTimes } from './solve-times.ts';
import { crowding } from './statistics.ts';
import { names, type StepTimes, stepTable, stepTimes } from './step-times.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function bench(options: BenchOptions): Promise<void> {
  const { sizes, solvers, pace, seed } = options;
  const peer = await numpyPeer(names.numpy, options.pythons);
  const contenders: Contender[] = [
    nashlabLoop(names.nashlab, false),
    ...(peer === undefined ? [] : [peer.contender]),
    fusedLoop(names.bound),
    nashlabLoop(names.averaging, true),
  ];
  const here = machine(peer?.facts);
  print(machineLines(here));

  const steps: StepTimes[] = [];
  const solves: SolveTimes[] = [];
  try {
    for (const solver of solvers)
      for (const size of sizes) {
        note(`${solver}, ${size} actions`);
        steps.push(await stepTimes(contenders, solver, size, seed, pace));
      }
    if (options.solves > 0)
      for (const size of sizes) {
        note(`solve, ${size} actions`);
        solves.push(await solveTimes(size, seed, options.solves));
      }
  } finally {
    for (const contender of contenders) contender.close();
  }

  const worst = Math.max(...steps.map((row) => row.disagreement));
  print(
    `\nProcessor time per step in µs, float64: median (min) of ${pace.rounds} rounds in turn, ${pace.chunkSeconds * 1000} ms a ` +
      `chunk; ratios: median over the rounds\n`,
  );
  print(stepTable(steps));
  print(
    `\nAfter ${agreementSteps} steps the contenders agree to ${worst.toExponential(1)} in every log-probability ` +
      `(allowed: ${agreementTolerance}).`,
  );
  if (solves.length > 0) {
    print('\nsolve() with extragradient, τ = 0.1, all metrics on the default grid, to a gap of 1e-8\n');
    print(solveTable(solves));
  }
  const loadAfter = loadavg()[0];
  const crowd = crowding(steps.flatMap((row) => row.timings));
  print(`\nWall time was ${crowd.toFixed(2)} × processor time; load average at the end ${loadAfter.toFixed(2)}`);
  if (options.json !== undefined) {
    const date = new Date().toISOString();
    writeFileSync(
      options.json,
      `${JSON.stringify({ date, machine: here, loadAfter, options, steps, solves }, null, 1)}\n`,
    );
  }
}

try {
  const options = benchOptions(process.argv.slice(2));
  if (options === undefined) print(usage);
  else await bench(options);
} catch (error) {
  note((error as Error).message);
  process.exitCode = 1;
}
