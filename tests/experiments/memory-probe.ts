import { cellsBytes } from '../../experiments/batch-cost.ts';
import { computeBatch } from '../../experiments/compute.ts';
import type { ExpandedCell } from '../../experiments/expand.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';
import { gameSize } from '../../src/solve/memory.ts';

/*
 * Prints, as JSON, what a batch is estimated to take and how far the resident memory of this process grew over it:
 *
 *   tsx tests/experiments/memory-probe.ts <solver> <actions> <runs> <steps>
 */

const [, , solver, ...sizes] = process.argv;
const [actions, runs, steps] = sizes.map(Number);
const direct = solver === 'exact';
const backend = cpuBackend();

/** Read from its document, as a worker does. */
function random(n: number): Game {
  const draw = stream('memory', 'game');
  const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0.5));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      rows[i][j] = draw.uniform();
      rows[j][i] = 1 - rows[i][j];
    }
  return readGameDocument({ kind: 'preference', matrix: rows }, 'random');
}

function cells(count: number, budget: number): ExpandedCell[] {
  const params: ExpandedCell['cell']['solver']['params'] = direct ? {} : { stepSize: 0.01 };
  return Array.from({ length: count }, (_, seed) => ({
    id: String(seed),
    cell: {
      game: { name: 'random', hash: '' },
      solver: { name: solver, params },
      temperature: direct ? 0 : 0.1 + seed / 1e6,
      reference: 'uniform',
      start: 'random',
      seed: String(seed),
      steps: budget,
      tolerance: 0,
      iterate: 'last',
      metrics: [],
      given: { params: {} },
    },
  }));
}

// What is loaded once, and what a warm process holds, is not the batch's; the linear programs are.
if (!direct) await computeBatch(backend, cells(2, 100), random(5));
const before = process.resourceUsage().maxRSS;
const game = random(actions);
const found = await computeBatch(backend, cells(runs, steps), game);
const measured = (process.resourceUsage().maxRSS - before) * 1024;
const estimate = cellsBytes(
  cells(runs, steps).map(({ cell }) => cell),
  gameSize(game),
);
process.stdout.write(`${JSON.stringify({ actions, runs: found.length, steps, measured, estimate })}\n`);
