import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pace } from './interleave.ts';
import { type SolverName, solverNames } from './workload.ts';

export const sections = ['steps', 'batches', 'eager', 'roofline', 'sweep', 'solves'] as const;
export type Section = (typeof sections)[number];

export interface BenchOptions {
  readonly sections: readonly Section[];
  readonly sizes: readonly number[];
  /** Runs at once, for the batches. */
  readonly runs: readonly number[];
  readonly threads: readonly number[];
  readonly solvers: readonly SolverName[];
  readonly pace: Pace;
  /** Times that a row of one run is set up anew; its rounds are spread over them. */
  readonly sittings: number;
  /** Calls of `solve()` per size. */
  readonly solves: number;
  readonly pythons: readonly string[];
  readonly seed: string;
  readonly json: string | undefined;
  readonly quick: boolean;
}

export const usage = `npm run bench -- [options]
  --only ${sections.join(',')}   sections to run (default: all)
  --sizes 3,10,30,100,300,1000,4096,16384     numbers of actions K; 16384 takes 2 GB, twice
  --runs 1,4,16,64,256,1024      runs at once B, for the batches
  --threads 1,2                  threads of both sides, as far as there are cores
  --solvers ${solverNames.join(',')}
  --rounds 21                    rounds per row
  --sittings 3                   times that a row of one run is set up anew, its rounds spread over them
  --chunk 20                     milliseconds of steps per contender and round
  --solves 5                     calls of solve() per size
  --quick                        small sizes, chunks of 2 ms, hardly any warm-up: does it run? (no figures to quote)
  --python /usr/bin/python3      the Python to compare with (default: /usr/bin/python3, then python3)
  --seed 1                       seed of games and starts
  --json FILE                    write the results to a file
`;

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} ${text}: expected a whole number ≥ ${least}`);
  return value;
}

function numbers(name: string, text: string): number[] {
  return text.split(',').map((part) => wholeNumber(name, part, 1));
}

function chosen<Name extends string>(option: string, text: string, known: readonly Name[]): Name[] {
  return text.split(',').map((part) => {
    const name = known.find((one) => one === part);
    if (name === undefined) throw new Error(`--${option} ${part}: expected ${known.join(', ')}`);
    return name;
  });
}

/** A file that can be written when a quarter of an hour has gone into what it will hold. */
function inExistingFolder(name: string, file: string): string {
  if (!existsSync(dirname(file))) throw new Error(`--${name} ${file}: expected a file in an existing folder`);
  return file;
}

/** Reads the command line; undefined for `--help`. */
export function benchOptions(args: readonly string[]): BenchOptions | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: text,
      sizes: text,
      runs: text,
      threads: text,
      solvers: text,
      rounds: text,
      sittings: text,
      chunk: text,
      solves: text,
      quick: flag,
      python: text,
      seed: text,
      json: text,
      help: flag,
    },
  });
  if (values.help) return undefined;
  const { quick } = values;
  const chunkSeconds = wholeNumber('chunk', values.chunk ?? (quick ? '2' : '20'), 1) / 1000;
  return {
    sections: chosen('only', values.only ?? sections.join(','), sections),
    sizes: numbers('sizes', values.sizes ?? (quick ? '3,10,100' : '3,10,30,100,300,1000,4096,16384')),
    runs: numbers('runs', values.runs ?? (quick ? '1,16' : '1,4,16,64,256,1024')),
    threads: numbers('threads', values.threads ?? (quick ? '1' : '1,2')),
    solvers: chosen('solvers', values.solvers ?? solverNames.join(','), solverNames),
    pace: {
      rounds: wholeNumber('rounds', values.rounds ?? (quick ? '3' : '21'), 1),
      chunkSeconds,
      warmSeconds: quick ? 0.05 : 0.3,
      limitSeconds: quick ? 1 : 15,
    },
    sittings: wholeNumber('sittings', values.sittings ?? (quick ? '1' : '3'), 1),
    solves: wholeNumber('solves', values.solves ?? (quick ? '1' : '5'), 1),
    pythons: values.python === undefined ? ['/usr/bin/python3', 'python3'] : [values.python],
    seed: values.seed ?? '1',
    json: values.json === undefined ? undefined : inExistingFolder('json', values.json),
    quick,
  };
}
