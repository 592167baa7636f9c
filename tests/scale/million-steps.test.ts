import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { openBackend } from '../../src/numerics/catalogue.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Held {
  readonly step: number;
  /** MB that the process holds on to after a garbage collection, in JavaScript and outside. */
  readonly megabytes: number;
  /** MB resident. */
  readonly resident: number;
}

/** What a solve of four runs of ten actions holds at each check from a step on. */
async function heldOver(steps: number, from: number, backendName: string): Promise<Held[]> {
  const backend = await openBackend(backendName);
  const setting = instance(catalogueGame('random:n=10,seed=1'), { temperature: 0.1, seeds: ['a', 'b', 'c', 'd'] });
  const before = backend.liveTensors();
  const seen: Held[] = [];
  await solve(backend, setting, solverNamed('extragradient'), {
    steps,
    tolerance: 0,
    onProgress({ step }) {
      if (step < from) return;
      collectGarbage();
      const { heapUsed, external, rss } = process.memoryUsage();
      seen.push({ step, megabytes: (heapUsed + external) / 2 ** 20, resident: rss / 2 ** 20 });
    },
  });
  expect(backend.liveTensors()).toBe(before);
  await backend.dispose();
  return seen;
}

describe('memory does not grow', () => {
  it.each([
    ['cpu', 1_000_000, 50_000],
    ['wasm', 30_000, 3_000],
  ])('on %s over %i steps', async (backendName, steps, from) => {
    const seen = await heldOver(steps, from, backendName);
    const [first, last] = [seen[0], seen[seen.length - 1]];
    expect(last.step).toBe(steps);
    process.stderr.write(
      `${backendName}: ${first.megabytes.toFixed(1)} MB (${first.resident.toFixed(0)} resident) at step ${first.step}, ` +
        `${last.megabytes.toFixed(1)} MB (${last.resident.toFixed(0)} resident) at step ${steps}\n`,
    );
    expect(last.megabytes - first.megabytes).toBeLessThan(1);
    expect(last.resident - first.resident).toBeLessThan(64);
  });
});
