import { describe, expect, it } from 'vitest';
import { command, workplace } from './command.ts';
import { inspectionSchema, solutionSchema } from './printed-json.ts';

const place = workplace();
place.write(
  'three.nfg',
  'NFG 1 R "cut" { "a" "b" "c" } { { "l" "r" } { "l" "r" } { "l" "r" } } "the largest cut" 0 0 0 1 2 -1 2 4 2 -1 2 1 -1 2 1 2 4 2 1 2 -1 0 0 0',
);
const cyclic = {
  kind: 'normal-form',
  players: 3,
  actions: [2, 2, 2],
  payoffs: [
    [
      [
        [1, 1],
        [-1, -1],
      ],
      [
        [-1, -1],
        [1, 1],
      ],
    ],
    [
      [
        [1, -1],
        [-1, 1],
      ],
      [
        [1, -1],
        [-1, 1],
      ],
    ],
    [
      [
        [-1, 1],
        [-1, 1],
      ],
      [
        [1, -1],
        [1, -1],
      ],
    ],
  ],
};
place.write('jordan.json', JSON.stringify(cyclic));

it('inspect says that a constant-sum game has more equilibria than the one it shows', async () => {
  // Rock, paper, scissors, and a fourth action that draws against everything: two extreme policies for each player.
  const matrix = [
    [0, -1, 1, 0],
    [1, 0, -1, 0],
    [-1, 1, 0, 0],
    [0, 0, 0, 0],
  ];
  place.write('rpsw.json', JSON.stringify({ kind: 'zero-sum', matrix }));
  const { stdout, code } = await command(place, 'inspect', 'rpsw.json');
  expect(code).toBe(0);
  expect(stdout).toContain('not the only one');
  expect(stdout).toContain('1 continuum of 4 extreme equilibria');
  const json = JSON.parse((await command(place, 'inspect', 'rpsw.json', '--json')).stdout);
  expect(json.equilibria.extremes).toHaveLength(4);
  expect(JSON.parse((await command(place, 'inspect', 'rps', '--json')).stdout).equilibria).toBeUndefined();
});

describe('three players', () => {
  it('inspect says players, actions, sum and pure equilibria, and writes the game in another format', async () => {
    const { code, stdout, stderr } = await command(place, 'inspect', 'three.nfg', '--write', 'three.gam');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cut · normal-form game, 3 players, 2 × 2 × 2 actions\n\nthe largest cut\n/);
    expect(stdout).toMatch(/sum +general\n/);
    expect(stdout).toMatch(/pure equilibria +2: \(l, r, l\), \(r, l, r\)\n/);
    expect(stdout).not.toMatch(/Condorcet|value/);
    expect(stderr).toContain('three.gam: written');
    expect(place.read('three.gam').trim().split(/\s+/).slice(0, 8)).toEqual(['3', '2', '2', '2', '0', '1', '2', '-1']);
    const printed = inspectionSchema.parse(JSON.parse((await command(place, 'inspect', 'three.gam', '--json')).stdout));
    expect(printed.game).toMatchObject({ kind: 'normal-form', players: 3, actions: [2, 2, 2] });
    expect(printed.properties.pureEquilibria?.profiles).toEqual([
      ['1', '2', '1'],
      ['2', '1', '2'],
    ]);
    expect(printed.equilibrium).toBeUndefined();
  });

  it('inspect refuses another ending, and a place that cannot be written', async () => {
    for (const [path, error] of [
      ['three.csv', 'bad-option'],
      ['nowhere/three.nfg', 'unwritable'],
    ] as const) {
      const { code, stdout, stderr } = await command(place, 'inspect', 'three.nfg', '--write', path);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`error[${error}]`);
    }
  });

  it.each([
    ['hedge', []],
    ['optimistic', []],
    ['regret-matching-plus', []],
    ['mirror-descent', ['--temperature', '2']],
    ['extragradient', ['--temperature', '2']],
    ['nash-md', ['--temperature', '2']],
  ] as const)('%s is certified by the gap over all players, without words about two', async (solver, more) => {
    const { code, stdout } = await command(
      place,
      'solve',
      'jordan.json',
      '--solver',
      solver,
      '--start',
      'random',
      '--tolerance',
      '0.01',
      '--json',
      ...more,
    );
    const printed = solutionSchema.parse(JSON.parse(stdout));
    expect(printed.profile).toHaveLength(3);
    expect(printed.metrics['player-improvements']).toHaveLength(3);
    const gains = printed.metrics['player-improvements'] as number[];
    expect(printed.metrics['nash-conv']).toBeCloseTo(
      gains.reduce((sum, gain) => sum + gain, 0),
      14,
    );
    expect(printed.gap).toBe(more.length === 0 ? 'nash-conv' : 'regularized-gap');
    expect(Object.keys(printed.metrics)).not.toContain('exploitability');
    expect(Object.keys(printed.metrics)).not.toContain('duality-gap');
    if (more.length > 0) expect([code, printed.result]).toEqual([0, 'converged']);
    // Theorems about play hold for any players; the others say what they are about.
    if (printed.guarantee?.metric === 'cce-gap') expect(printed.guarantee.status).toBe('within');
    else if (printed.guarantee !== undefined) expect(printed.guarantee.reason).toBe('the game has 3 players');
  });

  it('the answer is printed as Gambit prints it, one probability per player and action', async () => {
    const { stdout } = await command(
      place,
      'solve',
      'jordan.json',
      '--temperature',
      '2',
      '--format',
      'gambit',
      '--tolerance',
      '1e-8',
      '--start',
      'random',
    );
    const [tag, ...numbers] = stdout.trim().split(',');
    expect(tag).toBe('NE');
    expect(numbers).toHaveLength(6);
    for (const number of numbers) expect(Number(number)).toBeCloseTo(0.5, 3);
  });

  it.each(['exact', 'gpo'])('%s, which needs a matrix, is refused by name', async (solver) => {
    const { code, stderr } = await command(place, 'solve', 'jordan.json', '--solver', solver);
    expect(code).toBe(2);
    expect(stderr).toMatch(/3 players/);
  });

  it('newton follows the quantal responses of every player, and writes them as a trace', async () => {
    const solve = ['solve', 'three.nfg', '--solver', 'newton', '--temperature', '0.2', '--set', 'points=7'];
    const { code, stdout } = await command(place, ...solve, '--json', '--trace', 'path.csv');
    const printed = solutionSchema.parse(JSON.parse(stdout));
    expect([code, printed.result, printed.roleTemperatures]).toEqual([0, 'converged', undefined]);
    expect(printed.guarantee).toMatchObject({ status: 'within', metric: 'nash-conv' });
    const [head, ...lines] = place.read('path.csv').trimEnd().split('\n');
    expect(head).toBe('temperature,regularized-gap,1/l,1/r,2/l,2/r,3/l,3/r');
    const path = printed.equilibriumPath;
    expect(lines.map((line) => line.split(',').map(Number))).toEqual(
      path?.temperature.map((tau, k) => [tau, path.gap[k], ...path.profiles[k].flat()]),
    );
    expect(lines).toHaveLength(7);
  });

  it('with a temperature of their own each, as factors of the common one', async () => {
    const solve = ['solve', 'three.nfg', '--temperature', '3', '--role-temperatures', '1,0.5,2'];
    const policies: (readonly (readonly number[])[])[] = [];
    for (const solver of ['newton', 'mirror-descent']) {
      const { code, stdout } = await command(place, ...solve, '--solver', solver, '--start', 'random', '--json');
      const printed = solutionSchema.parse(JSON.parse(stdout));
      expect([code, printed.temperature, printed.roleTemperatures]).toEqual([0, 3, [1, 0.5, 2]]);
      policies.push(printed.profile);
    }
    policies[0].flat().forEach((p, k) => {
      expect(Math.abs(p - policies[1].flat()[k])).toBeLessThanOrEqual(1e-4);
    });
    expect((await command(place, ...solve)).stdout).toContain('τ = 3 × 1, 0.5, 2');
    for (const [factors, error] of [
      ['1,0.5', 'bad-parameter'],
      ['1,0,2', 'bad-parameter'],
      ['1,two,2', 'bad-option'],
    ]) {
      const { code, stderr } = await command(place, ...solve.slice(0, -1), factors);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`error[${error}]`)]);
    }
  });

  it('an experiment runs, is verified, and its report renders every player', async () => {
    place.write(
      'three.yaml',
      `name: three
question: Do regularised methods settle where play cycles?
games: [jordan.json, three.nfg]
temperatures: [1]
solvers: [mirror-descent, extragradient]
seeds: [1, 2]
start: random
budget: { calls: 600 }
`,
    );
    const ran = await command(place, 'run', 'three.yaml', '--workers', '1');
    expect(ran.stderr).not.toMatch(/error\[/);
    expect((await command(place, 'verify', 'runs/three')).code).toBe(0);
    const page = place.read('runs/three/report.html');
    expect(page).toMatch(/Normal-form game, 3 players, 2 × 2 × 2 actions, payoffs from −1 to 1/);
    for (const player of ['Player 1', 'Player 2', 'Player 3']) expect(page).toContain(player);
    const words = page.replace(/<script[\s\S]*?<\/script>/g, '');
    expect(words).not.toMatch(/row player|undefined|NaN/);
  }, 60_000);
});
