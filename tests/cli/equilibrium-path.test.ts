import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../../experiments/stored.ts';
import { yamlOf } from '../experiments/specification.ts';
import { command, workplace } from './command.ts';
import type { PrintedSolution } from './printed-json.ts';

const place = workplace();
const solve = ['solve', 'blotto:4,3', '--solver', 'newton', '--temperature', '0.05', '--set', 'points=9'];

describe('the path of newton', () => {
  it('is printed as JSON and written as a trace, with the same numbers', async () => {
    const { code, stdout } = await command(place, ...solve, '--json', '--trace', 'path.csv');
    expect(code).toBe(0);
    const { equilibriumPath: path, profile, game } = JSON.parse(stdout) as PrintedSolution;
    expect(path?.temperature).toHaveLength(9);
    expect(path?.temperature[8]).toBe(0.05);
    expect(path?.profiles[8]).toEqual(profile);
    const [head, ...lines] = place.read('path.csv').trimEnd().split('\n');
    expect(head.split(',')).toEqual(['temperature', 'regularized-gap', ...game.labels[0]]);
    expect(lines.map((line) => line.split(',').map(Number))).toEqual(
      path?.temperature.map((tau, k) => [tau, path.gap[k], ...path.profiles[k][0]]),
    );
  });

  it('names the columns of a trace by the player where there are two', async () => {
    place.write('two.json', '{"kind": "zero-sum", "labels": [["a", "b"], ["a", "c"]], "matrix": [[1, 0], [0, 2]]}');
    const args = ['two.json', '--solver', 'newton', '--set', 'points=3', '--trace', 'two.csv'];
    expect((await command(place, 'solve', ...args)).code).toBe(0);
    expect(place.read('two.csv').split('\n')[0]).toBe('temperature,regularized-gap,1/a,1/b,2/a,2/c');
  });

  it('is stored with a run, and verified with it', async () => {
    place.write(
      'paths.yaml',
      yamlOf({ games: '["blotto:4,3"]', solvers: '[{ name: newton, params: { points: 5 } }]' }),
    );
    expect((await command(place, 'run', 'paths.yaml', '--no-report')).code).toBe(0);
    const folder = join('runs', 'small');
    const [id] = readdirSync(join(place.folder, folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const file = join(folder, id, 'run.json');
    const run = JSON.parse(place.read(file)) as StoredRun;
    expect(run.equilibriumPath?.temperature).toHaveLength(5);
    expect(run.equilibriumPath?.profiles[4]).toEqual(run.iterates.last?.profile);
    expect((await command(place, 'verify', folder)).stdout).toContain('agrees bit for bit');
    const changed = JSON.parse(place.read(file)) as { equilibriumPath: { profiles: number[][][] } };
    changed.equilibriumPath.profiles[2][0][0] += 1e-6;
    place.write(file, JSON.stringify(changed));
    const { code, stdout } = await command(place, 'verify', folder);
    expect(code).toBe(1);
    expect(stdout).toContain('differs at equilibriumPath.profiles.2.0.0');
  });

  it('refuses more points than are stored, and temperature 0', async () => {
    const few = await command(place, ...solve.slice(0, -1), 'points=61');
    expect([few.code, few.stderr]).toEqual([2, expect.stringContaining('error[bad-parameter]')]);
    const zero = await command(place, 'solve', 'rps', '--solver', 'newton', '--temperature', '0');
    expect([zero.code, zero.stderr]).toEqual([2, expect.stringMatching(/not-applicable.*"exact"/)]);
  });
});
