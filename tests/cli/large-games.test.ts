import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, contentsOf, workplace } from './command.ts';
import { inspectionSchema, solutionSchema } from './printed-json.ts';

const place = workplace();
const large = 'low-rank:n=900,rank=8,link=linear';
const scores = Array.from({ length: 500 }, (_, a) => Math.sin(a));
place.write('arena.json', JSON.stringify({ kind: 'bradley-terry', scores }));
place.write(
  'large.yaml',
  [
    'name: large',
    'question: does a game without a matrix run through an experiment?',
    "games: ['low-rank:n=450,rank=4,link=linear', arena.json]",
    'solvers: [extragradient]',
    'temperatures: [0.1]',
    'seeds: [1, 2]',
    'budget: { steps: 40 }',
  ].join('\n'),
);

describe('a game without a matrix', () => {
  it('runs through an experiment, stored by what defines it, to a report and a verification', async () => {
    expect((await command(place, 'run', 'large.yaml')).code).toBe(0);
    const files = Object.entries(contentsOf(join(place.folder, 'runs', 'large')));
    const games = files.filter(([name]) => name.startsWith('games/')).map(([, text]) => JSON.parse(text));
    expect(games.map(({ kind, text }) => text ?? kind).sort()).toEqual([
      'bradley-terry',
      'low-rank:n=450,rank=4,link=linear,seed=1',
      'low-rank:n=450,rank=4,link=linear,seed=2',
    ]);
    const [, report] = files.find(([name]) => name === 'report.html') as [string, string];
    expect(report).toContain('Preference game, 500 actions, stored by what defines it, without its matrix');
    expect((await command(place, 'verify', 'runs/large')).stdout).toMatch(/3 of 3 runs agree/);
  });

  it.each([large, 'low-rank:n=500', 'arena.json'])(
    '%s: is solved and certified with all but kl-to-equilibrium',
    async (game) => {
      const { code, stdout } = await command(place, 'solve', game, '--json');
      const printed = solutionSchema.parse(JSON.parse(stdout));
      expect([code, printed.result, printed.game.kind]).toEqual([0, 'converged', 'preference']);
      expect(printed.metrics[printed.gap]).toBeLessThanOrEqual(printed.tolerance);
      const small = solutionSchema.parse(JSON.parse((await command(place, 'solve', 'rps', '--json')).stdout));
      const expected = Object.keys(small.metrics).filter((name) => name !== 'kl-to-equilibrium');
      expect(expected.length).toBeGreaterThan(6);
      expect(Object.keys(printed.metrics)).toEqual(expected);
      expect(printed.guarantee).toMatchObject({ status: 'unmeasured', reason: expect.stringMatching('400 actions') });
      const [policy] = printed.profile;
      expect([policy.length, printed.game.labels[0].length]).toEqual([
        printed.game.actions[0],
        printed.game.actions[0],
      ]);
      expect(policy.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    },
  );

  it('shows the likeliest actions and sums the rest', async () => {
    const { stdout } = await command(place, 'solve', 'arena.json', '--temperature', '0.05');
    const rows = [...stdout.matchAll(/^(\d+) +(0\.\d+|\d\S*e−\d+)$/gm)].map(([, label]) => Number(label));
    expect(rows).toHaveLength(20);
    const order = scores.map((_, a) => a + 1).sort((a, b) => scores[b - 1] - scores[a - 1]);
    expect(rows).toEqual(order.slice(0, 20));
    expect(stdout).toMatch(/… 480 more, together +0\.\d+/);
  });

  it.each([
    [['solve', large, '--exact'], 'a rational certificate'],
    [['solve', large, '--solver', 'exact'], '"exact"'],
  ])('is refused by %j', async (args, what) => {
    const { code, stdout, stderr } = await command(place, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error[not-applicable]: ${what} of "low-rank:n=900,rank=8,link=linear,seed=0"`);
    expect(stderr).toContain('a game of 900 actions without a matrix');
  });

  it('is inspected: what was measured, what was not and why', async () => {
    const { code, stdout } = await command(place, 'inspect', 'arena.json', '--json');
    const { properties, equilibrium } = inspectionSchema.parse(JSON.parse(stdout));
    expect([code, equilibrium]).toEqual([0, undefined]);
    const best = scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
    expect(properties).toMatchObject({
      symmetric: true,
      payoffSpanIs: 'exact',
      condorcetWinner: String(best + 1),
      sampledTriples: { cyclic: 0, sample: 20_000, seed: '0' },
    });
    expect(Object.keys(properties.notMeasured ?? {})).toContain('equilibrium');
    const text = (await command(place, 'inspect', large)).stdout;
    expect(text).toMatch(/cyclic triples +about 2\d\.\d % ± 0\.3\d* \(\d,\d+ of 20,000 drawn at random, seed 0\)/);
    expect(text).toMatch(/Smith set: it needs/);
    expect(text).toMatch(/equilibrium: not computed, the game has no matrix/);
    expect((await command(place, 'inspect', 'arena.json')).stdout).toMatch(/cyclic triples +below 0\.015 % \(0 of/);
  });
});
