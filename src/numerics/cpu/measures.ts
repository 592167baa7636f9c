import { klDivergence } from '../divergence.ts';
import type { Tensor } from '../tensor.ts';
import { arena, type Block } from './arena.ts';
import type { CpuTensor } from './memory.ts';
import { rowLogSoftmax } from './rows.ts';

/*
 * What every check measures, one number per run, by compiled code where it reaches the tensors and else by loops: the same
 * bits either way. A tensor of one row serves all runs.
 */

/** Room for numbers where compiled code reaches them, if it can. */
export function reachable(length: number): Block {
  return arena()?.allocate(length) ?? { data: new Float64Array(length), at: 0 };
}

const stepOf = ({ rows, columns }: CpuTensor): number => (rows === 1 ? 0 : columns);

/** out[r] ← Σ_a π_a·(max u − u_a), which cannot go below 0, from probabilities and payoffs `[B|1, A]`. */
export function bestResponseGains(policy: Tensor, payoffs: Tensor, out: Block): void {
  const p = policy as CpuTensor;
  const u = payoffs as CpuTensor;
  const { columns } = p;
  const runs = out.data.length;
  const kernels = arena()?.kernels;
  if (kernels !== undefined && p.at > 0 && u.at > 0 && out.at > 0) {
    kernels.gains(p.at, 8 * stepOf(p), u.at, 8 * stepOf(u), out.at, runs, columns);
    return;
  }
  for (let run = 0; run < runs; run++)
    out.data[run] = gainOfRow(p.data, run * stepOf(p), u.data, run * stepOf(u), columns);
}

function gainOfRow(policy: Float64Array, p: number, payoffs: Float64Array, u: number, actions: number): number {
  let best = payoffs[u];
  // NaN among them is passed over here and turns up in the sum.
  for (let a = 1; a < actions; a++) if (payoffs[u + a] > best) best = payoffs[u + a];
  let gain = 0;
  for (let a = 0; a < actions; a++) gain += policy[p + a] * (best - payoffs[u + a]);
  return gain;
}

/**
 * out[r] ← KL(π‖BR), BR = ρ·exp(w·u) normalised.
 * @param log log π. @param policy π, as many rows. @param payoffs u. @param reference log ρ; all `[B|1, A]`.
 * @param weights w, one for all runs or one each. @param room for two rows.
 */
export function responseDivergences(
  log: Tensor,
  policy: Tensor,
  payoffs: Tensor,
  reference: Tensor,
  weights: Block,
  room: Block,
  out: Block,
): void {
  const x = log as CpuTensor;
  const p = policy as CpuTensor;
  const u = payoffs as CpuTensor;
  const base = reference as CpuTensor;
  const { columns } = x;
  const runs = out.data.length;
  const weightStep = weights.data.length === 1 ? 0 : 1;
  const kernels = arena()?.kernels;
  if (
    kernels !== undefined &&
    x.at > 0 &&
    p.at > 0 &&
    u.at > 0 &&
    base.at > 0 &&
    weights.at > 0 &&
    room.at > 0 &&
    out.at > 0
  ) {
    kernels.responseDivergence(
      x.at,
      8 * stepOf(x),
      p.at,
      8 * stepOf(x),
      u.at,
      8 * stepOf(u),
      base.at,
      8 * stepOf(base),
      weights.at,
      8 * weightStep,
      room.at,
      out.at,
      runs,
      columns,
    );
    return;
  }
  const response = room.data.subarray(0, columns);
  const masses = room.data.subarray(columns, 2 * columns);
  for (let run = 0; run < runs; run++) {
    const weight = weights.data[run * weightStep];
    for (let a = 0; a < columns; a++)
      response[a] = base.data[run * stepOf(base) + a] + weight * u.data[run * stepOf(u) + a];
    rowLogSoftmax(response, response, masses, 0, columns);
    out.data[run] = klDivergence(x.data, response, run * stepOf(x), 0, columns, p.data);
  }
}
