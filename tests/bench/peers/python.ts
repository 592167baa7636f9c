import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { blockRows, type RandomMatrices } from '../random-matrix.ts';
import type { Workload } from '../workload.ts';

/** What a peer says about itself. */
export interface PeerFacts {
  readonly command: string;
  readonly python: string;
  readonly library: string;
  readonly blas: string;
}

/** A Python program that takes steps, driven as `lines.py` says. */
export interface PythonPeer {
  readonly facts: PeerFacts;
  ask<Answer>(message: object): Promise<Answer>;
  /** Sends a workload with further fields; the matrix goes block by block. */
  place(workload: Workload, fields: object): Promise<void>;
  read(what: 'policy' | 'gaps'): Promise<Float64Array>;
  /** Ends the program and waits until it is gone, with its memory. */
  close(): Promise<void>;
}

/** The first of these Pythons that can import a module. */
export function pythonWith(module: string, pythons: readonly string[]): string | undefined {
  return pythons.find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0);
}

/** The number of threads for whichever library the Python has; read by each when it is loaded. */
function threadsEnvironment(threads: number): Record<string, string> {
  const names = ['OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'BLIS_NUM_THREADS'];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}

function decode(text: string): Float64Array {
  return new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

async function send({ stdin }: Child, chunk: string | Float64Array): Promise<void> {
  const bytes = typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (!stdin.write(bytes)) await once(stdin, 'drain');
}

async function sendMatrices(child: Child, payoffs: RandomMatrices): Promise<void> {
  const { size, draws } = payoffs;
  const rows = blockRows(size);
  for (let draw = 0; draw < draws; draw++)
    for (let from = 0; from < size; from += rows)
      await send(child, payoffs.block(draw, from, Math.min(size, from + rows)));
}

/** Starts a program of this folder with that many threads. */
export async function pythonPeer(command: string, program: string, threads: number): Promise<PythonPeer> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const env = { ...process.env, ...threadsEnvironment(threads), PYTHONDONTWRITEBYTECODE: '1' };
  const child: Child = spawn(command, [file], { stdio: ['pipe', 'pipe', 'inherit'], env });
  // A program that died closes its input; what matters is that it does not answer.
  child.stdin.on('error', () => {});
  const gone = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <Answer>(): Promise<Answer> => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`${command} ${program} ended before it answered`);
    return JSON.parse(value) as Answer;
  };
  const ask = async <Answer>(message: object): Promise<Answer> => {
    await send(child, `${JSON.stringify(message)}\n`);
    return answer<Answer>();
  };
  const about = await ask<Omit<PeerFacts, 'command'>>({ do: 'hello' });
  return {
    facts: { command, ...about },
    ask,
    async place(workload, fields) {
      const { payoffs, start, reference, size, runs } = workload;
      const arrays = [
        ['matrix', [payoffs.draws, size, size]],
        ['start', [runs, size]],
        ['reference', [size]],
      ];
      await send(child, `${JSON.stringify({ do: 'place', arrays, ...fields })}\n`);
      await sendMatrices(child, payoffs);
      await send(child, start);
      await send(child, reference);
      await answer();
    },
    read: async (what) => decode((await ask<{ values: string }>({ do: 'read', what })).values),
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
