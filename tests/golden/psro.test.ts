import { describe, expect, it } from 'vitest';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import type { RawParams } from '../../src/solve/params.ts';
import { solve } from '../../src/solve/solve.ts';
import { gameOf, playersGameOf, type ReferenceGame, reference } from '../reference.ts';

function gameOfAny(entry: ReferenceGame): Game {
  if (entry.players === 2) return gameOf(entry);
  return playersGameOf(entry);
}

async function solved(game: Game, solver: string, params: RawParams = {}) {
  const { runs } = await solve(cpuBackend(), instance(game), solverNamed(solver), { params });
  return runs[0];
}

const games = reference.games.map((entry) => [entry.id, gameOfAny(entry)] as const);
const constantSum = games.filter(([, game]) => game.sum === 'constant' && game.roleOf.length === 2);
const generalSum = games.filter(([, game]) => game.sum !== 'constant' && game.roleOf.length === 2);
const ofMany = games.filter(([, game]) => game.roleOf.length > 2);

describe('policy-space response oracles on games with known equilibria', () => {
  it('there are games of all three sorts', () => {
    expect([constantSum.length, generalSum.length, ofMany.length]).toEqual([27, 33, 7]);
  });

  it.each(constantSum)('%s: double-oracle and psro end with nash-conv ≤ 1e-9 × payoff span', async (_, game) => {
    const runs = [
      await solved(game, 'double-oracle'),
      await solved(game, 'double-oracle', { responses: 1 }),
      await solved(game, 'psro'),
    ];
    for (const { answer, result, steps } of runs) {
      expect(answer.metrics['nash-conv']).toBeLessThanOrEqual(1e-9 * game.payoffSpan);
      expect(result).toBe('converged');
      // Every round but the last adds an action of some player.
      expect(steps).toBeLessThanOrEqual(1 + game.actions.reduce((sum, count) => sum + count, 0));
    }
  });

  // What is reached without a theorem: the meta-solver follows a path that may turn back.
  it.each([...generalSum, ...ofMany])(
    '%s: psro comes as near, from the uniform policy and from the first action',
    async (_, game) => {
      for (const firstMember of ['start', 'action']) {
        const { answer, result } = await solved(game, 'psro', { firstMember });
        expect(answer.metrics['nash-conv']).toBeLessThanOrEqual(1e-9 * game.payoffSpan);
        expect(result).toBe('converged');
      }
    },
  );
});
