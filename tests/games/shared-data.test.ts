import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspectGame } from '../../games/inspection/summary.ts';
import { openGame } from '../../games/open-game.ts';

const folder = fileURLToPath(new URL('../../../shared/data/comparisons/', import.meta.url));
const present = existsSync(folder);

/** Figures of `SOURCES.md` beside the data. */
describe.skipIf(!present)(`real comparison data${present ? '' : ` (skipped: no folder ${folder})`}`, () => {
  test('soccer_meta_winrates.csv is a preference matrix with 6 of 120 triples cyclic', async () => {
    const properties = inspectGame(await openGame(`${folder}soccer_meta_winrates.csv`));
    expect(properties.cyclicTriples).toEqual({ count: 6, decisive: 120, total: 120 });
    expect(properties.condorcetWinner).toBeUndefined();
  });

  test('qlora_oa_gpt4.csv pools to a Condorcet winner gpt-4 and a cyclic share of .0149', async () => {
    const lines: string[] = [];
    const game = await openGame(`${folder}qlora_oa_gpt4.csv`, { report: (line) => lines.push(line) });
    const properties = inspectGame(game);
    expect(properties.condorcetWinner).toBe('gpt-4');
    expect(properties.cyclicShare).toBeCloseTo(0.0149, 4);
    expect(properties.cyclicTriples?.count).toBe(0);
    expect(lines.join('\n')).toMatch(/38544 rows, 38544 comparisons of 7 items, 953 × prompt_id/);
    expect(game.description).not.toContain('noise');
  });

  test('mtbench_judgments.csv has 6 models and no cycle', async () => {
    const game = await openGame(`${folder}mtbench_judgments.csv`);
    expect([game.actions[0], inspectGame(game).cyclicTriples?.count]).toEqual([6, 0]);
  });

  test('llmfao.csv has pairs never compared, which need a rule', async () => {
    await expect(openGame(`${folder}llmfao.csv`)).rejects.toThrow(/1125 of 2415 pairs were never compared/);
    expect((await openGame(`${folder}llmfao.csv`, { missing: 'model' })).actions).toEqual([70]);
  });

  test('llmfao.csv, whose cycles are noise, says so: half of its pairs were compared on one or two prompts', async () => {
    const lines: string[] = [];
    const game = await openGame(`${folder}llmfao.csv`, { missing: 'model', report: (line) => lines.push(line) });
    expect(lines.join('\n')).toContain('comparisons: median 7, smallest 2; prompts: median 2, smallest 1');
    expect(game.description).toContain('Few prompts per pair (median 2): cycles may be noise.');
  });
});
