import { agreementTolerance } from '../tests/bench/agreement.ts';
import { eagerTable } from '../tests/bench/eager-times.ts';
import type { Machine } from '../tests/bench/machine.ts';
import type { PeerFacts } from '../tests/bench/peers/python.ts';
import type { BenchResult } from '../tests/bench/result.ts';
import { ceilingTable, productTable } from '../tests/bench/roofline-tables.ts';
import { solveTable } from '../tests/bench/solve-times.ts';
import { median } from '../tests/bench/statistics.ts';
import { batchTable, digits, stepTable } from '../tests/bench/step-times.ts';
import { sweepTable } from '../tests/bench/sweep.ts';
import { isMet, targetsOf, targetTable } from '../tests/bench/targets.ts';

function peer(name: string, facts: PeerFacts | undefined): string {
  if (facts === undefined) return `${name}: not installed there.`;
  return `${facts.library} (Python ${facts.python}) on ${facts.blas}.`;
}

function machineText(machine: Machine, { date, minutes, loadAfter, quick }: BenchResult): string {
  const { processor, cores, memoryBytes, system, node, v8, library, blas, build, settings, load, numpy, torch } =
    machine;
  const about = [build, ...settings].filter(Boolean).join('; ');
  return `${processor}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system}; Node ${node}, V8 ${v8}.
nashlab on ${library}; the BLAS found is ${blas.replace(/ \(.*\)$/, '')}${about && ` (${about})`}. ${peer('NumPy', numpy)} ${peer('PyTorch', torch)}
Measured on ${date.slice(0, 10)} in ${digits(minutes)} minutes; load average ${load.toFixed(2)} before and ${loadAfter.toFixed(2)} after.${
    quick ? '\n\n**A quick run: it shows that everything runs, and has no figures to quote.**' : ''
  }`;
}

function verdict(result: BenchResult): string {
  const targets = targetsOf(result);
  const missed = targets.filter((target) => !isMet(target));
  if (missed.length === 0) return `All ${targets.length} targets are met in this run.`;
  return `${targets.length - missed.length} of ${targets.length} targets are met in this run.`;
}

function agreement({ steps, batches, eager }: BenchResult): string {
  const largest = Math.max(...[...steps, ...batches].map(({ disagreement }) => disagreement));
  const torch = (dtype: 'float64' | 'float32'): string =>
    Math.max(...eager.map(({ differences }) => differences[dtype])).toExponential(1);
  const peers =
    eager.length === 0
      ? ''
      : `; PyTorch's gaps and log-probabilities to ${torch('float64')} in float64 and ${torch('float32')} in float32`;
  return `In this run they agreed to ${largest.toExponential(1)} (allowed: ${agreementTolerance})${peers}.`;
}

/** What one run cannot show: figures of other runs, and of another host of the same class. */
const betweenHosts = `Ratios move between hosts of one class and between runs. A whole run of the same morning on OpenBLAS's AVX2 kernels
(\`OPENBLAS_CORETYPE=Haswell\`) met all targets, too: K = 300 at 1.64 to 1.80, K ≥ 1,000 at 1.03 to 1.66, PyTorch / nashlab at
231, 43.6 and 5.73, the sweep at 1.72; one thread read 39 GB/s there, by another function of the library, and the product at
K = 4,096 was at 1.48 of that. One more such run, with one sitting a row, had two rows below their targets: K = 4,096,
mirror descent, two threads, at 0.77 (five runs of that row alone: 1.27 to 1.29) and K = 16,384, extragradient, two threads,
at 0.91, where NumPy's products took two thirds of their usual time. In runs of a day before, where NumPy's matrix of K = 300
had come to begin at a cache line, extragradient on one thread was at 1.44 and 1.45. On a host of 2026-11-20 where Python
was slower, PyTorch took 301 µs a step and NumPy 6.2, here 137 and 4.6.`;

/** The page, from one run of the bench: every number on it comes from there, but for those of `betweenHosts`. */
export function benchmarkPage(result: BenchResult): string {
  const { machine, steps, batches, eager, roofline, sweep, solves, skipped, sittings } = result;
  const crowding = median([...steps, ...batches].flatMap(({ timings }) => timings.map((timing) => timing.crowding)));
  const part = (there: boolean, text: () => string): string[] => (there ? [text()] : []);
  return `${[
    `# Benchmarks

What one step costs, by number of actions K and of runs at once B, in nashlab, in NumPy, in PyTorch and in a plain loop
written by hand; what the machine could do at most; and what one \`solve()\` and one sweep cost as a user calls them.
This page is written from the results of one run, [benchmarks.json](benchmarks.json):

\`\`\`sh
npm run bench -- --json docs/benchmarks.json   # all of it
npm run bench:page                             # this page and its figures from that file
npm run bench -- --help                        # sizes, runs, threads, sections, which Python
npm run bench -- --quick                       # does it run? (a minute; no figures to quote)
\`\`\``,
    `## Machine\n\n${machineText(machine, result)}`,
    ...part(skipped.length > 0, () => skipped.map((reason) => `- left out: ${reason}`).join('\n')),
    `## Targets\n\n${verdict(result)} Ratios are time over time; above 1, nashlab is the faster one.\n\n${targetTable(targetsOf(result))}

${betweenHosts}`,
    `## What is measured

Programs take the same step on the same game (preferences uniform on [0, 1]), from the same random starts, at τ = 0.1
with the solver's default step size, in float64, on the same number of threads, set explicitly on both sides:

- **nashlab**: the library's own loop (\`startLoop\`, \`stepUntil\`) on the CPU backend, as a solve runs it between two
  checks; without metrics. _With average_ also keeps the running average of the policies, as \`solve()\` does by default.
- **NumPy** ([numpy_step.py](../tests/bench/peers/numpy_step.py)): written for speed. Results in place, no temporaries,
  ufuncs and their reductions bound to local names, probabilities kept from the normalisation, everything that does not
  change between steps or half steps computed once; all runs of a batch in one product.
- **Plain loop** ([fused-step.ts](../tests/bench/peers/fused-step.ts)): the step written out by hand on typed arrays,
  product and blend and maximum in one pass, no allocation, no library, no vector instructions.
- **PyTorch** ([torch_step.py](../tests/bench/peers/torch_step.py)): the eager form in which simulations of this field
  are written: logits as parameters, square loss over all pairs, autograd, SGD.

Before anything is timed, each takes the same steps from the same start, and the bench stops unless they agree.
${agreement(result)}
Then they are timed in turn, in one session, A B C, A B C, …: chunks of equal time after a warm-up, and a ratio is the median
over the rounds of the ratio within one round. Where a matrix comes to lie is luck that lasts as long as the matrix: a product
of 300 × 300 takes 5.8 µs where rows begin with half a cache line and 6.6 where they do not, and NumPy's product of
4,096 × 4,096 on two threads took 1.8 ms in one process and 2.7 in the next. So a row of one run is set up anew ${sittings} times,
its rounds spread over these sittings, and each starts a Python of its own, as a user's script does.

On one thread, time is **processor time** of the process, which other work on the machine disturbs least; on two it is
wall time, and every chunk begins when the threads of the one before sleep and its own have worked for 0.1 s, since Linux
may leave two that have just woken up on one core. Wall time was ${crowding.toFixed(2)} × processor time. The bench compiles
itself with \`tsc\` and runs under plain Node, as a user's solve runs.`,
    ...part(
      steps.length > 0,
      () => `## One run

µs per step, median (least) of the rounds. The figure shows extragradient on one thread.

![Time per step against the number of actions](benchmark-steps.svg)

${stepTable(steps)}`,
    ),
    ...part(
      batches.length > 0,
      () => `## Many runs at once

Extragradient; µs per step of the whole batch, median (least) of the rounds. _Shared_: one matrix for all runs, so the
payoffs of all are one product; _own_: a matrix for each run.

![Run-steps per second against the number of runs](benchmark-runs.svg)

${batchTable(batches)}`,
    ),
    ...part(
      eager.length > 0,
      () => `## Against the eager form

Extragradient on 10 actions, one thread each, the gap of every run measured after every step: \`solve()\` with
\`checks: 'every'\`, 20,000 steps at most, its start and end included, in float64, against PyTorch in float32. Processor µs per step.

${eagerTable(eager)}`,
    ),
    ...part(
      roofline.length > 0,
      () => `## Roofline

What the machine can do at most, measured in the same run, the fastest call of each: reading and copying an array of
512 MB, and the product of two 2,048 × 2,048 matrices by the BLAS.

${ceilingTable(roofline)}

What nashlab's product of a matrix with the policies of B runs makes of it, through the backend as a solver calls it. With
one run the matrix is read once and the read bandwidth is the limit; with many the arithmetic is. A matrix of 1,000
actions (8 MB) stays in the cache.

![Products under the roofline](benchmark-roofline.svg)

${productTable(roofline)}`,
    ),
    ...part(
      sweep !== undefined,
      () => `## A sweep

\`nashlab run\` on random games × solvers × temperatures × starts, from the command line, start and stop included; median wall
time.

${sweep === undefined ? '' : sweepTable(sweep)}`,
    ),
    ...part(
      solves.length > 0,
      () => `## One \`solve()\`

\`solve()\` with extragradient on \`random:n=K\` at τ = 0.1 from the uniform policy to a regularised gap of 1e-8, with all
default metrics on the default log grid. _Gap only_ is the same with \`metrics: ['regularized-gap'], average: false\`. Up to
400 actions the default metrics include \`kl-to-equilibrium\`, for which Newton's method solves the game on the side, in
O(K³). Processor time includes V8's compiler threads.

${solveTable(solves)}`,
    ),
  ].join('\n\n')}\n`;
}
