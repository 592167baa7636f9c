import { afterAll, describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import type { Backend } from '../../src/numerics/backend.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import { backendsHere } from '../devices/backends.ts';

const backends = await Promise.all(
  (await backendsHere()).map(async ({ name, open }) => ({ name, backend: await open() })),
);

const games = [
  'plackett-luce:players=5,n=7',
  'plackett-luce:players=40,n=30,roles=own',
  'polymatrix-preference:players=5,n=7',
  'polymatrix-preference:players=4,n=7,roles=own',
  'heterogeneous:players=3,n=7',
  'polymatrix:players=4,n=3,graph=complete',
];

const runs = 3;

/** Payoffs of every role, `[runs, A]`, of a batch of random policies. */
async function payoffs({ ops, read, release, scope }: Backend, text: string): Promise<Float64Array[]> {
  const game = catalogueGame(text);
  const { normal } = stream('players', text);
  const logits = game.actions.map((count) => Float64Array.from({ length: runs * count }, () => Math.fround(normal())));
  const perRole = scope(() =>
    logits.map((values, role) => ops.softmax(ops.tensor(values, [runs, game.actions[role]]))),
  );
  const seated = game.roleOf.map((role) => perRole[role]);
  const placed = game.place(ops);
  const found = scope(() => placed.everyone?.(seated) ?? seated.map((_, seat) => placed.payoffs(seat, seated)));
  const values = await Promise.all([...new Set(found)].map((tensor) => read(tensor)));
  release([...perRole, ...found, placed.tensors]);
  return values;
}

describe.each(backends)('games of n players on $name', ({ backend }) => {
  afterAll(() => backend.dispose());

  it.each(games)('%s: a batch of runs receives what the CPU computes for it', async (text) => {
    const before = backend.liveTensors();
    const here = await payoffs(backend, text);
    expect(backend.liveTensors()).toBe(before);
    const cpu = cpuBackend();
    const there = await payoffs(cpu, text);
    await cpu.dispose();
    expect(here.length).toBe(there.length);
    for (const [role, values] of there.entries())
      values.forEach((value, k) => {
        expect(Math.abs(here[role][k] - value)).toBeLessThanOrEqual(40 * backend.tolerance);
      });
  });
});
