import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

async function historyOf(text: string) {
  const game = catalogueGame(text);
  const { runs } = await solve(
    cpuBackend(),
    instance(game, { temperature: 0.1, seeds: [1, 2] }),
    solverNamed('extragradient'),
    { steps: 20, tolerance: 0 },
  );
  return runs;
}

const own = (columns: Readonly<Record<string, readonly number[]>>) =>
  Object.keys(columns).filter((name) => name.includes('player-improvement'));

describe('curves of the single players', () => {
  test('are their best-response gains: they end at those of the certificate, and add up to nash-conv', async () => {
    const runs = await historyOf('heterogeneous:players=3,n=4,seed=2');
    for (const { history, iterates } of runs)
      for (const iterate of ['last', 'average'] as const) {
        const columns = [1, 2, 3].map((player) => history.columns[`${iterate}/player-improvement of player ${player}`]);
        const gains = iterates[iterate]?.metrics['player-improvements'] as readonly number[];
        expect(columns.map((column) => column.at(-1))).toEqual(gains);
        history.columns[`${iterate}/nash-conv`].forEach((sum, k) => {
          expect(columns.reduce((total, column) => total + column[k], 0)).toBeCloseTo(sum, 14);
        });
      }
    const [[first], [second]] = runs.map(({ history }) => history.columns['last/player-improvement of player 1']);
    expect(first).not.toBe(second);
  });

  test('are kept for two to six players of their own only', async () => {
    const names = async (text: string) => own((await historyOf(text))[0].history.columns);
    expect(await names('rps')).toEqual([]);
    expect(await names('polymatrix-preference:players=4,n=3')).toEqual([]);
    expect(await names('polymatrix-preference:players=7,n=3,roles=own')).toEqual([]);
    expect(await names('polymatrix-preference:players=6,n=3,roles=own')).toHaveLength(12);
  });
});
