import { agreementSteps, largestDifference, refuseDisagreement } from './agreement.ts';
import type { Contender } from './contender.ts';
import { interleave, type Pace } from './interleave.ts';
import { fusedLoop } from './peers/fused-loop.ts';
import { type GapContender, nashlabSolve } from './peers/nashlab-solve.ts';
import type { TorchPeer } from './peers/torch.ts';
import { medianRatio, type Summary, summary } from './statistics.ts';
import { digits, microseconds } from './step-times.ts';
import { table } from './table.ts';
import { type Workload, workload } from './workload.ts';

const names = { solve: 'nashlab solve()', torch: 'PyTorch float32', loop: 'plain loop' } as const;

/** Allowed differences of log-probabilities and of gaps to nashlab's, after the same steps. */
const tolerances = { float64: 1e-8, float32: 1e-5 } as const;

export interface EagerTimes {
  readonly size: number;
  readonly runs: number;
  /** Largest difference to nashlab's log-probabilities and gaps. */
  readonly differences: Readonly<Record<keyof typeof tolerances, number>>;
  /** Gaps that nashlab recorded per step taken: 1 when it checked after each. */
  readonly gapsPerStep: number;
  readonly timings: readonly Summary[];
  /** Processor time of PyTorch over that of nashlab. */
  readonly overTorch: number;
}

async function differenceOf(peer: GapContender, ours: GapContender, work: Workload): Promise<number> {
  const steps = agreementSteps(work);
  for (const contender of [ours, peer]) {
    await contender.place(work);
    await contender.take(steps);
  }
  const [mine, theirs] = [await ours.gaps(), await peer.gaps()];
  const seen = mine.steps.flatMap((step) =>
    Array.from(theirs.values.subarray((step - 1) * work.runs, step * work.runs)),
  );
  return Math.max(largestDifference(await ours.policy(), await peer.policy()), largestDifference(mine.values, seen));
}

/** The eager form in PyTorch against `solve()`, both with the gap of every run after every step; one thread each. */
export async function eagerTimes(torch: TorchPeer, runs: number, seed: string, pace: Pace): Promise<EagerTimes> {
  const size = 10;
  const work = workload({ solver: 'extragradient', size, runs, matrices: 'shared' }, seed);
  const ours = nashlabSolve(names.solve);
  const differences = { float64: 0, float32: 0 };
  for (const dtype of ['float64', 'float32'] as const) {
    const peer = torch.contender(`PyTorch ${dtype}`, dtype);
    differences[dtype] = await differenceOf(peer, ours, work);
    refuseDisagreement([peer.name, ours.name], differences[dtype], tolerances[dtype], work);
  }
  const contenders: readonly [GapContender, GapContender, Contender] = [
    ours,
    torch.contender(names.torch, 'float32'),
    fusedLoop(names.loop, true),
  ];
  for (const contender of contenders) await contender.place(work);
  // A user's solve has at least a thousand steps, and its start and end are part of it.
  const timings = await interleave(contenders, { ...pace, least: 1000 }, 1);
  const recorded = (await ours.gaps()).steps;
  const result = {
    size,
    runs,
    differences,
    gapsPerStep: recorded.length / recorded[recorded.length - 1],
    timings: timings.map((timing) => summary(timing, 'processor')),
    overTorch: medianRatio(timings[1], timings[0], 'processor'),
  };
  for (const contender of contenders) await contender.clear();
  return result;
}

export function eagerTable(rows: readonly EagerTimes[]): string {
  const columns = Object.values(names);
  return table(
    ['runs', 'gaps per step', ...columns, 'PyTorch / nashlab', 'float64 differs', 'float32 differs'],
    rows.map(({ runs, gapsPerStep, timings, overTorch, differences }) => [
      String(runs),
      gapsPerStep === 1 ? 'each' : gapsPerStep.toPrecision(2),
      ...columns.map((name) => microseconds(timings, name)),
      digits(overTorch),
      differences.float64.toExponential(1),
      differences.float32.toExponential(1),
    ]),
  );
}
