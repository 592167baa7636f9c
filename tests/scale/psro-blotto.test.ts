import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const file = fileURLToPath(new URL('../../../shared/data/comparisons/riddler_blotto_strategies.csv', import.meta.url));
const present = existsSync(file);

/** Distinct entries of rounds 1 to 4, whose boards have ten castles; castle i is worth i. */
function riddler(): Game {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const texts = lines.flatMap((line) => {
    const [round, ...castles] = line.split(',');
    return Number(round) <= 4 ? [castles.slice(0, 10).join(' ')] : [];
  });
  const labels = [...new Set(texts)];
  const entries = labels.map((text) => text.split(' ').map(Number));
  const points = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, soldiers, i) => sum + (i + 1) * Math.sign(soldiers - b[i]), 0);
  return preferenceGame(
    entries.map((a) => entries.map((b) => (1 + Math.sign(points(a, b))) / 2)),
    { name: 'riddler rounds 1 to 4', labels },
  );
}

async function reached(game: Game, solver: string): Promise<number> {
  const { runs, wallSeconds } = await solve(cpuBackend(), instance(game), solverNamed(solver));
  const [{ answer, reason }] = runs;
  const gap = answer.metrics['nash-conv'] as number;
  process.stderr.write(
    `${game.name}, ${game.actions[0]} actions, ${solver}: ${wallSeconds.toFixed(1)} s, nash-conv ${gap}, ${reason}\n`,
  );
  return gap;
}

describe.skipIf(!present)(`Blotto entries of the Riddler${present ? '' : ` (skipped: no file ${file})`}`, () => {
  it.each(['psro', 'double-oracle'])('3,996 strategies: %s reaches nash-conv ≤ 1e-6', async (solver) => {
    const game = riddler();
    expect(game.actions).toEqual([3996]);
    expect(await reached(game, solver)).toBeLessThanOrEqual(1e-6);
  });
});

describe('all splits of soldiers', () => {
  it.each([
    ['blotto:soldiers=88,fields=3', 4005, 'psro'],
    ['blotto:soldiers=88,fields=3', 4005, 'double-oracle'],
    ['blotto:soldiers=15,fields=5', 3876, 'psro'],
  ])('%s, %i strategies: %s reaches nash-conv ≤ 1e-6', async (name, actions, solver) => {
    const game = catalogueGame(name);
    expect(game.actions).toEqual([actions]);
    expect(await reached(game, solver)).toBeLessThanOrEqual(1e-6);
  });
});
