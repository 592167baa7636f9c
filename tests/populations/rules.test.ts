import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { annotatorsGame } from '../../games/players/annotators.ts';
import { polymatrixPreferenceGame } from '../../games/players/polymatrix-preference.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { population, populations } from '../../populations/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { plays, temperatureFor } from '../applicable.ts';
import { move, normalise, type Policy, product } from '../equation/plain.ts';
import { walk } from './walk.ts';

const p = [
  [0.5, 0.25, 1, 0.6],
  [0.75, 0.5, 0.45, 0.1],
  [0, 0.55, 0.5, 0.8],
  [0.4, 0.9, 0.2, 0.5],
];
const rho = [0.1, 0.2, 0.3, 0.4];
const start = [0.4, 0.1, 0.25, 0.25];
const tau = 0.3;
const eta = 0.7;
const game = preferenceGame(p);
const given = instance(game, { temperature: tau, reference: rho, start });

function near(actual: readonly number[], expected: readonly number[], tolerance = 2e-15): void {
  actual.forEach((value, action) => {
    expect(Math.abs(value - expected[action])).toBeLessThanOrEqual(tolerance);
  });
}

/** Mirror descent against whatever `opponent` makes of the policies so far (newest last), in plain arrays. */
function written(steps: number, opponent: (past: readonly Policy[], step: number) => Policy): Policy[] {
  const path: Policy[] = [start];
  for (let step = 0; step < steps; step++) {
    const [next] = move([path[step]], 1 - eta * tau, [rho], eta * tau, eta, [product(p, opponent(path, step))]);
    path.push(next);
  }
  return path;
}

function follows(
  met: string,
  steps: number,
  opponent: (past: readonly Policy[], step: number) => Policy,
  tolerance?: number,
): void {
  const { path } = walk(given, 'mirror-descent', { stepSize: eta }, met, steps);
  for (const [step, policy] of written(steps, opponent).entries()) near(path[step][0], policy, tolerance);
}

const mix = (weights: readonly number[], policies: readonly Policy[]): number[] =>
  policies[0].map((_, a) => policies.reduce((sum, policy, k) => sum + weights[k] * policy[a], 0));

const blend = (weights: readonly number[], policies: readonly Policy[]): number[] =>
  normalise(policies[0].map((_, a) => policies.reduce((all, policy, k) => all * policy[a] ** weights[k], 1)));

describe('rules are what they say, written out in plain arrays', () => {
  it('recent: the newest k with weights, those there are at first, and a share of the reference', () => {
    const weights = [3, 2, 1];
    follows('recent:k=3,weights=3/2/1,reference=0.25', 6, (past) => {
      const newest = past.slice(-3).reverse();
      const own = weights.slice(0, newest.length);
      const total = own.reduce((sum, w) => sum + w, 0);
      return mix([...own.map((w) => (0.75 * w) / total), 0.25], [...newest, rho]);
    });
  });

  it('recent, geometric: the mixture of logits', () => {
    follows('recent:k=2,mean=geometric', 5, (past) => {
      const newest = past.slice(-2).reverse();
      return blend(
        newest.map(() => 1 / newest.length),
        newest,
      );
    });
  });

  it('recent:1 is the present policy', () => {
    follows('recent:1', 4, (past) => past[past.length - 1]);
  });

  it('ema: the past loses the same share at every step, the present included', () => {
    follows('ema:0.7', 6, (past) => past.slice(1).reduce((mean, policy) => mix([0.3, 0.7], [policy, mean]), past[0]));
  });

  it('average: every policy so far counts alike', () => {
    follows('average', 6, (past) =>
      mix(
        past.map(() => 1 / past.length),
        past,
      ),
    );
  });

  it('external: frozen policies with weights', () => {
    follows('external:reference+uniform,weights=3/1', 4, () => mix([0.75, 0.25], [rho, [0.25, 0.25, 0.25, 0.25]]));
  });

  it('league: itself, its past and exploiters, met as they beat it', () => {
    interface Books {
      past: Policy[];
      exploiter: Policy;
      exploiters: Policy[];
    }
    const books: Books = { past: [], exploiter: rho, exploiters: [] };
    follows(
      'league:every=2,size=2,shares=2/5/3,hardness=1',
      7,
      (path, step) => {
        const newest = path[path.length - 1];
        if (step > 0) {
          // The exploiter answered the policy before the newest.
          const before = path[path.length - 2];
          const [exploiter] = move([books.exploiter], 1, [rho], 0, 1 / game.payoffSpan, [product(p, before)]);
          books.exploiter = exploiter;
          if (step % 2 === 0) {
            books.past = [newest, ...books.past].slice(0, 2);
            books.exploiters = [exploiter, ...books.exploiters].slice(0, 2);
            books.exploiter = rho;
          }
        }
        const u = product(p, newest);
        const beats = (member: Policy): number => member.reduce((sum, q, a) => sum + q * u[a], 0);
        const met = (members: readonly Policy[], share: number): { policy: Policy; weight: number }[] => {
          const total = members.reduce((sum, member) => sum + beats(member), 0);
          return members.map((policy) => ({ policy, weight: (share * beats(policy)) / total }));
        };
        const all = [
          { policy: newest, weight: books.past.length === 0 ? 0.7 : 0.2 },
          ...met(books.past, 0.5),
          ...met([books.exploiter, ...books.exploiters], 0.3),
        ];
        return mix(
          all.map(({ weight }) => weight),
          all.map(({ policy }) => policy),
        );
      },
      1e-14,
    );
  });

  it('self: players with policies of their own each walk as if alone', () => {
    const own = polymatrixPreferenceGame(game, 3, { roles: 'own' });
    const starts = [start, rho, [0.7, 0.1, 0.1, 0.1]];
    const many = instance(own, { temperature: tau, reference: [rho, rho, rho], start: starts });
    const { path } = walk(many, 'mirror-descent', { stepSize: eta }, 'self', 5);
    for (const [player, begin] of starts.entries()) {
      const alone = walk(
        instance(game, { temperature: tau, reference: rho, start: begin }),
        'mirror-descent',
        { stepSize: eta },
        'others',
        5,
      );
      for (const [step, seats] of path.entries()) near(seats[player], alone.path[step][0]);
    }
  });
});

describe('equivalences', () => {
  const iterative = Object.values(solvers).filter((solver): solver is SolverDefinition => !isDirect(solver));
  const twins: readonly Game[] = [
    game,
    zeroSumGame([
      [1, -2, 0.5],
      [-1, 3, 0],
      [0, 1, -1],
    ]),
  ];

  it.each(iterative.map((solver) => [solver.name, solver] as const))(
    '%s against "others" is the solver without a population, bit for bit',
    async (name, definition) => {
      for (const twin of twins.filter((one) => plays(definition, one))) {
        const setting = instance(twin, { temperature: temperatureFor(definition, tau), seeds: [1, 2] });
        const run = async (met: string | undefined) => {
          const options = { steps: 30, tolerance: 0, ...(met && { population: population(met, twin) }) };
          return (await solve(cpuBackend(), setting, definition, options)).runs.map(({ iterates }) => iterates);
        };
        // What the method itself meets by default is another population for some.
        if (definition.population === undefined || name === 'mnpo')
          expect(await run('others')).toEqual(await run(undefined));
      }
    },
  );

  it('Nash-EMA is mirror descent against the geometric moving average', () => {
    const ema = walk(given, 'mirror-descent', { stepSize: eta }, 'ema:0.6,mean=geometric', 12).path;
    const own = walk(given, 'nash-ema', { stepSize: eta, memory: 0.6 }, 'others', 12).path;
    for (const [step, [policy]] of ema.entries()) near(policy, own[step][0], 1e-14);
  });

  it('a best response to the reference over and over is IPO: one step of η = 1/τ', async () => {
    const { path } = walk(given, 'mirror-descent', { stepSize: 1 / tau }, 'external', 2);
    const ipo = await solve(cpuBackend(), given, solvers.ipo, {});
    near(path[1][0], ipo.runs[0].answer.profile[0], 1e-14);
    near(path[2][0], path[1][0], 1e-15);
  });
});

describe('the reservoir', () => {
  it('holds every policy of the past with the same probability', () => {
    const size = 5;
    const steps = 60;
    const counts = new Array<number>(steps + 1).fill(0);
    const draws = 1500;
    for (let seed = 0; seed < draws; seed++) {
      const rule = population(`reservoir:size=${size},seed=${seed}`, game).rule(given);
      if (rule instanceof Promise) throw new Error('not expected');
      const mark = (step: number) => [{ step }] as never;
      let memory = rule.init({} as never, mark(0));
      for (let step = 0; step < steps; step++) memory = rule.next({} as never, memory, mark(step + 1), step);
      for (const { profile } of memory.kept) counts[profile[0].step]++;
    }
    const expected = (draws * size) / (steps + 1);
    const squares = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // χ² with 60 degrees of freedom, but for the negative correlation within a draw: its 99.99 % point is 107.
    expect(squares).toBeLessThan(107);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws * size);
  });
});

describe('the meta-game', () => {
  it('of rock, paper and scissors is played evenly, and a dominated member is not played', () => {
    const rps = catalogueGame('rps');
    const setting = instance(rps, { temperature: 0.1 });
    const rule = population('meta-nash:every=1,size=4', rps).rule(setting);
    if (rule instanceof Promise) throw new Error('not expected');
    const { problem } = walk(setting, 'hedge', { stepSize: 1 }, 'others', 0);
    const profile = (policy: readonly number[]) => [problem.ops.log(problem.ops.tensor(policy, [1, 3]))];
    let memory = rule.init(problem, profile([1 / 3, 1 / 3, 1 / 3]));
    const sharesOf = () =>
      rule.members(problem, memory, profile([1, 0, 0]), 0).map(({ weight }) => hostValues(weight as never)[0]);
    for (const [step, pure] of [
      [1, 0, 0],
      [0, 1, 0],
    ].entries())
      memory = rule.next(problem, memory, profile(pure), step);
    // Paper beats rock, and draws against the uniform mixture, as rock does.
    const [paper, rock] = sharesOf();
    expect(paper).toBeGreaterThan(rock);
    memory = rule.next(problem, memory, profile([0, 0, 1]), 2);
    const shares = sharesOf();
    expect(shares).toHaveLength(4);
    for (const share of shares) expect(Math.abs(share - 0.25)).toBeLessThan(1e-6);
  });
});

describe('the meta-game of two roles', () => {
  it('gives each role the equilibrium of its own members', () => {
    // Every row member earns 3, 1 or 0 against the column members: the rows' equilibrium is (¼, ¾), the columns' (½, ½).
    const game = zeroSumGame([
      [3, 0],
      [1, 2],
    ]);
    const setting = instance(game, { temperature: 0.1 });
    const rule = population('meta-nash:every=1,size=2', game).rule(setting);
    if (rule instanceof Promise) throw new Error('not expected');
    const { problem } = walk(setting, 'mirror-descent', { stepSize: 1 }, 'others', 0);
    const profile = (a: number) =>
      [0, 1].map(() => problem.ops.log(problem.ops.tensor([a === 0 ? 1 : 0, a === 0 ? 0 : 1], [1, 2])));
    let memory = rule.init(problem, profile(1));
    memory = rule.next(problem, memory, profile(0), 0);
    const shares = [0, 1].map((role) =>
      rule.members(problem, memory, profile(0), role).map(({ weight }) => hostValues(weight as never)[0]),
    );
    // The newest is first; the equilibrium of the meta-game is regularised by a hundredth of the span.
    for (const [role, first] of [0.25, 0.5].entries()) expect(Math.abs(shares[role][0] - first)).toBeLessThan(0.01);
  });
});

describe('gaps against the population at the end', () => {
  it('are those of the best response to the mixture, and their mean over the members', async () => {
    const frozen = { name: 'teacher', profile: [[0.7, 0.1, 0.1, 0.1]] };
    const met = population({ name: 'external', policies: [frozen, 'uniform'], weights: [3, 1] }, game);
    const { runs } = await solve(cpuBackend(), given, solvers['mirror-descent'], {
      steps: 7,
      tolerance: 0,
      population: met,
    });
    const [{ againstPopulation: [gaps] = [], answer }] = runs;
    const [policy] = answer.profile;
    const teachers = [frozen.profile[0], [0.25, 0.25, 0.25, 0.25]];
    const us = teachers.map((teacher) => product(p, teacher));
    const u = mix([0.75, 0.25], us);
    const inner = (x: readonly number[]) => policy.reduce((sum, q, a) => sum + q * x[a], 0);
    expect(gaps.bestResponse).toBe(u.indexOf(Math.max(...u)));
    expect(gaps.gain).toBeCloseTo(Math.max(...u) - inner(u), 14);
    gaps.members.forEach(({ gain, alone }, m) => {
      expect(gain).toBeCloseTo(us[m][gaps.bestResponse] - inner(us[m]), 14);
      expect(alone).toBeCloseTo(Math.max(...us[m]) - inner(us[m]), 14);
    });
    const mean = gaps.members.reduce((sum, { weight, gain }) => sum + weight * gain, 0);
    expect(mean).toBeCloseTo(gaps.gain, 14);
    const ofThree = polymatrixPreferenceGame(game, 3, { roles: 'own' });
    const many = instance(ofThree, { temperature: tau });
    const options = { steps: 5, tolerance: 0, population: population('ema:0.5', ofThree) };
    const three = (await solve(cpuBackend(), many, solvers['mirror-descent'], options)).runs[0].againstPopulation;
    expect(three?.map(({ role }) => role)).toEqual([0, 1, 2]);
    // Who plays its present policy meets no population that the run would not end with.
    const plain = { ...options, population: population('others', ofThree) };
    expect(
      (await solve(cpuBackend(), many, solvers['mirror-descent'], plain)).runs[0].againstPopulation,
    ).toBeUndefined();
  });
});

describe('what a review found', () => {
  it.each([1, 2, 3])('a reservoir of %i holds the start as often as any other', (size) => {
    const held = new Array<number>(6).fill(0);
    for (let seed = 0; seed < 3000; seed++) {
      const rule = population(`reservoir:size=${size},seed=${seed}`, game).rule(given);
      if (rule instanceof Promise) throw new Error('not expected');
      const mark = (step: number) => [{ step }] as never;
      let memory = rule.init({} as never, mark(0));
      for (let step = 0; step < 5; step++) memory = rule.next({} as never, memory, mark(step + 1), step);
      for (const { profile } of memory.kept) held[profile[0].step]++;
    }
    // Five standard deviations of a share of size/6.
    const share = size / 6;
    for (const count of held)
      expect(Math.abs(count / 3000 - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / 3000));
  });

  it('a constant in the payoffs changes nothing in the meta-game', async () => {
    const rows = [
      [0, 2, -1.5],
      [-1, 0, 1],
      [1.5, -0.5, 0],
    ];
    const reached = async (shift: number) => {
      const shifted = zeroSumGame(rows.map((row) => row.map((value) => value + shift)));
      const { runs } = await solve(cpuBackend(), instance(shifted, { temperature: 0.3 }), solvers.extragradient, {
        steps: 60,
        tolerance: 0,
        population: population('meta-nash:every=10', shifted),
      });
      return runs[0].answer.profile[0];
    };
    const plain = await reached(0);
    near(await reached(4096), plain, 1e-10);
  });

  it('a member of weight 0 is nobody, also where it has no mass', async () => {
    const pure = { name: 'pure', profile: [[1, 0, 0, 0]] };
    const met = { name: 'external', policies: [pure, 'uniform'], weights: [0, 1], mean: 'geometric' };
    const { path } = walk(given, 'mirror-descent', { stepSize: eta }, met, 3);
    const alone = walk(given, 'mirror-descent', { stepSize: eta }, 'external:uniform', 3);
    for (const [step, [policy]] of path.entries()) near(policy, alone.path[step][0]);
  });

  it('a geometric mixture of policies that share no action is refused', () => {
    const pure = (a: number) => ({ name: `pure ${a}`, profile: [[0, 1, 2, 3].map((b) => Number(a === b))] });
    const met = population({ name: 'external', policies: [pure(0), pure(1)], mean: 'geometric' }, game);
    expect(() => met.rule(given)).toThrow(/no action in common, at population "external"/);
  });
});

describe('groups of annotators as opponents', () => {
  const opposite = p.map((_, a) => p.map((row) => row[a]));
  const grouped = annotatorsGame([game, preferenceGame(opposite)], [2, 1]);

  it.each([0, tau])('each plays what its own preferences alone would choose, at τ = %d', async (temperature) => {
    const setting = instance(grouped, { temperature, reference: rho });
    const rule = await population('annotators', grouped).rule(setting);
    const { problem } = walk(setting, 'mirror-descent', { stepSize: eta }, 'others', 0);
    const found = rule.members(problem, rule.init(problem, problem.start), problem.start, 0);
    expect(found.map(({ weight }) => weight)).toEqual([2 / 3, 1 / 3]);
    for (const [k, matrix] of [p, opposite].entries()) {
      const policy = Array.from(hostValues(found[k].policy), Math.exp);
      const u = product(matrix, policy);
      if (temperature === 0) expect(Math.max(...u)).toBeLessThan(0.5 + 1e-12);
      else near(normalise(u.map((value, a) => rho[a] * Math.exp(value / tau))), policy, 1e-14);
    }
  });
});

describe('every rule, as the loop uses it', () => {
  const examples = Object.values(populations).map(({ name, examples: [first] }) => [name, first] as const);
  const grouped = annotatorsGame([game, preferenceGame(p.map((_, a) => p.map((row) => row[a])))], [2, 1]);

  it.each(examples)('%s: a run of a batch is the run alone, and nothing is left behind', async (_, text) => {
    const backend = cpuBackend({ reproducible: true });
    const live = backend.liveTensors();
    const run = async (seeds: number[]) =>
      (
        await solve(backend, instance(grouped, { temperature: tau, seeds }), solvers.extragradient, {
          steps: 40,
          tolerance: 0,
          population: population(text, grouped),
        })
      ).runs;
    const [, second] = await run([1, 2, 3]);
    const [alone] = await run([2]);
    expect(second.answer).toEqual(alone.answer);
    expect(second.history.population).toEqual(alone.history.population);
    expect(second.againstPopulation).toEqual(alone.againstPopulation);
    expect(backend.liveTensors()).toBe(live);
    const [{ names, record, weight }] = alone.history.population ?? [];
    expect(names.length).toBeGreaterThan(0);
    const totals = new Array<number>(alone.history.step.length).fill(0);
    for (const [k, at] of record.entries()) totals[at] += weight[k];
    for (const total of totals) expect(Math.abs(total - 1)).toBeLessThan(1e-12);
  });

  it('a theorem about self-play does not speak about other opponents', async () => {
    const verdict = async (met: string) =>
      (
        await solve(cpuBackend(), instance(game, { temperature: tau }), solvers.extragradient, {
          steps: 20,
          tolerance: 0,
          population: population(met, game),
        })
      ).runs[0].guarantee;
    expect((await verdict('others'))?.status).toBe('within');
    expect((await verdict('self'))?.status).toBe('within');
    expect(await verdict('ema:0.5')).toMatchObject({ status: 'outside', reason: expect.stringContaining('ema') });
  });

  it('counts the payoff evaluations that a rule makes itself', async () => {
    const [run] = (
      await solve(cpuBackend(), given, solvers['mirror-descent'], {
        calls: 100,
        tolerance: 0,
        population: population('league:10', game),
      })
    ).runs;
    expect(run.steps).toBe(50);
    expect(run.oracleCalls).toBe(101);
  });
});
