import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../contender.ts';
import type { Spent } from '../spent.ts';

export interface NumpyFacts {
  readonly command: string;
  readonly python: string;
  readonly numpy: string;
  readonly blas: string;
}

export interface NumpyPeer {
  readonly facts: NumpyFacts;
  readonly contender: Contender;
}

const program = fileURLToPath(new URL('numpy_step.py', import.meta.url));

/** One thread, as the other contenders have. */
const environment = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

function encode(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function decode(text: string): Float64Array {
  return new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

/** The same steps in NumPy, in the first of these Pythons that can import it; undefined where none can. */
export async function numpyPeer(name: string, pythons: readonly string[]): Promise<NumpyPeer | undefined> {
  const command = pythons.find((python) => spawnSync(python, ['-c', 'import numpy']).status === 0);
  if (command === undefined) return undefined;
  const child = spawn(command, [program], { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <Answer>(message: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${command} ended before it answered`);
    return JSON.parse(value) as Answer;
  };
  const about = await ask<Omit<NumpyFacts, 'command'>>({ do: 'hello' });
  return {
    facts: { command, ...about },
    contender: {
      name,
      place: ({ solverName, size, matrix, start, reference, keep, pull, push }) =>
        ask({
          do: 'place',
          solver: solverName,
          size,
          matrix: encode(matrix),
          start: encode(start),
          reference: encode(reference),
          keep,
          pull,
          push,
        }),
      take: (steps) => ask<Spent>({ do: 'take', steps }),
      policy: async () => decode((await ask<{ log: string }>({ do: 'policy' })).log),
      close: () => child.stdin.end(),
    },
  };
}
