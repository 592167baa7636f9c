import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circle, yamlOf } from '../experiments/specification.ts';
import { visibleText } from '../reports/page-text.ts';
import { command, workplace } from './command.ts';
import { solutionSchema } from './printed-json.ts';

const place = workplace();
place.write('circle.json', circle);
const forward = ['--solver', 'rspo', '--set', 'reverse=0', '--set', 'forward=1'];

describe('a gap of a game with another regulariser than reverse KL', () => {
  it('says so in the text, in the table and in JSON, which has no distance to the equilibrium of reverse KL', async () => {
    const { stdout } = await command(place, 'solve', 'random:5,1', ...forward);
    expect(stdout).toMatch(/^converged: regularized-gap \(forward KL\) \S+ ≤ /m);
    expect(stdout).toMatch(/^regularized-gap \(forward KL\) +\S+$/m);
    expect(stdout).not.toContain('kl-to-equilibrium');
    expect(stdout).toContain('no theorem is known with forward KL');
    const json = await command(place, 'solve', 'random:5,1', ...forward, '--json');
    const printed = solutionSchema.parse(JSON.parse(json.stdout));
    expect(printed).toMatchObject({ gap: 'regularized-gap', regulariser: 'forward KL', result: 'converged' });
    expect(printed.metrics).not.toHaveProperty('kl-to-equilibrium');
    expect(printed.guarantee?.status).toBe('outside');
  });

  it('is not named where it is that of reverse KL, nor at temperature 0', async () => {
    const reverse = (await command(place, 'solve', 'random:5,1', '--solver', 'rspo')).stdout;
    expect(reverse).toMatch(/^converged: regularized-gap \S+ ≤ /m);
    expect(reverse).toMatch(/^kl-to-equilibrium /m);
    const bare = await command(place, 'solve', 'random:5,1', ...forward, '--temperature', '0', '--step-size', '0.1');
    expect(bare.stdout).not.toContain('forward KL)');
  });

  it('is stored with its regulariser, verified, and named beside the gap in the report', async () => {
    const solvers = '[mirror-descent, { name: rspo, params: { reverse: 0, forward: 1, chiSquared: 0.5 } }]';
    place.write('two.yaml', yamlOf({ name: 'two', solvers, temperatures: '[0.2]', seeds: '[1, 2]', start: 'random' }));
    const { code, stderr } = await command(place, 'run', 'two.yaml', '--out', 'runs', '-q');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(place.folder, 'runs/two');
    const stored = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'games')
      .map((entry) => JSON.parse(place.read(join('runs/two', entry.name, 'run.json'))));
    expect(stored.map((run) => [run.cell.solver.name, run.regulariser]).sort()).toEqual([
      ['mirror-descent', undefined],
      ['mirror-descent', undefined],
      ['rspo', 'forward KL + 0.5·χ²'],
      ['rspo', 'forward KL + 0.5·χ²'],
    ]);
    const text = visibleText(place.read('runs/two/report.html'));
    expect(text).toContain('regularized gap (forward KL + 0.5·χ²)');
    expect(text).toContain('For rspo it is the gap of the game with forward KL + 0.5·χ² in place of reverse KL.');
    expect((await command(place, 'verify', 'runs/two')).stdout).toContain('4 of 4 runs agree');
  });

  it('is refused without any weight', async () => {
    const { code, stderr } = await command(place, 'solve', 'rps', '--solver', 'rspo', '--set', 'reverse=0');
    expect(code).toBe(2);
    expect(stderr).toMatch(/parameter "reverse" of solver "rspo": all weights are 0; one of them must be above 0/);
  });
});
