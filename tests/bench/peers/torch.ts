import type { Spent } from '../spent.ts';
import { temperature } from '../workload.ts';
import type { GapContender } from './nashlab-solve.ts';
import { type PythonPeer, pythonPeer } from './python.ts';

export interface TorchPeer {
  readonly peer: PythonPeer;
  contender(name: string, dtype: 'float32' | 'float64'): GapContender;
}

/** Extragradient in eager PyTorch on one thread, the gap measured after every step. */
export async function torchPeer(command: string): Promise<TorchPeer> {
  const peer = await pythonPeer(command, 'torch_step.py', 1);
  let taken = 0;
  const steps: Omit<GapContender, 'name' | 'place'> = {
    take: (count) => {
      taken = count;
      return peer.ask<Spent>({ do: 'take', steps: count });
    },
    policy: () => peer.read('policy'),
    gaps: async () => ({ steps: Array.from({ length: taken }, (_, t) => t + 1), values: await peer.read('gaps') }),
    clear: () => peer.ask({ do: 'clear' }),
  };
  return {
    peer,
    contender: (name, dtype) => ({
      ...steps,
      name,
      place: (workload) => peer.place(workload, { dtype, temperature, push: workload.push }),
    }),
  };
}
