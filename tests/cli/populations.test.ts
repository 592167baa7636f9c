import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { command, expectRefusal, workplace } from './command.ts';

const place = workplace();
place.write('teacher.json', '[1, 0, 0]');
place.write('other.json', '{"policy": [0, 1, 0]}');
place.write('four.json', '[0.25, 0.25, 0.25, 0.25]');
place.write('heavy.json', '[0.5, 0.5, 0.5]');

const refusals: readonly (readonly [args: string, code: ErrorCode, ...words: (string | RegExp)[]])[] = [
  ['solve rps --population recnt:5', 'unknown-name', 'population "recnt"', 'nearest: recent'],
  ['solve rps --population recent:5,6', 'bad-parameter', 'value "6"', 'population "recent:5,6"', 'at most k'],
  ['solve rps --population recent:k=0', 'bad-parameter', 'k = ', 'population "recent"', 'an integer in 1 … 1000'],
  ['solve rps --population recent:size=3', 'unknown-name', 'parameter "size"', 'population "recent"'],
  ['solve rps --population recent:k=2,weights=0/0', 'bad-parameter', 'a population of zero weight', '"recent"'],
  ['solve rps --population recent:k=3,weights=1/2', 'bad-parameter', '2 weights for 3 members', '"recent"'],
  ['solve rps --population recent:k=2,weights=1/-2', 'bad-parameter', 'weight -2 of member 2', 'a finite number ≥ 0'],
  ['solve rps --population recent:k=2,weights=1/x', 'bad-parameter', 'weight NaN of member 2'],
  ['solve rps --population ema:1', 'bad-parameter', 'memory', '0 ≤ b < 1'],
  ['solve rps --population external:four.json', 'bad-policy', 'a policy of 4 probabilities', 'four.json', 'expected 3'],
  ['solve rps --population external:heavy.json', 'bad-policy', 'sum to 1.5', 'heavy.json'],
  ['solve rps --population external:nobody.json', 'bad-file', 'nobody.json'],
  ['solve rps --population external:teacher.json+', 'bad-parameter', 'no name for policy 2', '"external"'],
  ['solve rps --population annotators', 'not-applicable', 'without groups'],
  [
    'solve rps --solver exact --temperature 0 --population self',
    'not-applicable',
    '"exact"',
    '"self"',
    'answers at once',
  ],
  ['solve plackett-luce:players=3,n=3 --population meta-nash', 'not-applicable', '3 players', '"psro"'],
  ['solve blotto:10,3 --solver mnpo --population self --set centre=nobody', 'bad-parameter', '"centre"', 'nobody'],
];

describe('populations that cannot be are refused, and nothing is written', () => {
  it.each(refusals.map(([line, code, ...words]) => ({ line, code, words })))('$line', async ({ line, code, words }) => {
    await expectRefusal(place, line.split(' '), code, words);
  });
});

describe('populations from the command line', () => {
  it('frozen policies of files are opponents, and need no full support', async () => {
    const line = 'solve rps --solver mirror-descent --step-size 10 --temperature 0.1 --json';
    const met = 'external:teacher.json+other.json,weights=3/1';
    const { code, stdout } = await command(place, ...line.split(' '), '--population', met);
    // Rock three times out of four, else paper: u = (3/8, 7/8, 1/4), and 1/τ is one full step.
    const weights = [0.375, 0.875, 0.25].map((u) => Math.exp(u / 0.1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const solution = JSON.parse(stdout);
    expect(solution.population).toBe('external:policies=teacher.json+other.json,weights=3/1');
    solution.profile[0].forEach((p: number, a: number) => {
      expect(Math.abs(p - weights[a] / total)).toBeLessThan(1e-15);
    });
    // The answer to frozen opponents is no equilibrium, and is not called one.
    expect(solution.result).toBe('stalled');
    expect(code).toBe(1);
  });

  it('a start at the equilibrium is no answer to other opponents', async () => {
    const { stdout } = await command(place, ...'solve rps --population external:teacher.json --json'.split(' '));
    expect(JSON.parse(stdout).steps).toBeGreaterThan(0);
  });

  it('list says all about one rule', async () => {
    const { code, stdout } = await command(place, 'list', 'recent');
    expect(code).toBe(0);
    expect(stdout).toContain('share of the reference');
    expect(stdout).toContain('--population recent:5');
  });

  it('list names every rule with its parameters', async () => {
    const { code, stdout } = await command(place, 'list', 'populations', '--json');
    expect(code).toBe(0);
    const { populations } = JSON.parse(stdout);
    expect(populations.map(({ population }: { population: string }) => population)).toContain('meta-nash');
  });
});
