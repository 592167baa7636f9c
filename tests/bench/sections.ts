import { availableParallelism, loadavg } from 'node:os';
import type { Contender } from './contender.ts';
import { type EagerTimes, eagerTimes } from './eager-times.ts';
import { type Machine, machine, machineLines } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { fusedLoop } from './peers/fused-loop.ts';
import { nashlabLoop } from './peers/nashlab-loop.ts';
import { numpyPeer } from './peers/numpy.ts';
import { pythonWith } from './peers/python.ts';
import { torchPeer } from './peers/torch.ts';
import { batchShapes, quickRooflineSizes, rooflineSizes, stepShapes, threadCounts } from './plan.ts';
import type { BenchResult } from './result.ts';
import { roofline } from './roofline.ts';
import { solveTimes } from './solve-times.ts';
import { names, type Sit, type StepTimes, stepTimes } from './step-times.ts';
import { sweepTimes } from './sweep.ts';
import { useThreads } from './threads.ts';

type Note = (text: string) => void;

/*
 * Every sitting has a Python of its own, as a user's script has: where a process puts an array depends on the arrays it let
 * go of before, and a product of 300 × 300 takes 5.8 µs or 6.6 by whether its rows begin with half a cache line.
 */

/** Time per step of one run and of many, with NumPy on as many threads. */
async function againstNumpy(options: BenchOptions, numpy: string | undefined, threads: number, note: Note) {
  const { seed, pace, sittings } = options;
  useThreads(threads);
  const single = threads === 1;
  const ours = [nashlabLoop(names.nashlab, false)];
  const others = single ? [fusedLoop(names.loop, false)] : [];
  const averaging = single ? [nashlabLoop(names.averaging, true)] : [];
  const sitWith =
    (further: readonly Contender[]): Sit =>
    async (sitting) => {
      const peer = numpy === undefined ? undefined : await numpyPeer(names.numpy, numpy, threads);
      try {
        return await sitting([...ours, ...(peer === undefined ? [] : [peer.contender]), ...others, ...further]);
      } finally {
        await peer?.peer.close();
      }
    };
  const steps: StepTimes[] = [];
  const batches: StepTimes[] = [];
  for (const shape of options.sections.includes('steps') ? stepShapes(options, threads) : []) {
    note(`${shape.solver}, ${shape.size} actions, threads: ${threads}`);
    steps.push(await stepTimes(sitWith(averaging), shape, threads, seed, pace, sittings));
  }
  for (const shape of options.sections.includes('batches') ? batchShapes(options, threads) : []) {
    note(`${shape.runs} runs of ${shape.size} actions, ${shape.matrices} matrices, threads: ${threads}`);
    batches.push(await stepTimes(sitWith([]), shape, threads, seed, pace, 1));
  }
  return { steps, batches };
}

async function againstTorch(options: BenchOptions, torch: string, note: Note): Promise<EagerTimes[]> {
  const { quick, seed, pace } = options;
  useThreads(1);
  const slower = quick ? pace : { ...pace, chunkSeconds: 0.2, warmSeconds: 0.5 };
  const rows: EagerTimes[] = [];
  for (const runs of quick ? [1, 10] : [1, 10, 200]) {
    note(`PyTorch, ${runs} runs`);
    const peer = await torchPeer(torch);
    try {
      rows.push(await eagerTimes(peer, runs, seed, slower));
    } finally {
      await peer.peer.close();
    }
  }
  return rows;
}

/** What the peers say about themselves. */
async function peersOf(
  numpy: string | undefined,
  torch: string | undefined,
): Promise<Pick<Machine, 'numpy' | 'torch'>> {
  const said: { numpy?: Machine['numpy']; torch?: Machine['torch'] } = {};
  if (numpy !== undefined) {
    const { peer } = await numpyPeer(names.numpy, numpy, 1);
    said.numpy = peer.facts;
    await peer.close();
  }
  if (torch !== undefined) {
    const { peer } = await torchPeer(torch);
    said.torch = peer.facts;
    await peer.close();
  }
  return said;
}

/** Runs the sections asked for, one size at a time. */
export async function bench(options: BenchOptions, note: Note): Promise<BenchResult> {
  const started = performance.now();
  const { quick, sections, pace, seed } = options;
  const wanted = (section: (typeof sections)[number]): boolean => sections.includes(section);
  const numpy = pythonWith('numpy', options.pythons);
  const torch = pythonWith('torch, numpy', options.pythons);
  const here = machine(await peersOf(numpy, torch));
  note(machineLines(here));

  const skipped: string[] = [];
  if (numpy === undefined) skipped.push(`NumPy: no Python of ${options.pythons.join(', ')} imports numpy`);
  const steps: StepTimes[] = [];
  const batches: StepTimes[] = [];
  const counts = threadCounts(options);
  for (const count of options.threads)
    if (!counts.includes(count)) skipped.push(`${count} threads: this machine has ${availableParallelism()} cores`);
  for (const threads of counts) {
    const rows = await againstNumpy(options, numpy, threads, note);
    steps.push(...rows.steps);
    batches.push(...rows.batches);
  }

  if (wanted('eager') && torch === undefined)
    skipped.push(`PyTorch: no Python of ${options.pythons.join(', ')} imports torch`);
  const eager = wanted('eager') && torch !== undefined ? await againstTorch(options, torch, note) : [];

  const ceilings = (wanted('roofline') ? counts : []).map((threads) => {
    note(`roofline, threads: ${threads}`);
    return roofline(threads, pace.rounds, 3 * pace.limitSeconds, quick ? quickRooflineSizes : rooflineSizes);
  });

  const canSweep = availableParallelism() >= 2;
  if (wanted('sweep') && !canSweep) skipped.push('the sweep on two workers: this machine has one core');
  if (wanted('sweep') && canSweep) note('nashlab run, one worker and two');
  const sweep = wanted('sweep') && canSweep ? sweepTimes(quick ? 1 : 3, quick ? 1 : 3, quick ? 50 : 80_000) : undefined;

  const solves = [];
  useThreads(counts[0] ?? 1);
  for (const size of wanted('solves') ? options.sizes.filter((count) => count <= 1000) : []) {
    note(`solve, ${size} actions`);
    solves.push(await solveTimes(size, seed, options.solves));
  }
  return {
    schema: 'nashlab-bench/1',
    date: new Date().toISOString(),
    quick,
    sittings: options.sittings,
    machine: here,
    loadAfter: loadavg()[0],
    minutes: Number(((performance.now() - started) / 60_000).toFixed(1)),
    skipped,
    steps,
    batches,
    eager,
    roofline: ceilings,
    ...(sweep === undefined ? {} : { sweep }),
    solves,
  };
}
