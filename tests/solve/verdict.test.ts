import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { hedge } from '../../solvers/hedge.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import { mirrorProx } from '../../solvers/mirror-prox.ts';
import { problemFacts, roundingFloor } from '../../src/solve/guarantee.ts';
import { instance } from '../../src/solve/instance.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { chooseClaim, judge } from '../../src/solve/verdict.ts';

const facts = problemFacts(instance(catalogueGame('rps'), { temperature: 0.1 }), 0, 100, 0.5);
const claimOf = (stepSize: number) => chooseClaim(mirrorProx.guarantees as never, { stepSize }, facts);

describe('the verdict on a theorem', () => {
  const claim = claimOf(2) as NonNullable<ReturnType<typeof claimOf>>;

  it('within: every recorded value is at most its bound', () => {
    expect(judge(claim, facts, [1, 0.5, 0.25], [1, 0.4, 0.25], undefined)).toMatchObject({
      status: 'within',
      bound: 0.25,
      measured: 0.25,
    });
  });

  it('VIOLATED: one value above its bound, even by a millionth, and the place is the first such one', () => {
    expect(judge(claim, facts, [1, 0.5, 0.25], [1, 0.5000005, 0.3], undefined)).toMatchObject({
      status: 'violated',
      bound: 0.5,
      measured: 0.5000005,
    });
  });

  it('values below rounding are not judged', () => {
    const floor = roundingFloor('kl-to-equilibrium', facts, 1);
    expect(floor).toBeLessThan(1e-24);
    expect(judge(claim, facts, [1, 1e-40], [1, floor], undefined).status).toBe('within');
    expect(judge(claim, facts, [1, 1e-40], [1, 3 * floor], undefined).status).toBe('violated');
    // Where little is forgotten per step, rounding piles up.
    expect(roundingFloor('kl-to-equilibrium', facts, 1e-3)).toBeCloseTo((4000 / 64) ** 2 * floor, 30);
    expect(judge(claim, facts, [1, 1e-40], [1, 3 * floor], undefined, 1e-3).status).toBe('within');
  });

  it('outside: the premise that fails is named', () => {
    expect(judge(claimOf(2.1) as typeof claim, facts, [], [1], undefined)).toMatchObject({
      status: 'outside',
      reason: 'γ = 2.100 exceeds 2/s = 2.000',
    });
  });

  it('unmeasured: the reason is passed on', () => {
    expect(judge(claim, facts, [1], undefined, 'too large')).toMatchObject({
      status: 'unmeasured',
      reason: 'too large',
    });
  });

  it('the bound of hedge at its own step is the one of the literature, 2√(log N/(2T)), from a uniform start', () => {
    const stepSize = Math.sqrt((8 * Math.log(3)) / 100);
    expect(hedge.guarantees[0].bound(100, { stepSize }, facts)).toBeCloseTo(2 * Math.sqrt(Math.log(3) / 200), 14);
  });
});

describe('the theorem that speaks', () => {
  const own = { form: 'proximal', stepSize: 0.4 };
  const claimed = (stepSize: number) =>
    chooseClaim(mirrorDescent.guarantees as never, { ...own, stepSize }, facts, own);

  it('says what kept the theorem of the default step from speaking', () => {
    expect(claimed(0.4)).not.toHaveProperty('missed');
    const weaker = claimed(5);
    expect(weaker).toMatchObject({ premise: true, missed: expect.stringContaining('γ = 5') });
    expect(judge(weaker as NonNullable<typeof weaker>, facts, [1], [0.5], undefined)).toMatchObject({
      status: 'within',
      missed: expect.stringContaining('exceeds'),
    });
  });

  it('is the solver’s own where none holds: INPO’s schedule in a game of three players', () => {
    const many = { ...facts, players: 3 };
    const decaying = { form: 'explicit', stepSize: '2/(tau*(t+2))' };
    const claim = chooseClaim(mirrorDescent.guarantees as never, decaying, many, decaying);
    expect(claim?.premise).toBe('the game has 3 players');
    expect(claim?.guarantee.statement).toContain('2/(τ(t+2))');
  });
});

describe('every theorem of the catalogue', () => {
  const schedules = ['2/(tau*(t+2))', '1/tau', 0.05, 0.4, 5, 20];
  const settings = [{}, { surrogate: 'least-squares' }, { queue: 5 }, { magnetTemperature: 'span', innerSteps: 60 }];
  // Some theorems are about what is not constant-sum of two players.
  const games = ['random:n=5', 'polymatrix:players=3,n=3'].map((text) => catalogueGame(text));

  it.each(
    Object.values(solvers)
      .filter((solver): solver is SolverDefinition => !isDirect(solver))
      .map((solver) => [solver.name, solver] as const),
  )('of %s speaks for some parameters', (_, solver) => {
    const taus = solver.equilibrium === 'original' ? [0] : [0.05, 0.7];
    const heard = taus.flatMap((temperature) =>
      settings.flatMap((setting) => {
        const parsed = solver.params.safeParse(setting);
        if (!parsed.success) return [];
        const steps = [solver.defaultStepSize?.(parsed.data), ...schedules];
        return games.flatMap((game) => {
          const found = problemFacts(instance(game, { temperature }), 0, 100, 1);
          return steps.map(
            (stepSize) => chooseClaim(solver.guarantees as never, { ...parsed.data, stepSize }, found)?.guarantee,
          );
        });
      }),
    );
    expect(solver.guarantees.filter((guarantee) => !heard.includes(guarantee as never))).toEqual([]);
  });
});

describe('default steps', () => {
  const regularised = [extragradient, mirrorProx, mirrorDescent];
  const cases = regularised.flatMap((solver) =>
    [1e-8, 1, 100, 1e6, 1e9].map((tau) => [solver.name, tau, solver] as const),
  );

  it.each(cases)('%s at τ = %s lies within the premises of its own theorem', (_, tau, solver) => {
    const game = catalogueGame('random:n=5');
    const found = problemFacts(instance(game, { temperature: tau }), 0, 100, 1);
    const params = { form: 'explicit' as const };
    const stepSize = solver.defaultStepSize?.(params);
    const claim = chooseClaim(solver.guarantees as never, { ...params, stepSize }, found);
    expect(claim?.premise).toBe(true);
    expect(claim?.guarantee.bound(3, { ...params, stepSize } as never, found)).toBeLessThanOrEqual(1);
  });
});
