import type { Contender } from '../contender.ts';
import type { Spent } from '../spent.ts';
import { type PythonPeer, pythonPeer } from './python.ts';

export interface NumpyPeer {
  readonly peer: PythonPeer;
  readonly contender: Contender;
}

/** The same steps in NumPy, on that many threads. */
export async function numpyPeer(name: string, command: string, threads: number): Promise<NumpyPeer> {
  const peer = await pythonPeer(command, 'numpy_step.py', threads);
  return {
    peer,
    contender: {
      name,
      place: (workload) => {
        const { solver, keep, pull, push } = workload;
        return peer.place(workload, { solver, keep, pull, push });
      },
      take: (steps) => peer.ask<Spent>({ do: 'take', steps }),
      policy: () => peer.read('policy'),
      clear: () => peer.ask({ do: 'clear' }),
    },
  };
}
