import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';

/** Seconds of one evaluation of all players' payoffs, the least of five, with Σ over players of ⟨π_i, u_i⟩. */
function evaluated(game: Game): { readonly seconds: number; readonly total: number } {
  const backend = cpuBackend();
  const { ops } = backend;
  const { everyone } = game.place(ops);
  const { normal } = stream('scale', 'policies');
  const perRole = game.actions.map((count) =>
    ops.softmax(ops.tensor(Float64Array.from({ length: count }, normal), [1, count])),
  );
  const seated = game.roleOf.map((role) => perRole[role]);
  let seconds = Number.POSITIVE_INFINITY;
  let total = 0;
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    const payoffs = backend.scope(() => everyone?.(seated) ?? []);
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    total = payoffs.reduce((sum, tensor, seat) => {
      const policy = hostValues(seated[seat]);
      return sum + hostValues(tensor).reduce((all, u, a) => all + u * policy[a], 0);
    }, 0);
    backend.release(payoffs);
  }
  return { seconds, total };
}

describe('a thousand players with a thousand actions', () => {
  it.each(['shared', 'own'])('are chosen among in under two seconds, roles %s', (roles) => {
    const { seconds, total } = evaluated(catalogueGame(`plackett-luce:players=1000,n=1000,roles=${roles}`));
    process.stderr.write(
      `plackett-luce, 1000 × 1000, roles ${roles}: ${seconds.toFixed(4)} s, sum − 1 = ${total - 1}\n`,
    );
    expect(seconds).toBeLessThan(2);
    expect(Math.abs(total - 1)).toBeLessThan(1e-11);
  });

  it('meet in pairs, each with a policy of its own', () => {
    const { seconds, total } = evaluated(catalogueGame('polymatrix-preference:players=1000,n=1000,roles=own'));
    process.stderr.write(`polymatrix-preference, 1000 × 1000, own: ${seconds.toFixed(3)} s\n`);
    expect(Math.abs(total / 500 - 1)).toBeLessThan(1e-12);
  });
});
