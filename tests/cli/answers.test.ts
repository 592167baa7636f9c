import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGame } from '../../games/open-game.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { plays } from '../applicable.ts';
import { command, workplace } from './command.ts';
import { inspectionSchema, type PrintedSolution, solutionSchema } from './printed-json.ts';

const place = workplace();
place.write('seats.json', '{"kind": "zero-sum", "matrix": [[2, -1], [-1, 1], [0, 0]]}');
place.write('general.json', '{"kind": "bimatrix", "payoffs": [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]}');
place.write('constant.json', '{"kind": "preference", "matrix": [[0.5, 0.5], [0.5, 0.5]]}');
place.write('one.json', '{"kind": "preference", "matrix": [[0.5]], "labels": ["only"]}');
place.write('winner.json', '{"kind": "preference", "matrix": [[0.5, 1, 1], [0, 0.5, 0], [0, 1, 0.5]]}');
place.write('thirds.json', '{"kind": "zero-sum", "matrix": [["1/3", "-2/3"], ["-1/3", "1/7"]]}');
place.write('reference.json', '{"policy": [0.5, 0.3, 0.2]}');
const games = ['rps', 'seats.json', 'constant.json', 'one.json', 'winner.json', 'blotto:6,3'];
const everyGame = await Promise.all(
  games.map(async (name) => ({
    name,
    game: await openGame(name.endsWith('.json') ? join(place.folder, name) : name),
  })),
);

async function solution(...args: readonly string[]): Promise<{ code: number | null; printed: PrintedSolution }> {
  const { code, stdout } = await command(place, 'solve', ...args, '--json');
  return { code, printed: solutionSchema.parse(JSON.parse(stdout)) };
}

describe('solve --json', () => {
  const each = Object.values(solvers).flatMap((solver) =>
    everyGame.filter(({ game }) => plays(solver, game)).map(({ name }) => [solver.name, name] as const),
  );

  it.each(each)('has the promised fields and nothing else, and never null: %s on %s', async (name, game) => {
    const { code, printed } = await solution(game, '--solver', name, '--steps', '60', '--start', 'random');
    expect(printed.solver.name).toBe(name);
    expect(code).toBe(printed.result === 'converged' && printed.guarantee?.status !== 'violated' ? 0 : 1);
    for (const [role, policy] of printed.profile.entries()) {
      expect(policy).toHaveLength(printed.game.actions[role]);
      expect(policy.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
    expect(Object.keys(printed.metrics)).toContain(printed.gap);
    const known = [...Object.keys(metrics), 'player-improvements'];
    expect(Object.keys(printed.metrics).filter((metric) => !known.includes(metric))).toEqual([]);
  });

  it('leaves out what does not apply: no exploitability for a general sum, no reference gap at temperature 0', async () => {
    const general = (await solution('general.json', '--steps', '5')).printed;
    expect(general.metrics).not.toHaveProperty('exploitability');
    expect(general.metrics).not.toHaveProperty('duality-gap');
    expect(general.metrics).toHaveProperty('nash-conv');
    const unregularised = (await solution('rps', '--solver', 'optimistic', '--steps', '5')).printed;
    expect(unregularised.metrics).not.toHaveProperty('regularized-gap');
    expect(unregularised.metrics).not.toHaveProperty('kl-to-equilibrium');
  });

  it('prints probability 0 without a logarithm', async () => {
    const { printed } = await solution('winner.json', '--solver', 'exact');
    expect(printed.profile).toEqual([[1, 0, 0]]);
    expect(printed).not.toHaveProperty('logProfile');
  });

  it('prints full doubles: the printed profile has the printed gap', async () => {
    const { printed } = await solution('rps', '--start', 'random', '--tolerance', '1e-12');
    const [[rock, paper, scissors]] = printed.profile;
    const payoffs = [0.5 * rock + scissors, rock + 0.5 * paper, paper + 0.5 * scissors];
    const own = [rock, paper, scissors].reduce((sum, p, a) => sum + p * payoffs[a], 0);
    const expected = 2 * (Math.max(...payoffs) - own);
    const found = printed.metrics['duality-gap'] as number;
    expect(found).toBeGreaterThan(0);
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(4 * Number.EPSILON);
  });

  it('says what was asked: temperature, step size, tolerance, iterate, seed', async () => {
    const asked = ['--temperature', '0.25', '--step-size', '0.125', '--tolerance', '1e-4', '--iterate', 'best'];
    const { printed } = await solution('rps', ...asked, '--start', 'random', '--seed', 'apple');
    expect(printed).toMatchObject({
      temperature: 0.25,
      solver: { params: { stepSize: 0.125 } },
      tolerance: 1e-4,
      iterate: 'best',
      seed: 'apple',
    });
  });

  it('is the same twice, apart from the time it took', async () => {
    const args = ['random:n=12,seed=3', '--solver', 'mirror-prox', '--start', 'random', '--seed', '5', '--exact'];
    const [first, second] = [(await solution(...args)).printed, (await solution(...args)).printed];
    expect({ ...second, wallSeconds: 0 }).toEqual({ ...first, wallSeconds: 0 });
    const other = (await solution(...args, '--seed', '6')).printed;
    expect(other.profile).not.toEqual(first.profile);
  });

  it('takes --calls as oracle calls and --steps as steps', async () => {
    const all = ['rps', '--start', 'random', '--tolerance', '0'];
    expect((await solution(...all, '--calls', '10')).printed).toMatchObject({ steps: 5, oracleCalls: 10 });
    expect((await solution(...all, '--steps', '10')).printed).toMatchObject({ steps: 10, oracleCalls: 20 });
  });

  it('takes a reference from a file', async () => {
    const { printed } = await solution(
      'rps',
      '--solver',
      'exact',
      '--reference',
      'reference.json',
      '--temperature',
      '50',
    );
    [0.5, 0.3, 0.2].forEach((p, a) => {
      expect(printed.profile[0][a]).toBeCloseTo(p, 2);
    });
  });

  it('--exact gives the regret in rationals', async () => {
    const { printed } = await solution('thirds.json', '--solver', 'exact', '--exact');
    expect(printed.exact?.regrets).toHaveLength(2);
    expect(printed.exact?.nashConvValue).toBeCloseTo(printed.metrics['nash-conv'] as number, 12);
    for (const regret of printed.exact?.regrets ?? []) expect(regret).toMatch(/^\d+(\/\d+)?$/);
  });
});

describe('the exit code of solve', () => {
  it('is 0 when converged, 1 when steps ran out before the tolerance, 0 when all steps were asked for', async () => {
    const start = ['rps', '--start', 'random'];
    expect(await solution(...start)).toMatchObject({ code: 0, printed: { result: 'converged' } });
    expect(await solution(...start, '--steps', '2')).toMatchObject({ code: 1, printed: { result: 'step-limit' } });
    const all = await solution(...start, '--steps', '2', '--tolerance', '0');
    expect(all).toMatchObject({ code: 0, printed: { result: 'step-limit' } });
  });

  it('is 3 at a time limit, with the answer so far on stdout', async () => {
    const slow = ['random:n=80', '--temperature', '1e-5', '--start', 'random', '--time-limit', '0.001'];
    const { code, printed } = await solution(...slow);
    expect({ code, result: printed.result, reason: printed.reason }).toEqual({
      code: 3,
      result: 'aborted',
      reason: 'time limit',
    });
    expect(printed.profile[0]).toHaveLength(80);
  });
});

describe('the text of solve', () => {
  it('shows the policy, the metrics, the verdict on the theorem and the result', async () => {
    const { code, stdout, stderr } = await command(place, 'solve', 'rps', '--start', 'random');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['converged', 'rock', 'duality-gap', 'theorem: within the bound', 'oracle calls'])
      expect(stdout).toContain(word);
  });

  it('is the policy alone with -q, and more than before with -v', async () => {
    const quiet = (await command(place, 'solve', 'rps', '-q')).stdout;
    const normal = (await command(place, 'solve', 'rps')).stdout;
    const verbose = (await command(place, 'solve', 'rps', '-v')).stdout;
    expect(quiet.trim().split('\n')).toHaveLength(4);
    expect(quiet).not.toContain('gap');
    expect(normal).toContain(quiet.trim());
    expect(verbose.length).toBeGreaterThan(normal.length);
    expect(verbose).toContain(metrics['duality-gap'].definition.slice(0, 30));
  });

  it('--format gambit is one line with the full doubles of every seat', async () => {
    const { printed } = await solution('rps', '--start', 'random');
    const { stdout } = await command(place, 'solve', 'rps', '--start', 'random', '--format', 'gambit');
    expect(stdout).toBe(`NE,${[...printed.profile[0], ...printed.profile[0]].join(',')}\n`);
    const seats = (await command(place, 'solve', 'seats.json', '--solver', 'exact', '--format', 'gambit')).stdout;
    expect(seats.trim().split(',')).toHaveLength(1 + 3 + 2);
  });
});

describe('inspect', () => {
  it.each([...games, 'general.json', 'thirds.json', 'tournament:7,1', 'movies:genre=Romantic Comedy,items=3'])(
    '--json has the promised fields and nothing else, and never null: %s',
    async (game) => {
      const { code, stdout } = await command(place, 'inspect', game, '--json');
      const printed = inspectionSchema.parse(JSON.parse(stdout));
      expect(code).toBe(0);
      expect(printed.equilibrium === undefined).toBe(game === 'general.json');
      // Where nothing depends on what is played, everything is an equilibrium.
      expect(printed.equilibria !== undefined).toBe(['general.json', 'constant.json'].includes(game));
      expect(printed.game.kind === 'preference').toBe(printed.properties.smithSet !== undefined);
      if (printed.equilibrium) expect(printed.equilibrium.profile).toHaveLength(printed.game.actions.length);
    },
  );

  it('gives the equilibrium of rock, paper, scissors exactly', async () => {
    const { stdout } = await command(place, 'inspect', 'rps', '--json');
    const { equilibrium, properties } = inspectionSchema.parse(JSON.parse(stdout));
    expect(equilibrium).toMatchObject({ exact: [['1/3', '1/3', '1/3']], regret: 0 });
    expect(equilibrium?.value).toBeCloseTo(0.5, 14);
    expect(properties).toMatchObject({ sum: 'constant', symmetric: true, payoffSpan: 1, cyclicTriples: { count: 1 } });
    expect(properties).not.toHaveProperty('condorcetWinner');
  });

  it('lists all equilibria of a small general-sum game, and which of them mix', async () => {
    // The degenerate 3 × 2 game of QuantEcon.py's test_vertex_enumeration.py.
    place.write(
      'degenerate.json',
      '{"kind": "bimatrix", "labels": [["top", "middle", "bottom"], ["left", "right"]], "payoffs": [[[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]]}',
    );
    const { stdout, code } = await command(place, 'inspect', 'degenerate.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 +top +left +3, 3$/m);
    expect(stdout).toMatch(/^2 +top +left 2\/3, right 1\/3 +3, 3$/m);
    expect(stdout).toMatch(/^3 +middle 1\/3, bottom 2\/3 +left 1\/3, right 2\/3 +4, 2\.67$/m);
    expect(stdout).toContain('continuum: mixtures of 1, 2\n');
    expect(stdout).toContain('all: 1 isolated equilibrium, 1 continuum of 2 extreme equilibria · regret 0');
  });

  it('says why the equilibria of a larger general-sum game are not listed', async () => {
    const rows = (sign: number) =>
      Array.from({ length: 13 }, (_, i) => Array.from({ length: 13 }, (_, j) => sign * i * j));
    place.write('larger.json', JSON.stringify({ kind: 'bimatrix', payoffs: [rows(1), rows(2)] }));
    const { stdout, code } = await command(place, 'inspect', 'larger.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/equilibria: not listed \(.*13 × 13 actions; expected one game of at most 24 actions/);
    const printed = inspectionSchema.parse(
      JSON.parse((await command(place, 'inspect', 'larger.json', '--json')).stdout),
    );
    expect(printed.equilibria).toHaveProperty('notListed');
  });

  it('names a Condorcet winner', async () => {
    const { stdout } = await command(place, 'inspect', 'winner.json');
    expect(stdout).toMatch(/Condorcet winner\s+1/);
    expect(stdout).toContain('regret 0 in exact arithmetic');
  });
});

describe('a solver that approaches no equilibrium of the game', () => {
  it('says in its answer what it approaches', async () => {
    const { stdout } = await command(place, 'solve', 'rps', '--solver', 'gpo', '--steps', '5');
    expect(stdout).toContain(`approaches ${solvers.gpo.target}`);
    expect((await command(place, 'solve', 'rps', '--solver', 'hedge', '--steps', '5')).stdout).not.toContain(
      'approaches',
    );
  });

  it('and one without a step size refuses it', async () => {
    const { code, stderr } = await command(
      place,
      'solve',
      'rps',
      '--solver',
      'regret-matching-plus',
      '--step-size',
      '1',
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('step size 1 for "regret-matching-plus"; expected no step size: it has none');
  });
});

describe('list, cite and doctor', () => {
  const sections = ['games', 'solvers', 'populations', 'metrics', 'experiments', 'backends'];

  it.each(sections)('list %s shows its rows and nothing of the others', async (section) => {
    const { code, stdout } = await command(place, 'list', section, '--json');
    expect(code).toBe(0);
    const printed = JSON.parse(stdout) as Record<string, Record<string, string>[]>;
    expect(Object.keys(printed)).toEqual([section]);
    expect(printed[section].length).toBeGreaterThan(0);
    const text = (await command(place, 'list', section)).stdout;
    for (const row of printed[section]) expect(text).toContain(Object.values(row)[0]);
  });

  it.each(Object.values(solvers).map((solver) => [solver.name, solver] as const))(
    'list %s says all about one solver, and nothing undefined',
    async (name, solver) => {
      const { code, stdout } = await command(place, 'list', name);
      expect(code).toBe(0);
      expect(stdout).toContain(solver.source.title);
      for (const { statement } of solver.guarantees ?? []) expect(stdout).toContain(statement);
      expect(stdout).not.toMatch(/undefined|NaN|\[object/);
      const { stdout: json } = await command(place, 'list', name, '--json');
      expect(JSON.parse(json)).toMatchObject({ solver: name, family: solver.family, rate: solver.rate });
    },
  );

  it('list without a name shows every section', async () => {
    const { stdout } = await command(place, 'list', '--json');
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(sections);
  });

  it('every example of list games can be solved', async () => {
    const { stdout } = await command(place, 'list', 'games', '--json');
    const listed = JSON.parse(stdout) as { games: { example: string }[] };
    for (const { example } of listed.games) {
      const { code, stderr } = await command(place, 'solve', example, '--steps', '1', '--tolerance', '0');
      expect({ example, code, stderr }).toMatchObject({ code: 0 });
    }
  });

  it.each([...Object.keys(solvers), 'disagreeing-judges'])('cite %s prints BibTeX, each source once', async (name) => {
    const { code, stdout } = await command(place, 'cite', name);
    const keys = [...stdout.matchAll(/^@misc\{(\w+),$/gm)].map(([, key]) => key);
    expect(code).toBe(0);
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    expect(stdout.match(/ {2}title = \{.+\},/g)).toHaveLength(keys.length);
  });

  it('doctor finds that what the tests need works here, and says what to install for the rest', async () => {
    const { code, stdout } = await command(place, 'doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/backend cpu\s+yes/);
    expect(stdout).toMatch(/backend wasm\s+yes/);
    expect(stdout).toMatch(/backend cuda\s+no/);
    expect(stdout).toContain('backend cuda: npm install --save-dev @tensorflow/tfjs-node-gpu@4.22.0');
    const json = JSON.parse((await command(place, 'doctor', '--json')).stdout) as { findings: { works: boolean }[] };
    expect(json.findings.filter(({ works }) => works).length).toBeGreaterThanOrEqual(5);
  });

  it('no arguments, --help and --version print to stdout and end well', async () => {
    for (const args of [[], ['--help'], ['solve', '--help'], ['help', 'run'], ['--version']]) {
      const { code, stdout, stderr } = await command(place, ...args);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
      expect(stdout.length).toBeGreaterThan(4);
    }
  });
});
