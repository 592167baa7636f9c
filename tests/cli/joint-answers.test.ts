import { describe, expect, it } from 'vitest';
import { mainGap } from '../../reports/model/gap.ts';
import { command, expectRefusal, workplace } from './command.ts';
import { inspectionSchema, solutionSchema } from './printed-json.ts';

const place = workplace();
place.write(
  'chicken.json',
  '{"kind": "bimatrix", "labels": [["dare", "yield"], ["dare", "yield"]], "payoffs": [[[0, 4], [1, 3]], [[0, 1], [4, 3]]]}',
);
place.write(
  'three.nfg',
  'NFG 1 R "cut" { "a" "b" "c" } { { "l" "r" } { "l" "r" } { "l" "r" } } "" 0 0 0 1 2 -1 2 4 2 -1 2 1 -1 2 1 2 4 2 1 2 -1 0 0 0',
);

describe('joint distributions as answers', () => {
  it('are printed by label, the likeliest first, with what they are and what the policies below them are', async () => {
    const { code, stdout } = await command(place, 'solve', 'chicken.json', '--solver', 'correlated');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^converged \(linear program.*welfare 5\.33333, proven to be the largest.*\): ce-gap /m);
    expect(stdout).toMatch(/joint distribution of 3 joint actions · payoffs 2\.67, 2\.67/);
    expect(stdout).toMatch(/its marginals, what each player does by itself\n/);
    expect(stdout).toMatch(/^player 1 +player 2 +probability\n(?:(?:dare|yield) +(?:dare|yield) +0\.333\n){3}\n/m);
    expect(stdout).toMatch(/^action of player 1 +marginal$/m);
    expect(stdout).toMatch(/^cce-gap +\S+$/m);
  });

  it('of players who share a policy say that marginals are means over them', async () => {
    const { stdout } = await command(place, 'solve', 'plackett-luce:3,4', '--solver', 'alpha-rank');
    expect(stdout).toContain('the mean over the players who share one');
    expect(stdout).toMatch(/^… \d+ more, together +\S+$/m);
    expect(stdout.match(/^\d +\d +\d +\S+$/gm)).toHaveLength(20);
  });

  it('of many joint actions list a thousand, and count them all', async () => {
    const zeros = Array.from({ length: 40 }, () => new Array<number>(40).fill(0));
    place.write('flat.json', JSON.stringify({ kind: 'bimatrix', payoffs: [zeros, zeros] }));
    const asked = ['solve', 'flat.json', '--solver', 'coarse-correlated', '--set', 'objective=entropy'];
    const { joint } = solutionSchema.parse(JSON.parse((await command(place, ...asked, '--json')).stdout));
    expect(joint?.support).toBe(1600);
    expect(joint?.outcomes).toHaveLength(1000);
    expect(joint?.outcomes[0].probability).toBeCloseTo(1 / 1600, 14);
    const { stdout } = await command(place, ...asked);
    expect(stdout).toMatch(/^… 1580 more, together +0\.988$/m);
    expect((await command(place, ...asked, '-v')).stdout).toMatch(/^… 600 more, together +0\.375$/m);
  });

  it('inspect names the largest welfare of a small general-sum game, of constant sums nothing', async () => {
    const { stdout } = await command(place, 'inspect', 'chicken.json');
    expect(stdout).toMatch(/^largest welfare +5\.33 in a correlated equilibrium, payoffs 2\.67, 2\.67$/m);
    const printed = inspectionSchema.parse(JSON.parse((await command(place, 'inspect', 'three.nfg', '--json')).stdout));
    // Nothing in the file adds up to more than 2 + 4 + 2, at both pure equilibria.
    expect(printed.correlated?.welfare).toBeCloseTo(8, 12);
    expect((await command(place, 'inspect', 'rps')).stdout).not.toContain('welfare');
  });

  it('ratings stand beside the probabilities of Nash averaging', async () => {
    const { code, stdout } = await command(place, 'solve', 'rps', '--solver', 'nash-averaging');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^action +probability +rating$/m);
    expect(stdout).toMatch(/^rock +0\.333 +0\.5$/m);
  });

  it('the gaps of play are measured by name, and the theorem about them is held against its bound', async () => {
    const { stdout } = await command(
      place,
      ...['solve', 'three.nfg', '--solver', 'hedge', '--steps', '500', '--metrics', 'cce-gap,ce-gap', '--json'],
    );
    const { metrics, guarantee } = solutionSchema.parse(JSON.parse(stdout));
    expect(Object.keys(metrics)).toEqual(['cce-gap', 'ce-gap', 'nash-conv', 'player-improvements']);
    expect(guarantee).toMatchObject({ status: 'within', metric: 'cce-gap', measured: metrics['cce-gap'] });
  });

  it.each([
    [
      'an objective that is none',
      ['correlated', 'objective=best'],
      'bad-parameter',
      /welfare, egalitarian, entropy or player:k/,
    ],
    [
      'a player that is none',
      ['correlated', 'objective=player:3'],
      'bad-parameter',
      /2 players; expected player:1 to player:2/,
    ],
    ['an intensity below 0', ['alpha-rank', 'alpha=-1'], 'bad-parameter', /a number above 0, or infinity/],
    ['one population of two kinds', ['alpha-rank', 'populations=one', 'rps3'], 'not-applicable', /not symmetric/],
    ['a lottery without margins', ['maximal-lottery'], 'not-applicable', /no margins/],
    ['averaging in a general-sum game', ['nash-averaging'], 'not-applicable', /general-sum/],
  ] as const)('%s is refused', async (_, [solver, set], code, words) => {
    const more = set === undefined ? [] : ['--set', set];
    place.write('skew.json', '{"kind": "bimatrix", "payoffs": [[[0, 4], [1, 3]], [[0, 1], [4, 2]]]}');
    await expectRefusal(place, ['solve', 'skew.json', '--solver', solver, ...more], code, [words]);
  });

  it('too many joint actions are refused by name', async () => {
    await expectRefusal(place, ['solve', 'polymatrix:40,3', '--solver', 'correlated'], 'too-large', [
      /payoffs of "polymatrix.*for each of 40 players/,
    ]);
    await expectRefusal(place, ['solve', 'blotto:12,3', '--solver', 'alpha-rank'], 'too-large', [/8281 states/]);
    await expectRefusal(
      place,
      ['solve', 'rps', '--solver', 'hedge', '--backend', 'wasm', '--metrics', 'cce-gap'],
      'not-applicable',
      [/backend wasm; expected backend cpu/],
    );
  });

  it('an experiment keeps them, is verified, and its report judges them by their own gap', async () => {
    place.write(
      'joint.yaml',
      `name: joint
question: What do equilibria of several kinds earn where players may correlate?
games: [chicken.json, three.nfg]
temperatures: [0]
solvers: [correlated, coarse-correlated, { name: alpha-rank, params: { alpha: 1 } }, hedge]
budget: { calls: 600 }
`,
    );
    const ran = await command(place, 'run', 'joint.yaml', '--workers', '1');
    expect(ran.stderr).not.toMatch(/error\[/);
    const runs = Object.entries(place.contents())
      .filter(([name]) => /^runs\/joint\/[0-9a-f]{64}\/run\.json$/.test(name))
      .map(([, text]) => JSON.parse(text));
    const joint = runs.filter((run) => run.joint !== undefined);
    expect(joint.map(({ cell }) => cell.solver.name).sort()).toEqual(
      ['correlated', 'coarse-correlated', 'alpha-rank'].flatMap((name) => [name, name]).sort(),
    );
    for (const run of joint) {
      const { cell, gap, joint: found } = run;
      expect(mainGap(run)).toBe(gap);
      expect(gap).toBe(cell.solver.name === 'coarse-correlated' ? 'cce-gap' : 'ce-gap');
      expect(found.support).toBeGreaterThan(0);
    }
    expect((await command(place, 'verify', 'runs/joint')).code).toBe(0);
    const [{ id }] = joint;
    const file = `runs/joint/${id}/run.json`;
    const stored = JSON.parse(place.read(file));
    stored.joint.outcomes[0].probability += 1e-6;
    place.write(file, JSON.stringify(stored));
    const verified = await command(place, 'verify', 'runs/joint');
    expect(verified.code).toBe(1);
    expect(verified.stdout).toMatch(/DIFFERS: differs at joint\.outcomes\.0\.probability by 1\.0e-6/);
    const words = place.read('runs/joint/report.html').replace(/<script[\s\S]*?<\/script>/g, '');
    expect(words).not.toMatch(/undefined|NaN/);
    expect(words).toContain('CCE gap');
  }, 60_000);
});
