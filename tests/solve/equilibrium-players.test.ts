import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { playersLinearisation } from '../../src/exact/players-linearisation.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { knownEquilibrium } from '../../src/solve/equilibrium.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { randomProfile } from '../../src/solve/policies.ts';
import { solve } from '../../src/solve/solve.ts';
import { randomForm } from '../exact/random-form.ts';
import { totalVariation } from '../reference.ts';

const known = (game: Game, temperature: number, more: object = {}) =>
  knownEquilibrium(instance(game, { temperature, ...more }));

/** Two players who want to meet: at low temperatures there are three equilibria. */
const meeting = bimatrixGame(
  [
    [1, 0],
    [0, 1],
  ],
  [
    [1, 0],
    [0, 1],
  ],
);

/** softmax(u/τ) of every role. */
function responses(game: Game, temperature: number, policies: readonly Float64Array[]): Float64Array[] {
  const { payoffs, release } = playersLinearisation(game);
  const found = payoffs(policies.map((row) => row.map(Math.log))).map((u) =>
    normalisedLog(u.map((value) => value / temperature)).map(Math.exp),
  );
  release();
  return found;
}

/** Where damped best responses are after 400 rounds. */
function settled(game: Game, temperature: number, start: Float64Array[]): Float64Array[] {
  let policies = start;
  for (let k = 0; k < 400; k++) {
    const answers = responses(game, temperature, policies);
    policies = policies.map((row, role) => row.map((p, a) => 0.7 * p + 0.3 * answers[role][a]));
  }
  return policies;
}

describe('the equilibrium of a game of n players is known', () => {
  it.each([
    'polymatrix-preference:players=4,n=5',
    'polymatrix-preference:players=3,n=4,roles=own',
    'polymatrix:players=4,n=3',
    'plackett-luce:players=7,n=6',
    'low-rank:n=8',
    'bradley-terry:n=6',
  ])('%s: where it is the only one at any temperature; mirror descent comes to it', async (text) => {
    const game = catalogueGame(text);
    const temperature = 0.1 * game.payoffSpan;
    const { runs } = await solve(
      cpuBackend(),
      instance(game, { temperature, seeds: ['a', 'b'] }),
      solverNamed('mirror-descent'),
      { tolerance: 1e-13 * game.payoffSpan },
    );
    for (const { answer, history } of runs) {
      expect(history.columns['last/kl-to-equilibrium'][0]).toBeGreaterThan(1e-4);
      expect(answer.metrics['kl-to-equilibrium']).toBeLessThanOrEqual(1e-11);
    }
  });

  it('at temperatures of at least (n − 1)·s/2 in every game, and not below where nothing else is known', () => {
    for (const [game, several] of [
      [randomForm([3, 2, 4], 5), /of 3 players may have several/],
      [catalogueGame('plackett-luce:players=3,n=4,roles=own'), /constant-sum game of 3 players may have several/],
      [catalogueGame('heterogeneous:players=4,n=3'), /general-sum game of 4 players may have several/],
      [meeting, /a general-sum game may have several/],
    ] as const) {
      const limit = ((game.roleOf.length - 1) * game.payoffSpan) / 2;
      expect(known(game, limit)).toHaveProperty('profile');
      expect(known(game, 0.99 * limit)).toEqual({ unknown: expect.stringMatching(several) });
      const low = game.actions.map((_, role) => (role === 0 ? 0.5 : 1));
      expect(known(game, limit, { roleTemperatures: low })).toEqual({ unknown: expect.stringMatching(several) });
      expect(known(game, 2 * limit, { roleTemperatures: low })).toHaveProperty('profile');
    }
  });

  it('for good reason: two who want to meet have one equilibrium from s/2 on, and three below', () => {
    const starts = [0.5, 0.95, 0.05].map((p) => [0, 1].map(() => Float64Array.of(p, 1 - p)));
    const [[even, high, low], apart] = [0.5, 0.4].map((tau) =>
      starts.map((start) => settled(meeting, tau, start)[0][0]),
    );
    expect(Math.max(Math.abs(high - even), Math.abs(low - even))).toBeLessThanOrEqual(0.06);
    expect(apart[1] - apart[2]).toBeGreaterThan(0.5);
    expect(known(meeting, 0.5)).toHaveProperty('profile');
    expect(known(meeting, 0.4)).toHaveProperty('unknown');
  });

  it('with the temperature of each role, and not one for another', () => {
    const game = catalogueGame('polymatrix:players=3,n=3');
    const factors = [1, 0.3, 2];
    const reference = randomProfile(game, 'rho');
    const found = knownEquilibrium({ ...instance(game, { temperature: 0.2, roleTemperatures: factors }), reference });
    const common = knownEquilibrium({ ...instance(game, { temperature: 0.2 }), reference });
    if (!('profile' in found && 'profile' in common)) throw new Error('unknown');
    const alone = quantalResponse(game, 0.2, reference, { roleTemperatures: factors }).profile;
    expect(found.profile).toEqual(alone);
    expect(
      totalVariation(
        found.profile.map((row) => row.map(Math.exp)),
        common.profile.map((row) => row.map(Math.exp)),
      ),
    ).toBeGreaterThan(0.01);
  });

  it('not where it would take too long, which is said', () => {
    expect(known(catalogueGame('plackett-luce:players=3,n=401'), 1)).toEqual({
      unknown: expect.stringMatching('400 actions'),
    });
    const many = catalogueGame('plackett-luce:players=40,n=10,roles=own');
    const costly: Game = { ...many, monotone: true, work: { perRun: 1e6, shared: 0 } };
    expect(known(costly, 1)).toEqual({ unknown: expect.stringMatching('takes too long') });
  });
});
