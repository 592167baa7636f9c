import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { bradleyTerryGame } from '../../games/operators/bradley-terry.ts';
import { formedGame } from '../../games/operators/formed.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { plainRewards } from '../equation/baselines.ts';
import { normalise } from '../equation/plain.ts';
import { totalVariation } from '../reference.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Asked {
  readonly temperature?: number;
  readonly reference?: readonly number[];
  readonly params?: Readonly<Record<string, unknown>>;
  readonly steps?: number;
}

/** Where a solver comes to on a game, from its reference. */
async function policyOf(name: string, game: Game, { temperature = 1, reference, params = {}, steps }: Asked = {}) {
  const setting = instance(game, { temperature, ...(reference === undefined ? {} : { reference }) });
  const { runs } = await solve(cpuBackend(), setting, solverNamed(name), {
    params,
    ...(steps === undefined ? {} : { steps }),
  });
  return runs[0].answer.profile[0];
}

/** Preferences of a data set of pairs (winner, loser) as in Azar et al., section 5; pairs it does not hold count ½. */
const fromPairs = (...pairs: readonly (readonly [number, number])[]): number[][] => {
  const wins = (a: number, b: number): number => pairs.filter(([x, y]) => x === a && y === b).length;
  return [0, 1, 2].map((a) =>
    [0, 1, 2].map((b) => (wins(a, b) + wins(b, a) === 0 ? 0.5 : wins(a, b) / (wins(a, b) + wins(b, a)))),
  );
};
const [a, b, c] = [0, 1, 2];

describe('the toy of IPO', () => {
  it.each([
    [0.1, [0.9644, 0.0344, 0.0012]],
    [0.5, [0.5627, 0.2889, 0.1483]],
    [1, [0.4484, 0.3213, 0.2302]],
  ])('a total order at τ = %s', async (temperature, expected) => {
    const game = preferenceGame(fromPairs([a, b], [b, c], [a, c]));
    const policy = await policyOf('ipo', game, { temperature });
    policy.forEach((p, k) => {
      expect(Math.abs(p - expected[k])).toBeLessThanOrEqual(5e-5);
    });
  });

  it('a cycle leaves the uniform policy, and so does a pair that is even', async () => {
    const cycle = preferenceGame(fromPairs([a, b], [b, c], [c, a]));
    expect(totalVariation([await policyOf('ipo', cycle, { temperature: 0.1 })], [[1 / 3, 1 / 3, 1 / 3]])).toBeLessThan(
      1e-15,
    );
    const even = preferenceGame(fromPairs([a, b], [b, a]));
    const reference = [0.2, 0.3, 0.5];
    expect(totalVariation([await policyOf('ipo', even, { temperature: 0.1, reference })], [reference])).toBeLessThan(
      1e-15,
    );
  });

  it('a certain winner of two keeps the probability σ(1/(2τ)), where DPO has no finite answer', async () => {
    const game = preferenceGame([
      [0.5, 1],
      [0, 0.5],
    ]);
    for (const temperature of [0.3, 1, 5])
      expect((await policyOf('ipo', game, { temperature }))[0]).toBeCloseTo(sigmoid(1 / (2 * temperature)), 14);
    expect((await policyOf('ipo', game))[0]).toBeCloseTo(0.62246, 5);
    await expect(policyOf('dpo', game)).rejects.toThrow('"1" is always preferred');
  });

  it('minimises the pair loss: its gradient vanishes under the law of the pairs', async () => {
    const p = randomPreferences;
    const [temperature, reference] = [0.4, [0.1, 0.3, 0.2, 0.15, 0.25]];
    for (const [law, weights] of [
      ['reference', reference],
      ['uniform', reference.map(() => 0.2)],
    ] as const) {
      const policy = await policyOf('ipo', preferenceGame(p), { temperature, reference, params: { sampling: law } });
      const h = policy.map((x, y) => Math.log(x / reference[y]));
      const slopes = h.map((own, y) =>
        weights.reduce((sum, w, z) => sum + w * (own - h[z] - (p[y][z] - 0.5) / temperature), 0),
      );
      for (const slope of slopes) expect(Math.abs(slope)).toBeLessThanOrEqual(1e-14);
    }
  });

  it('answers a game without a matrix as it answers its matrix', async () => {
    const large = bradleyTerryGame(Float64Array.of(1, -0.5, 2, 0, 0.3));
    const asked = { temperature: 0.1, reference: [0.05, 0.3, 0.2, 0.15, 0.3] };
    const formed = await policyOf('ipo', formedGame(large), asked);
    expect(totalVariation([await policyOf('ipo', large, asked)], [formed])).toBeLessThan(1e-13);
  });
});

/** Any preferences of five actions, neither transitive nor symmetric. */
const randomPreferences = [
  [0.5, 0.9, 0.2, 0.65, 0.4],
  [0.1, 0.5, 0.85, 0.3, 0.75],
  [0.8, 0.15, 0.5, 0.95, 0.05],
  [0.35, 0.7, 0.05, 0.5, 0.6],
  [0.6, 0.25, 0.95, 0.4, 0.5],
];

describe('reward methods', () => {
  const reference = [0.05, 0.3, 0.2, 0.15, 0.3];
  const [temperature, game] = [0.4, preferenceGame(randomPreferences)];
  const tilt = (rewards: readonly number[], tau: number): number[] =>
    normalise(reference.map((rho, y) => rho * Math.exp(rewards[y] / tau)));

  it.each(['reference', 'uniform'] as const)(
    'dpo minimises its own loss with pairs from the %s law, and is the optimum of rlhf',
    async (sampling) => {
      const law = sampling === 'reference' ? reference : reference.map(() => 0.2);
      const policy = await policyOf('dpo', game, { temperature, reference, params: { sampling } });
      // Plain gradient descent on −Σ w·w'·P·log σ(τ·(h_y − h_y')), h = log(π/ρ).
      let h = reference.map(() => 0);
      for (let round = 0; round < 100_000; round++)
        h = h.map((own, y) => {
          const slope = law.reduce((sum, w, z) => {
            const lead = temperature * (own - h[z]);
            return sum + w * (randomPreferences[z][y] * sigmoid(lead) - randomPreferences[y][z] * sigmoid(-lead));
          }, 0);
          return own - (2 / temperature) * slope;
        });
      const minimum = normalise(reference.map((rho, y) => rho * Math.exp(h[y])));
      expect(totalVariation([policy], [minimum])).toBeLessThanOrEqual(1e-12);
      expect(await policyOf('rlhf', game, { temperature, reference, params: { sampling } })).toEqual(policy);
      expect(totalVariation([policy], [tilt(plainRewards(randomPreferences, law), temperature)])).toBeLessThan(1e-12);
    },
  );

  it('depend on the law of the pairs unless the preferences are transitive', async () => {
    const apart = async (played: Game): Promise<number> => {
      const [one, other] = await Promise.all(
        ['reference', 'uniform'].map((sampling) =>
          policyOf('rlhf', played, { temperature, reference, params: { sampling } }),
        ),
      );
      return totalVariation([one], [other]);
    };
    expect(await apart(game)).toBeGreaterThan(0.01);
    expect(await apart(catalogueGame('bradley-terry:5,3'))).toBeLessThan(1e-12);
  });

  it('of a Bradley–Terry game are its strengths', async () => {
    const r = [1, -0.5, 2, 0, 0.3];
    const transitive = preferenceGame(r.map((x) => r.map((y) => sigmoid(x - y))));
    const policy = await policyOf('rlhf', transitive, { temperature, reference });
    expect(totalVariation([policy], [tilt(r, temperature)])).toBeLessThan(1e-14);
  });

  it('exo is rlhf at the temperature τ·modelScale; with two actions and a soft label its odds are (1 − ε)/ε', async () => {
    const scaled = await policyOf('exo', game, { temperature, reference, params: { modelScale: 0.25 } });
    expect(scaled).toEqual(await policyOf('rlhf', game, { temperature: 0.1, reference }));
    const epsilon = 0.05;
    const soft = preferenceGame([
      [0.5, 1 - epsilon],
      [epsilon, 0.5],
    ]);
    const modelScale = 1.7;
    const [winner, loser] = await policyOf('exo', soft, { params: { modelScale } });
    expect(sigmoid(modelScale * Math.log(winner / loser))).toBeCloseTo(1 - epsilon, 13);
  });

  it('answer with a reference as uneven as 1e-200', async () => {
    const uneven = [1e-200, 0.6, 0.4 - 1e-200];
    const p = fromPairs([a, b], [b, a], [b, c], [c, a], [a, c], [a, c], [c, b], [c, b]);
    const policy = await policyOf('rlhf', preferenceGame(p), { reference: uneven });
    const rewards = plainRewards(p, uneven);
    const expected = normalise(uneven.map((rho, y) => rho * Math.exp(rewards[y])));
    expect(Math.abs(policy[0] / expected[0] - 1)).toBeLessThan(1e-9);
    expect(totalVariation([policy], [expected])).toBeLessThan(1e-9);
  });

  it.each([
    ['rlhf', zeroSumGame([[1, -1]]), 'is of kind "zero-sum"; expected a preference game'],
    ['copg', zeroSumGame([[1, -1]]), 'is of kind "zero-sum"; expected a preference game'],
    ['tr-dpo', preferenceGame(fromPairs([a, b], [b, c], [a, c])), '"1" is always preferred'],
    ['exo', preferenceGame(fromPairs([a, c], [b, c], [a, b], [b, a])), '"3" is never preferred'],
    ['f-dpg', catalogueGame('bradley-terry:6000,1'), 'without a matrix'],
  ] as const)('%s refuses what has no rewards', async (name, refused, words) => {
    const attempt = policyOf(name, refused as Game, { params: {} });
    await expect(attempt).rejects.toMatchObject({ code: 'not-applicable' });
    await expect(attempt).rejects.toThrow(words);
  });
});

describe('where the iterations of the baselines lead', () => {
  const reference = [0.05, 0.3, 0.2, 0.15, 0.3];
  const [temperature, game] = [0.5, preferenceGame(randomPreferences)];
  const toOptimum = async (name: string, params: Readonly<Record<string, unknown>>, steps: number): Promise<number> => {
    const optimum = await policyOf('rlhf', game, { temperature, reference });
    return totalVariation([await policyOf(name, game, { temperature, reference, params, steps })], [optimum]);
  };

  it.each(['reverse-kl', 'forward-kl', 'jensen-shannon'])(
    'f-dpg comes to the optimum down the %s',
    async (divergence) => {
      expect(await toOptimum('f-dpg', { divergence }, 20_000)).toBeLessThanOrEqual(1e-12);
    },
  );

  it('f-dpg down the total variation comes as near as its step is small', async () => {
    const near = async (stepSize: number): Promise<number> =>
      toOptimum('f-dpg', { divergence: 'total-variation', stepSize }, 20_000);
    const [coarse, fine] = [await near(0.5), await near(0.01)];
    expect(coarse).toBeGreaterThan(1e-3);
    expect(fine).toBeLessThan(1e-3);
    expect(await toOptimum('f-dpg', { divergence: 'total-variation' }, 20_000)).toBeLessThan(0.01);
  });

  it.each(['uniform', 'reference', 'policy'])('copg comes to the optimum with pairs from the %s', async (sampling) => {
    expect(await toOptimum('copg', { sampling }, 20_000)).toBeLessThanOrEqual(1e-12);
  });

  it('copg with uniform pairs solves it in one step of n/τ', async () => {
    expect(await toOptimum('copg', { sampling: 'uniform' }, 1)).toBeLessThanOrEqual(1e-15);
  });

  it('tr-dpo drifts: the log-ratio to its first reference grows by α·η·r a step, and the best action takes all', async () => {
    const rewards = plainRewards(randomPreferences, reference);
    const best = rewards.indexOf(Math.max(...rewards));
    const setting = instance(game, { temperature, reference });
    const { runs } = await solve(cpuBackend(), setting, solverNamed('tr-dpo'), { steps: 500, tolerance: 0 });
    const away = runs[0].history.columns['last/kl-to-reference'];
    for (let t = 1; t < away.length; t++) expect(away[t]).toBeGreaterThanOrEqual(away[t - 1]);
    expect(away[away.length - 1]).toBeCloseTo(-Math.log(reference[best]), 9);
    // KL(ρ‖π_t), which nothing bounds: its slope comes to α·η·(max r − ⟨ρ, r⟩).
    const backwards = async (steps: number): Promise<number> => {
      const { runs: solved } = await solve(cpuBackend(), setting, solverNamed('tr-dpo'), { steps, tolerance: 0 });
      const [log] = solved[0].answer.logProfile;
      return reference.reduce((sum, rho, y) => sum + rho * (Math.log(rho) - log[y]), 0);
    };
    const mean = reference.reduce((sum, rho, y) => sum + rho * rewards[y], 0);
    const slope = ((await backwards(1100)) - (await backwards(1000))) / 100;
    expect(slope).toBeCloseTo((0.6 * (rewards[best] - mean)) / temperature, 9);
  });
});

describe('self-improving robust preferences', () => {
  const [temperature, reference] = [0.3, [0.1, 0.3, 0.2, 0.15, 0.25]];

  it('fulfils both identities of its offline losses', async () => {
    const p = randomPreferences;
    const policy = await policyOf('srpo', preferenceGame(p), { temperature, reference });
    const s = policy.map((x, y) => Math.log(x / reference[y]));
    /** log of the improver of y over ρ. */
    const improver = p.map((_, y) => {
      const improved = normalise(reference.map((rho, z) => rho * Math.exp(p[z][y] / temperature)));
      return improved.map((x, z) => Math.log(x / reference[z]));
    });
    p.forEach((_, y1) => {
      p.forEach((row, y2) => {
        const margin = row[y1] - 0.5;
        expect(temperature * (improver[y1][y2] - improver[y1][y1])).toBeCloseTo(margin, 14);
        const both = improver[y1][y2] - improver[y2][y1] + s[y2] - s[y1];
        expect((temperature / 2) * both).toBeCloseTo(margin, 14);
      });
    });
  });

  it('is a little off the equilibrium of the game', async () => {
    const game = preferenceGame(randomPreferences);
    const nash = await policyOf('exact', game, { temperature });
    const distance = totalVariation([await policyOf('srpo', game, { temperature })], [nash]);
    expect(distance).toBeGreaterThan(0.01);
    expect(distance).toBeLessThan(0.2);
  });
});

it.each([
  ['ipo', 'random:n=6,seed=1', 'answered'],
  ['srpo', 'random:n=6,seed=1', 'answered'],
  ['ipo', 'rps', 'converged'],
])('%s on %s has %s: a closed form does not stall, and may be an equilibrium', async (name, game, result) => {
  const { runs } = await solve(cpuBackend(), instance(catalogueGame(game), { temperature: 0.2 }), solverNamed(name));
  expect(runs[0].result).toBe(result);
});
