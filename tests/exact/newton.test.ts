import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { newton } from '../../solvers/newton.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import type { HostProfile, Instance } from '../../src/solve/problem.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { type AnySolver, isDirect } from '../../src/solve/solver.ts';
import { gameOf, reference, totalVariation } from '../reference.ts';
import { withMatrix } from '../with-matrix.ts';

const temperatures = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];
const games = reference.games.filter(({ players }) => players === 2).map(gameOf);

/**
 * The path of this game turns back, as does that of the second one within 1e-4 of its span: the answer lies on another
 * branch, and says so.
 */
const lost: Readonly<Record<string, { readonly absolute: number; readonly relative: number }>> = {
  gambit_loopback: { absolute: 0.3, relative: 0.1 },
  nashpy_issue35: { absolute: 0.1, relative: 0 },
};

function instanceOf(game: MatrixGame, temperature: number, rho: HostProfile = uniformProfile(game)): Instance {
  return { game, runs: 1, temperature, reference: rho, start: rho };
}

async function solved(
  instance: Instance,
  solver: AnySolver = newton,
  params: Readonly<Record<string, number>> = { points: 0 },
): Promise<RunSolution> {
  const { runs } = await solve(cpuBackend(), instance, solver, { params, steps: 20_000, tolerance: 1e-25 });
  return runs[0];
}

/** Newton steps in the words of a run. */
function stepsOf({ reason }: RunSolution): number {
  return Number(/\((\d+) steps?\)/.exec(reason ?? '')?.[1]);
}

describe('newton', () => {
  it.each(games.map((game) => [game.name, game] as const))(
    '%s: a regularised gap below 1e-14 in fewer than 50 steps at every temperature from 1 to 0.001, absolute and in spans',
    async (name, game) => {
      for (const kind of ['absolute', 'relative'] as const)
        for (const tau of temperatures) {
          const temperature = kind === 'absolute' ? tau : tau * game.payoffSpan;
          if (temperature === 0) continue;
          const run = solved(instanceOf(game, temperature));
          const turned = tau <= (lost[name]?.[kind] ?? 0);
          expect((await run).reason?.includes('another branch'), `${kind} ${tau}`).toBe(turned);
          expect((await run).answer.metrics['regularized-gap'], `${kind} ${tau}`).toBeLessThan(1e-14);
          expect(stepsOf(await run), `${kind} ${tau}`).toBeLessThan(50);
        }
    },
  );

  it('follows paths of random games down to a millionth of the span in as many steps, from any reference', async () => {
    for (let seed = 0; seed < 12; seed++)
      for (const family of ['random:n=5', 'random:n=30', 'tournament:n=9', 'tournament:n=25']) {
        const game = withMatrix(catalogueGame(`${family},seed=${seed}`));
        const rho = seed % 2 === 0 ? uniformProfile(game) : randomProfile(game, `${seed}`);
        const { gap, newtonSteps } = quantalResponse(game, 1e-6, rho);
        expect(gap).toBeLessThan(1e-14);
        expect(newtonSteps).toBeLessThan(50);
      }
  });

  const converging = Object.values(solvers).filter(
    (solver) =>
      !isDirect(solver) &&
      solver.equilibrium === 'regularised' &&
      solver.iterate === 'last' &&
      /^linear/.test(solver.rate) &&
      solver.regulariser === undefined,
  );

  it('there are several solvers that converge linearly to what it answers', () => {
    const names = converging.map(({ name }) => name);
    for (const name of ['mirror-descent', 'extragradient', 'mirror-prox']) expect(names).toContain(name);
  });

  it.each(converging.map((solver) => [solver.name, solver] as const))('%s agrees within 1e-8', async (_, solver) => {
    for (const name of ['random:n=6,seed=1', 'tournament:n=7,seed=2', 'transitive-cyclic:9,0.4', 'blotto:4,3']) {
      const game = withMatrix(catalogueGame(name));
      for (const temperature of [1, 0.2]) {
        const setting = instanceOf(game, temperature, randomProfile(game, name));
        const [one, other] = [await solved(setting), await solved(setting, solver, {})];
        expect(totalVariation(one.answer.profile, other.answer.profile)).toBeLessThanOrEqual(1e-8);
      }
    }
  });

  it('in a general-sum game stays on the branch that damped best responses follow as the temperature falls', () => {
    // The damped responses of todd1 circle at low temperatures.
    const lowest = {
      stag_hunt_mip: 0.01,
      gambit_coord3: 0.01,
      chicken_dare: 0.01,
      pd_openspiel: 0.01,
      gambit_todd1: 0.03,
    };
    for (const [name, low] of Object.entries(lowest)) {
      const game = games.find((one) => one.name === name) as MatrixGame;
      for (const tau of [0.1, 0.03, 0.01].filter((one) => one >= low)) {
        const { profile } = quantalResponse(game, tau * game.payoffSpan, uniformProfile(game));
        const policies = profile.map((row) => Array.from(row, Math.exp));
        expect(totalVariation(policies, cooled(game, tau * game.payoffSpan)), `${name} ${tau}`).toBeLessThanOrEqual(
          1e-6,
        );
      }
    }
  });

  it('goes straight on where a symmetric path branches', () => {
    const game = bimatrixGame(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    );
    const { profile } = quantalResponse(game, 0.01, uniformProfile(game));
    for (const policy of profile) expect(Math.exp(policy[0])).toBeCloseTo(0.5, 12);
  });

  it('leaves at most τ·log 1/ρ of each player in the unregularised game, and not a third of it everywhere', async () => {
    const used: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const game = withMatrix(catalogueGame(`tournament:n=${3 + seed},seed=${seed}`));
      for (const temperature of [0.5, 0.05, 0.005]) {
        const { guarantee } = await solved(instanceOf(game, temperature));
        expect(guarantee).toMatchObject({ status: 'within', metric: 'duality-gap' });
        expect(guarantee?.bound).toBeCloseTo(2 * temperature * Math.log(game.actions[0]), 12);
        used.push((guarantee?.measured as number) / (guarantee?.bound as number));
      }
    }
    expect(Math.max(...used)).toBeGreaterThan(1 / 3);
  });
});

/** Damped best responses, in plain arrays, at temperatures that fall by 2 % from 20 spans to `last`. */
function cooled(game: MatrixGame, last: number): number[][] {
  const rows = game.matrices.map(({ rows: count, columns, values }) =>
    Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns))),
  );
  let policies = game.actions.map((count) => new Array<number>(count).fill(1 / count));
  const respond = (role: number, tau: number): number[] => {
    const payoffs = rows[role].map((row) => row.reduce((sum, u, j) => sum + u * policies[1 - role][j], 0));
    const most = Math.max(...payoffs);
    const weights = payoffs.map((u) => Math.exp((u - most) / tau));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  };
  for (let tau = 20 * game.payoffSpan; ; tau = Math.max(last, tau * 0.98)) {
    for (let k = 0; k < 20_000; k++) {
      const next = policies.map((policy, role) => respond(role, tau).map((p, a) => 0.9 * policy[a] + 0.1 * p));
      const moved = totalVariation(next, policies);
      policies = next;
      if (moved < 1e-11) break;
    }
    if (tau === last) return policies;
  }
}
