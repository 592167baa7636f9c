import { parseArgs } from 'node:util';
import type { Pace } from './interleave.ts';
import { type SolverName, solverNames } from './workload.ts';

export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly solvers: readonly SolverName[];
  readonly pace: Pace;
  /** Calls of `solve()` per size; 0 leaves the second table out. */
  readonly solves: number;
  readonly pythons: readonly string[];
  readonly seed: string;
  readonly json: string | undefined;
}

export const usage = `npm run bench -- [options]
  --sizes 3,10,30,100,300,1000   numbers of actions
  --solvers ${solverNames.join(',')}
  --rounds 21                    rounds per size and solver
  --chunk 20                     milliseconds of steps per contender and round
  --solves 5                     calls of solve() per size; 0 = no second table
  --quick                        chunks of 2 ms, hardly any warm-up, one solve: does it run? (no figures to quote)
  --python /usr/bin/python3      the Python to compare with (default: python3, then /usr/bin/python3)
  --seed 1                       seed of games and starts
  --json FILE                    write every measurement to a file
`;

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} ${text}: expected a whole number ≥ ${least}`);
  return value;
}

/** Reads the command line; undefined for `--help`. */
export function benchOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '3,10,30,100,300,1000' },
      solvers: { type: 'string', default: solverNames.join(',') },
      rounds: { type: 'string', default: '21' },
      chunk: { type: 'string' },
      solves: { type: 'string' },
      quick: { type: 'boolean', default: false },
      python: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const solvers = values.solvers.split(',').map((name) => {
    const known = solverNames.find((solver) => solver === name);
    if (known === undefined) throw new Error(`--solvers ${name}: expected ${solverNames.join(' or ')}`);
    return known;
  });
  const { quick } = values;
  const chunkSeconds = wholeNumber('chunk', values.chunk ?? (quick ? '2' : '20'), 1) / 1000;
  return {
    sizes: values.sizes.split(',').map((text) => wholeNumber('sizes', text, 1)),
    solvers,
    pace: {
      rounds: wholeNumber('rounds', values.rounds, 1),
      chunkSeconds,
      warmSeconds: quick ? chunkSeconds : 0.3,
    },
    solves: wholeNumber('solves', values.solves ?? (quick ? '1' : '5'), 0),
    pythons: values.python === undefined ? ['python3', '/usr/bin/python3'] : [values.python],
    seed: values.seed,
    json: values.json,
  };
}
