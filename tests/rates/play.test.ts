import { describe, expect, it } from 'vitest';
import { normalFormOf } from '../../games/players/normal-form.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import { type Game, isConstantSumOfTwo } from '../../src/solve/game.ts';
import type { GuaranteeVerdict } from '../../src/solve/guarantee.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import { solve } from '../../src/solve/solve.ts';
import type { SolverDefinition } from '../../src/solve/solver.ts';

/** Games per theorem, and the steps of each run. */
const trials = 1_000;
const steps = 400;

/**
 * Games of 2 to 4 players with 1 to 6 actions each and spans 1e-3 … 1e3: normal payoffs, payoffs 0 or 1 (where best replies
 * cycle and tie), and games that are constant-sum of three and more.
 */
function drawGame(trial: number): Game {
  const { integer, normal, uniform } = stream('trials of play', trial);
  const players = 2 + integer(3);
  const size = Array.from({ length: players }, () => 1 + integer(players === 4 ? 3 : 6));
  const count = size.reduce((product, each) => product * each, 1);
  const scale = 10 ** (integer(7) - 3);
  const payoff =
    trial % 3 === 0
      ? () => scale * integer(2)
      : trial % 3 === 1
        ? () => scale * normal()
        : () => scale * uniform() ** 8;
  const payoffs = size.map(() => Float64Array.from({ length: count }, payoff));
  if (trial % 5 === 0 && players > 2)
    payoffs[players - 1] = Float64Array.from(
      { length: count },
      (_, s) => -payoffs.slice(0, -1).reduce((sum, values) => sum + values[s], 0),
    );
  return normalFormOf(
    payoffs.map((values) => ({ values })),
    size,
  );
}

const games = Array.from({ length: trials }, (_, trial) => drawGame(trial));

/** Starts uniform or random; steps as default, or a tenth to ten times that. */
async function verdictOf(solver: SolverDefinition, trial: number): Promise<GuaranteeVerdict | undefined> {
  const game = games[trial];
  const start = trial % 2 === 0 ? uniformProfile(game) : randomProfile(game, `${trial}`);
  const factor = 10 ** (2 * stream('step of play', trial).uniform() - 1);
  const params =
    solver.defaultStepSize === undefined || trial % 4 === 0
      ? {}
      : { stepSize: `${factor}*${solver.defaultStepSize({})}` };
  const setting = { game, runs: 1, temperature: 0, reference: uniformProfile(game), start };
  const { runs } = await solve(cpuBackend(), setting, solver, { params, steps, tolerance: 0 });
  return runs[0].guarantee;
}

/** The same solver, its bound about the cce-gap multiplied. */
function scaled(solver: SolverDefinition, factor: number): SolverDefinition {
  const guarantees = solver.guarantees.map((guarantee) => ({
    ...guarantee,
    bound: (...given: Parameters<typeof guarantee.bound>) => (given[0] === 0 ? 1 : factor) * guarantee.bound(...given),
  }));
  return { ...solver, guarantees };
}

async function tried(solver: SolverDefinition, count: number) {
  const broken: object[] = [];
  let within = 0;
  for (let trial = 0; trial < count; trial++) {
    if (isConstantSumOfTwo(games[trial])) continue;
    const verdict = await verdictOf(solver, trial);
    if (verdict?.status === 'within' && verdict.metric === 'cce-gap') within++;
    else broken.push({ trial, ...verdict });
  }
  return { broken, within };
}

describe('theorems about play in games of any players', () => {
  const each = (['hedge', 'regret-matching-plus', 'dno'] as const).map(
    (name) => [name, solvers[name] as SolverDefinition] as const,
  );

  it.each(each)(`%s stays within its bound on ${trials} random games`, async (_, solver) => {
    const { broken, within } = await tried(solver, trials);
    expect(broken).toEqual([]);
    expect(within).toBeGreaterThanOrEqual(0.95 * trials);
  });

  it.each(each)('%s: a bound ten thousand times too sharp is found out', async (_, solver) => {
    expect((await tried(scaled(solver, 1e-4), 40)).broken.length).toBeGreaterThan(0);
  });

  it('hedge: four tenths of the bound are too little', async () => {
    expect((await tried(scaled(solvers.hedge as SolverDefinition, 0.4), 300)).broken.length).toBeGreaterThan(0);
  });
});
