import { describe, expect, it } from 'vitest';
import { heterogeneousGame } from '../../games/players/heterogeneous.ts';
import { plackettLuceGame } from '../../games/players/plackett-luce.ts';
import { polymatrixPreferenceGame } from '../../games/players/polymatrix-preference.ts';
import { preferenceGame } from '../../games/preference.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { walk } from '../populations/walk.ts';
import { normalise, type Policy, product } from './plain.ts';

const p = [
  [0.5, 0.25, 1, 0.6],
  [0.75, 0.5, 0.45, 0.1],
  [0, 0.55, 0.5, 0.8],
  [0.4, 0.9, 0.2, 0.5],
];
const q = [
  [0.5, 0.9, 0.3, 0.2],
  [0.1, 0.5, 0.8, 0.7],
  [0.7, 0.2, 0.5, 0.35],
  [0.8, 0.3, 0.65, 0.5],
];
const rho = [0.1, 0.2, 0.3, 0.4];
const starts = [
  [0.4, 0.1, 0.25, 0.25],
  [0.1, 0.2, 0.3, 0.4],
  [0.7, 0.1, 0.1, 0.1],
];
const scores = [0.3, -0.5, 1.1, 0];
const eta = 0.7;

const score = (a: number): number => Math.exp(scores[a]);

/** Chance that an action is chosen among those of three players, the others' actions drawn from their policies. */
const chosen = (x: Policy, y: Policy): number[] =>
  scores.map((_, a) =>
    x.reduce(
      (sum, px, b) => sum + px * y.reduce((own, py, c) => own + (py * score(a)) / (score(a) + score(b) + score(c)), 0),
      0,
    ),
  );

/** Eq. 10 for three players, with a pull to the reference for τ > 0: products and powers, no logarithm. */
function eq10(payoff: (player: number, x: Policy, y: Policy) => Policy, tau: number, steps: number): Policy[][] {
  const path = [starts.map((policy): Policy => policy)];
  for (let step = 0; step < steps; step++) {
    const seats = path[step];
    path.push(
      seats.map((_, i) => {
        const [x, y] = seats.filter((_other, j) => j !== i);
        const u = payoff(i, x, y);
        return normalise(
          u.map((value, a) => (x[a] * y[a]) ** ((1 - eta * tau) / 2) * rho[a] ** (eta * tau) * Math.exp(eta * value)),
        );
      }),
    );
  }
  return path;
}

const average = (matrix: readonly Policy[]) => (x: Policy, y: Policy) =>
  product(matrix, x).map((value, a) => (value + product(matrix, y)[a]) / 2);

const cases: readonly (readonly [string, Game, (player: number, x: Policy, y: Policy) => Policy])[] = [
  [
    'average pairwise preference',
    polymatrixPreferenceGame(preferenceGame(p), 3, { roles: 'own' }),
    (_, x, y) => average(p)(x, y),
  ],
  [
    'heterogeneous judges',
    heterogeneousGame([p, q, p].map((matrix) => preferenceGame(matrix))),
    (player, x, y) => average(player === 1 ? q : p)(x, y),
  ],
  ['Plackett–Luce', plackettLuceGame(Float64Array.from(scores), 3, { roles: 'own' }), (_, x, y) => chosen(x, y)],
];

describe('Eq. 10 of MNPO', () => {
  for (const tau of [0, 0.3])
    it.each(cases)(`with %s at τ = ${tau}`, (_, game, payoff) => {
      const { path } = walk(
        instance(game, { temperature: tau, reference: [rho, rho, rho], start: starts }),
        'mnpo',
        { stepSize: eta },
        'others',
        5,
      );
      for (const [step, seats] of eq10(payoff, tau, 5).entries())
        seats.forEach((policy, player) => {
          policy.forEach((value, a) => {
            expect(Math.abs(path[step][player][a] - value)).toBeLessThanOrEqual(5e-15);
          });
        });
    });
});

/** max over players of the spread of centred log-probabilities: 0 where all agree. */
function disagreement(seats: readonly (readonly number[])[]): number {
  const logs = seats.map((policy) => {
    const log = policy.map(Math.log);
    const mean = log.reduce((sum, value) => sum + value, 0) / log.length;
    return log.map((value) => value - mean);
  });
  const centre = logs[0].map((_, a) => logs.reduce((sum, log) => sum + log[a], 0) / logs.length);
  return Math.max(...logs.map((log) => Math.hypot(...log.map((value, a) => value - centre[a]))));
}

function randomStarts(players: number): number[][] {
  const { normal } = stream('mnpo', players);
  return Array.from({ length: players }, () => normalise(Array.from({ length: 4 }, () => Math.exp(normal()))));
}

describe('players of MNPO', () => {
  it.each([2, 3, 5, 9])('%i players that start alike walk the two-player path', (players) => {
    const alike = polymatrixPreferenceGame(preferenceGame(p), players, { roles: 'own' });
    const many = walk(
      instance(alike, { temperature: 0.2, start: alike.actions.map(() => starts[0]) }),
      'mnpo',
      { stepSize: eta },
      'others',
      40,
    );
    const two = walk(
      instance(preferenceGame(p), { temperature: 0.2, start: starts[0] }),
      'mirror-descent',
      { stepSize: eta },
      'others',
      40,
    );
    for (const [step, seats] of many.path.entries())
      for (const policy of seats)
        policy.forEach((value, a) => {
          expect(Math.abs(value - two.path[step][0][a])).toBeLessThanOrEqual(1e-13);
        });
  });

  it.each([3, 4, 5])('%i players who never pay each other agree at the rate 1/(n − 1)', (players) => {
    // Equal payoffs leave the centres alone: (11ᵀ − I)/(n − 1) has the eigenvalue −1/(n − 1) on what they disagree about.
    const even = polymatrixPreferenceGame(preferenceGame(p.map((row) => row.map(() => 0.5))), players, {
      roles: 'own',
    });
    const { path } = walk(instance(even, { start: randomStarts(players) }), 'mnpo', { stepSize: 1 }, 'others', 6);
    for (let step = 0; step < 6; step++) {
      const ratio = disagreement(path[step + 1]) / disagreement(path[step]);
      expect(Math.abs(ratio * (players - 1) - 1)).toBeLessThan(1e-9);
    }
  });

  it('two players swap for ever, whatever they are paid equally', () => {
    const even = polymatrixPreferenceGame(preferenceGame(p.map((row) => row.map(() => 0.5))), 2, { roles: 'own' });
    const { path } = walk(instance(even, { start: randomStarts(2) }), 'mnpo', { stepSize: 1 }, 'others', 20);
    for (const [player, other] of [
      [0, 1],
      [1, 0],
    ])
      path[20][player].forEach((value, a) => {
        expect(Math.abs(value - path[0][player][a])).toBeLessThan(1e-14);
        expect(Math.abs(path[19][player][a] - path[0][other][a])).toBeLessThan(1e-14);
      });
  });

  it('with a payoff the factor holds up to the payoffs’ own part', () => {
    const game = polymatrixPreferenceGame(preferenceGame(p), 3, { roles: 'own' });
    const { path } = walk(instance(game, { start: randomStarts(3) }), 'mnpo', { stepSize: 0.01 }, 'others', 12);
    for (let step = 0; step < 12; step++)
      expect(disagreement(path[step + 1]) / disagreement(path[step])).toBeLessThan(0.5 + 0.02);
  });
});

describe('the forms of MNPO', () => {
  const two = instance(preferenceGame(p), { temperature: 0.3, reference: rho, start: starts[0] });

  it('with one recent policy and a KL term it is INPO’s step, without one Hedge', () => {
    const step = (given: typeof two, name: string) => walk(given, name, { stepSize: eta }, 'recent:1', 8).path;
    const free = { ...two, temperature: 0 };
    for (const [given, name] of [
      [two, 'mirror-descent'],
      [free, 'hedge'],
    ] as const)
      for (const [t, [policy]] of step(given, 'mnpo').entries())
        policy.forEach((value, a) => {
          expect(Math.abs(value - step(given, name)[t][0][a])).toBeLessThanOrEqual(1e-15);
        });
  });

  it('td-mnpo steps from recent policies, against the present one', () => {
    const { path } = walk(two, 'td-mnpo', { stepSize: eta }, 'recent:k=2,weights=3/1', 5);
    const tau = 0.3;
    for (let t = 0; t < 5; t++) {
      const [now] = path[t];
      const before = t === 0 ? now : path[t - 1][0];
      const u = product(p, now);
      const next = normalise(
        u.map(
          (value, a) =>
            (now[a] ** 0.75 * before[a] ** 0.25) ** (1 - eta * tau) * rho[a] ** (eta * tau) * Math.exp(eta * value),
        ),
      );
      path[t + 1][0].forEach((value, a) => {
        expect(Math.abs(value - next[a])).toBeLessThanOrEqual(2e-15);
      });
    }
  });

  it('eo-mnpo is the optimum of its payoff with a KL term to every teacher, after one step', () => {
    const teachers = [starts[1], starts[2]];
    const shares = [0.6, 0.4];
    const policies = teachers.map((teacher, k) => ({ name: `teacher ${k + 1}`, profile: [teacher] }));
    const { path } = walk(two, 'eo-mnpo', { stepSize: eta }, { name: 'external', policies, weights: shares }, 2);
    // τ_total = 1/η = τ₀ + Σ τ_i, with τ₀ = τ.
    const total = 1 / eta;
    const own = shares.map((share) => share * (total - 0.3));
    const u = product(
      p,
      teachers[0].map((_, a) => shares[0] * teachers[0][a] + shares[1] * teachers[1][a]),
    );
    const optimum = normalise(
      u.map(
        (value, a) =>
          Math.exp(value / total) *
          rho[a] ** (0.3 / total) *
          teachers.reduce((all, teacher, k) => all * teacher[a] ** (own[k] / total), 1),
      ),
    );
    for (const t of [1, 2])
      path[t][0].forEach((value, a) => {
        expect(Math.abs(value - optimum[a])).toBeLessThanOrEqual(1e-15);
      });
  });
});

describe('players with judges of their own', () => {
  it('rest in proportion to η away from what the average judge would choose', async () => {
    // Two of the three share a judge, and the average counts them twice.
    const judges = [p, q, p];
    const game = heterogeneousGame(judges.map((matrix) => preferenceGame(matrix)));
    const pooled = preferenceGame(p.map((row, a) => row.map((value, b) => (2 * value + q[a][b]) / 3)));
    const [target] = quantalResponse(pooled, 0.3, [Float64Array.from(rho, Math.log)]).profile;
    const distances: number[] = [];
    for (const stepSize of [0.1, 0.05, 0.025]) {
      const { runs } = await solve(
        cpuBackend(),
        instance(game, { temperature: 0.3, reference: [rho, rho, rho] }),
        solvers['ht-mnpo'],
        { params: { stepSize }, tolerance: 1e-14, average: false, metrics: ['regularized-gap'] },
      );
      const profile = runs[0].answer.profile;
      distances.push(Math.max(...profile.flatMap((policy) => policy.map((x, a) => Math.abs(x - Math.exp(target[a]))))));
    }
    expect(distances[0] / distances[1]).toBeCloseTo(2, 1);
    expect(distances[1] / distances[2]).toBeCloseTo(2, 1);
  });
});

describe('one against many is another game than average pairs', () => {
  it('for three players and τ > 0 the equilibria differ, for two they do not', async () => {
    const table = [0, 1, 2];
    const sigmoid = table.map((a) => table.map((b) => 1 / (1 + Math.exp(b - a))));
    const reached = async (game: Game): Promise<readonly number[]> => {
      const setting = instance(game, { temperature: 0.1 });
      const { runs } = await solve(cpuBackend(), setting, solvers.mnpo, { tolerance: 1e-12, average: false });
      expect(runs[0].result).toBe('converged');
      return runs[0].answer.profile[0];
    };
    const pairs = (n: number) => polymatrixPreferenceGame(preferenceGame(sigmoid), n, { roles: 'own' });
    const expected = {
      pairs: [0.018398, 0.089803, 0.891799],
      choice: [0.043841, 0.124629, 0.83153],
    };
    const [average, choice] = [
      await reached(pairs(3)),
      await reached(plackettLuceGame(Float64Array.from(table), 3, { roles: 'own' })),
    ];
    average.forEach((value, a) => {
      expect(Math.abs(value - expected.pairs[a])).toBeLessThan(1e-6);
      expect(Math.abs(choice[a] - expected.choice[a])).toBeLessThan(1e-6);
    });
    const two = [await reached(preferenceGame(sigmoid)), await reached(plackettLuceGame(Float64Array.from(table), 2))];
    two[0].forEach((value, a) => {
      expect(Math.abs(value - two[1][a])).toBeLessThan(1e-9);
    });
  });
});
