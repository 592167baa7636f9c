import { expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { compileSchedule } from '../../src/core/schedule.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import type { GuaranteeVerdict } from '../../src/solve/guarantee.ts';
import { randomProfile, uniformProfile } from '../../src/solve/policies.ts';
import { stepSpan } from '../../src/solve/problem.ts';
import { solve } from '../../src/solve/solve.ts';
import { type AnySolver, callsPerStep, type Family, isDirect } from '../../src/solve/solver.ts';
import { withMatrix } from '../with-matrix.ts';

/** Games per theorem. */
const trials = 1_000;
/** Oracle calls per run, more for solvers that make many in a step. */
const calls = 1_000;

function stepsOf({ solver, params = {} }: Variant): number {
  if (isDirect(solver)) return 1;
  const { stepSize: _, ...rest } = params;
  return Math.max(50, Math.floor(calls / callsPerStep(solver, solver.params.parse(rest))));
}

const families = ['random', 'tournament', 'bradley-terry', 'low-rank', 'transitive-cyclic', 'zero-sum'] as const;

/** Uniform, 0/1, Bradley–Terry, low-rank and mixed preferences of 2 … 50 actions, and zero-sum games of spans 1e-3 … 1e3. */
function drawGame(trial: number): MatrixGame {
  const draw = stream('theorem trials', trial);
  const n = 2 + draw.integer(49);
  const family = families[trial % families.length];
  if (family === 'zero-sum') {
    const width = 2 + draw.integer(29);
    const scale = 10 ** (draw.integer(7) - 3);
    return zeroSumGame(
      Array.from({ length: Math.min(n, 30) }, () => Array.from({ length: width }, () => scale * draw.normal())),
    );
  }
  if (family === 'low-rank')
    return withMatrix(catalogueGame(`low-rank:n=${n},rank=${2 + 2 * draw.integer(3)},seed=${trial}`));
  if (family === 'transitive-cyclic')
    return withMatrix(catalogueGame(`transitive-cyclic:${Math.max(3, n)},0.5,${trial}`));
  return withMatrix(catalogueGame(`${family}:${n},${trial}`));
}

/** Drawn once: theorems share the games, and with them their equilibria. */
const games = new Map<number, MatrixGame>();
function gameOf(trial: number): MatrixGame {
  const game = games.get(trial) ?? drawGame(trial);
  games.set(trial, game);
  return game;
}

type Params = Readonly<Record<string, number | string>>;

/** One theorem on trial. */
export interface Variant {
  readonly solver: AnySolver;
  readonly params?: Params;
  /** Also with constant steps below the default one: the theorem holds for these as well. */
  readonly shorter?: boolean;
  /** Smallest τ in spans; 0.001 by default. */
  readonly least?: number;
  /** False where the bound ends in a plateau, so that no rate is claimed. */
  readonly slope?: boolean;
}

function stepFor(variant: Variant, game: MatrixGame, tau: number, trial: number): Params {
  const { solver, params = {}, shorter } = variant;
  if (isDirect(solver) || !shorter || trial % 2 === 0) return params;
  const { stepSize, ...rest } = params;
  const schedule = compileSchedule((stepSize ?? solver.defaultStepSize?.(solver.params.parse(rest))) as string);
  const largest = schedule.at({ t: 0, tau, T: stepsOf(variant), span: stepSpan(game), n: Math.max(...game.actions) });
  return { ...params, stepSize: largest * (0.02 + 0.98 * stream('shorter step', trial).uniform()) };
}

/** τ up to 1 span, log-uniform; starts and references uniform or random, half and half. */
async function verdictOf(variant: Variant, trial: number): Promise<GuaranteeVerdict | undefined> {
  const { solver, least = 0.001 } = variant;
  const game = gameOf(trial);
  const relative = least ** stream('temperature', trial).uniform();
  const temperature = solver.equilibrium === 'original' ? 0 : relative * stepSpan(game);
  const reference = trial % 3 === 0 ? uniformProfile(game) : randomProfile(game, `${trial}`, 'reference');
  const start = trial % 4 === 0 ? reference : randomProfile(game, `${trial}`);
  const setting = { game, runs: 1, temperature, reference, start };
  const metrics = ['kl-to-equilibrium', 'duality-gap', 'regularized-gap'];
  const params = stepFor(variant, game, temperature, trial);
  const { runs } = await solve(cpuBackend(), setting, solver, {
    params,
    steps: stepsOf(variant),
    tolerance: 0,
    metrics,
  });
  return runs[0].guarantee;
}

type Bound = (step: number) => number;

/** The same solver with a wrong theorem. */
function planted({ solver, ...rest }: Variant, wrong: (bound: Bound) => Bound): Variant {
  const guarantees = (solver.guarantees ?? []).map((guarantee) => ({
    ...guarantee,
    bound: (step: number, params: never, facts: never) =>
      wrong((at) => (guarantee.bound as (at: number, params: never, facts: never) => number)(at, params, facts))(step),
  }));
  return { ...rest, solver: { ...solver, guarantees } as AnySolver };
}

/** What a wrong constant would claim. At step 0 iterative theorems say no more than what holds at the start. */
const tenThousandTimesSharper =
  ({ solver }: Variant) =>
  (bound: Bound): Bound =>
  (step) =>
    step === 0 && !isDirect(solver) ? bound(step) : bound(step) / 1e4;
const fourTimesFaster =
  (bound: Bound): Bound =>
  (step) =>
    bound(4 * step);

/** Solvers of a family that come with a theorem. */
export function withTheorem(...wanted: readonly Family[]): AnySolver[] {
  return Object.values(solvers).filter(
    ({ family, guarantees = [] }) => wanted.includes(family) && guarantees.length > 0,
  );
}

/** What broke, by trial; and how many were within. */
async function tried(variant: Variant, count: number) {
  const broken: object[] = [];
  let within = 0;
  for (let trial = 0; trial < count; trial++) {
    const verdict = await verdictOf(variant, trial);
    if (verdict?.status === 'within') within++;
    else if (verdict?.status !== 'outside') broken.push({ trial, ...verdict });
  }
  return { broken, within };
}

/**
 * Puts theorems on trial: no game may break one. At least nine games in ten must lie within the premises; the others are
 * said to be outside.
 */
export function putOnTrial(variants: Readonly<Record<string, Variant>>): void {
  const each = Object.entries(variants);
  it.each(each)(`%s stays within its bound on ${trials} random games`, async (_, variant) => {
    const { broken, within } = await tried(variant, trials);
    expect(broken).toEqual([]);
    expect(within).toBeGreaterThanOrEqual(0.9 * trials);
  });

  const found = async (variant: Variant): Promise<number> => (await tried(variant, 24)).broken.length;

  it.each(each)('%s: a bound ten thousand times too sharp is found out', async (_, variant) => {
    expect(await found(planted(variant, tenThousandTimesSharper(variant)))).toBeGreaterThan(0);
  });

  const linear = each.filter(([, { solver, slope = true }]) => slope && solver.rate.startsWith('linear'));
  it.each(linear)('%s: a rate four times too fast is found out', async (_, variant) => {
    expect(await found(planted(variant, fourTimesFaster))).toBeGreaterThan(0);
  });
}
