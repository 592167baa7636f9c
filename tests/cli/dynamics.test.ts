import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../experiments/store.ts';
import { circle, yamlOf } from '../experiments/specification.ts';
import { command, workplace } from './command.ts';
import { solutionSchema } from './printed-json.ts';

const place = workplace();
place.write('circle.json', circle);
place.write('start.json', '[0.5, 0.25, 0.25]');
const turning = ['solve', 'circle.json', '--solver', 'replicator', '--start', 'start.json', '--steps', '4000'];

describe('what a run does', () => {
  it('is one line of the text and a field of the JSON, where it is asked for', async () => {
    const { stdout } = await command(place, ...turning, '--dynamics');
    expect(stdout).toMatch(
      /^dynamics: cycles with period 90\.\d steps \(largest exponent -?0\.000\d ± 0\.000\d per step\)$/m,
    );
    const json = await command(place, ...turning, '--dynamics', '--json');
    const { dynamics } = solutionSchema.parse(JSON.parse(json.stdout));
    expect(dynamics).toMatchObject({ label: 'cycles', unit: 'step' });
    expect((await command(place, ...turning)).stdout).not.toContain('dynamics');
  });

  it('of a method that does not iterate is refused', async () => {
    const { code, stdout, stderr } = await command(place, 'solve', 'circle.json', '--solver', 'exact', '--dynamics');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error[not-applicable]: the dynamics of "exact"; expected a solver that iterates');
  });

  it('is stored with a run of an experiment that asks for it, and verified', async () => {
    const keys = { solvers: '[hedge, exact]', temperatures: '[0]', start: 'random', budget: '{ steps: 300 }' };
    place.write('with.yaml', yamlOf({ ...keys, name: 'with', dynamics: 'true' }));
    place.write('without.yaml', yamlOf({ ...keys, name: 'without' }));
    for (const name of ['with', 'without'])
      expect((await command(place, 'run', `${name}.yaml`, '--no-report', '-q')).code).toBe(0);
    const { runs } = loadExperiment(join(place.folder, 'runs/with'));
    const plain = loadExperiment(join(place.folder, 'runs/without')).runs;
    expect(runs.map(({ dynamics }) => dynamics?.unit)).toEqual(['step', undefined]);
    expect(plain.map(({ dynamics }) => dynamics)).toEqual([undefined, undefined]);
    expect(runs[0].history).toEqual(plain[0].history);
    // Only what is asked for makes another cell of it.
    expect([runs[0].id === plain[0].id, runs[1].id === plain[1].id]).toEqual([false, true]);
    expect((await command(place, 'verify', 'runs/with')).code).toBe(0);
    const file = join(place.folder, 'runs/with', runs[0].id, 'run.json');
    const stored = JSON.parse(readFileSync(file, 'utf8'));
    stored.dynamics.exponent += 0.01;
    writeFileSync(file, JSON.stringify(stored));
    const changed = await command(place, 'verify', 'runs/with');
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain('dynamics.exponent');
  });
});
