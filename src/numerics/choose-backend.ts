/** A problem's size as the choice sees it: the largest matrix and the runs that share it, or the work that takes its place. */
export interface ProblemSize {
  /** Actions of the largest role. */
  readonly actions: number;
  readonly runs: number;
  /** One payoff evaluation of all runs, in multiply-adds or what takes as long, where there is no matrix. */
  readonly work?: number;
  /** Its numbers are made or read on the host at every evaluation. */
  readonly fromHost?: boolean;
}

/** What there is beside the CPU backend with its own kernels. */
export interface AvailableBackends {
  /** A BLAS library under the CPU backend. */
  readonly blas: () => boolean;
  readonly wasm: boolean;
  /** A graphics card; a renderer on the CPU is none. */
  readonly gpu?: 'cuda' | 'webgpu';
}

export interface BackendChoice {
  readonly name: string;
  /** Why, in half a sentence. */
  readonly reason: string;
}

/**
 * From where a backend is ahead of `cpu`; `work` is the multiply-adds of one payoff evaluation, actions² × runs.
 *
 * `wasm` against `cpu` without BLAS, µs per solver step, two busy cores: 33 against 75 at 300 actions, 482 against 331
 * with 16 runs of them, 381 against 257 at 1,000, 5,540 against 2,029 with 16 runs, 10,900 against 4,300 at 4,096; with
 * fewer actions the elementwise part decides, and there `cpu` is ahead. With a BLAS, `cpu` took between 0.5 and 1.4 times
 * as long as `wasm` from 300 to 4,096 actions with 1 and 16 runs, checks included; in float64, it is preferred.
 * Factors and blocks of σ as well: at 1,000 and 3,000 actions of rank 8 `cpu` without BLAS took 2.4 times as long as `wasm`.
 * `gpu` is an estimate, never measured: 15 kernels of about 20 µs against 8 bytes per entry at 10 GB/s.
 */
export const crossovers = { wasm: { actions: 300, work: 1e6 }, gpu: { work: 4e6 } } as const;

function multiplyAdds({ actions, runs, work = actions * actions * runs }: ProblemSize): number {
  return work;
}

/** Whether a graphics card could be worth looking for. */
export function worthAGpu(size: ProblemSize): boolean {
  return size.fromHost !== true && multiplyAdds(size) >= crossovers.gpu.work;
}

/** The backend for a size among those that are there: the one that is expected to be fastest. */
export function chooseBackend(size: ProblemSize, available: AvailableBackends): BackendChoice {
  const work = multiplyAdds(size);
  const { format } = new Intl.NumberFormat('en-US');
  const like = size.work === undefined ? '' : ' or their like';
  const words = `${format(work)} multiply-adds${like} per evaluation`;
  const single = 'in float32: gaps end near 1e-6 of the payoff span';
  if (size.fromHost) return { name: 'cpu', reason: 'the numbers of the game come from the host at every evaluation' };
  if (available.gpu !== undefined && worthAGpu(size))
    return { name: available.gpu, reason: `${words} are worth a graphics card, ${single}` };
  if (work < crossovers.wasm.work)
    return { name: 'cpu', reason: `${words} are too few for another backend to be faster` };
  if (available.blas()) return { name: 'cpu', reason: `${words}, in float64 with BLAS` };
  if (available.wasm && size.actions >= crossovers.wasm.actions)
    return { name: 'wasm', reason: `${words}, and no BLAS for the CPU backend, ${single}` };
  return { name: 'cpu', reason: `${words}, and no other backend is faster here` };
}
