import { describe, expect, it } from 'vitest';
import { command, workplace } from './command.ts';
import { solutionSchema } from './printed-json.ts';

const place = workplace();
const game = 'random:n=30,seed=1';

describe('solve on another backend', () => {
  it('says on which, in text and in JSON', async () => {
    const text = await command(place, 'solve', game, '--backend', 'wasm');
    expect(text.stdout).toMatch(/ · wasm, float32 \(tfjs [^)]*; cpu, 1 thread\)\n/);
    const { stdout } = await command(place, 'solve', game, '--backend', 'wasm', '--json');
    expect(solutionSchema.parse(JSON.parse(stdout)).backend).toMatchObject({ name: 'wasm', dtype: 'float32' });
    expect((await command(place, 'solve', game)).stdout).not.toContain('float64');
    expect((await command(place, 'solve', game, '-v')).stdout).toContain('cpu, float64 (wasm-simd; cpu)');
  });

  it('stalls at the float32 floor, exit 1; polished it is certified, exit 0', async () => {
    const flags = ['--backend', 'wasm', '--tolerance', '1e-20', '--json'];
    const raw = await command(place, 'solve', game, ...flags);
    expect(raw.code).toBe(1);
    expect(JSON.parse(raw.stdout)).toMatchObject({ result: 'stalled', reason: expect.stringContaining('--polish') });
    const polished = await command(place, 'solve', game, ...flags, '--polish');
    expect(polished.code).toBe(0);
    const solution = solutionSchema.parse(JSON.parse(polished.stdout));
    expect(solution).toMatchObject({ result: 'converged', backend: { dtype: 'float32' } });
    expect(solution.polish).toMatchObject({ backend: { name: 'cpu', dtype: 'float64' } });
    expect(solution.polish?.steps).toBeLessThan(solution.steps);
  });

  it.each([
    [['--polish'], 'backend cpu computes in float64'],
    [['--polish', '--backend', 'wasm', '--tolerance', '0', '--steps', '5'], 'the run did not stall'],
  ])('%s: says why there was nothing to polish', async (flags, words) => {
    expect((await command(place, 'solve', game, ...flags)).stderr).toContain(words);
  });

  it('refuses to polish what would start anew, exit 2', async () => {
    const { code, stdout, stderr } = await command(place, 'solve', 'rps', '--solver', 'hedge', '--polish');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error[not-applicable]');
  });
});
