import { NashlabError } from '../../src/core/errors.ts';
import { type Game, isConstantSumOfTwo, isMatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { checkApplicable, resolveParams } from '../../src/solve/params.ts';
import type { Instance } from '../../src/solve/problem.ts';
import { solveOnHost } from '../../src/solve/solve-on-host.ts';
import { type AnswerLimits, type AnySolver, ignoresTemperature, isDirect } from '../../src/solve/solver.ts';

export interface MetaOptions {
  /** Step limit of one that iterates. */
  readonly steps: number;
  /** In payoff spans of the full game; where absent, 0 or as little as the solver can take. */
  readonly temperature: number | undefined;
  /** Payoff span of the full game. */
  readonly span: number;
}

/**
 * Temperature of a solver that needs one, in payoff units. At a regularised equilibrium with a uniform reference no seat with m
 * members can gain more than τ·log m: one that answers at once gets the τ at which that is half of the tolerance, one that
 * takes steps a hundredth of the span.
 */
function leastTemperature(definition: AnySolver, game: Game, span: number, tolerance: number): number {
  if (ignoresTemperature(definition) || definition.equilibrium === 'both') return 0;
  if (!isDirect(definition)) return 0.01 * span;
  const entropy = game.roleOf.reduce((sum, role) => sum + Math.log(game.actions[role]), 0);
  return Math.min(0.01 * span, Math.max(1e-12 * span, tolerance / Math.max(1, 2 * entropy)));
}

/** The meta-game as an instance. @param span of the full game. */
function metaInstance(
  definition: AnySolver,
  game: Game,
  { temperature, span }: MetaOptions,
  tolerance: number,
): Instance {
  const tau = temperature === undefined ? leastTemperature(definition, game, span, tolerance) : temperature * span;
  return instance(game, { temperature: tau });
}

/** Refuses a meta-solver for games of this kind. @param first the meta-game of the first members. */
export function checkMetaSolver(definition: AnySolver, first: Game, options: MetaOptions): void {
  const setting = metaInstance(definition, first, options, 0);
  checkApplicable(definition, setting);
  definition.check?.(setting, resolveParams(definition, {}, setting, options.steps) as never);
}

/** Solves meta-games with a solver of the catalogue: probabilities of their actions, per role. */
export function metaSolver(definition: AnySolver, options: MetaOptions, limits: AnswerLimits) {
  // What `newton` draws along the way nobody looks at here.
  const params = Object.hasOwn(definition.params.shape, 'points') ? { points: 0 } : {};
  const signal = {
    get aborted() {
      return limits.halted() !== undefined;
    },
  };
  return async (game: Game): Promise<Float64Array[]> => {
    const setting = metaInstance(definition, game, options, limits.tolerance);
    const { runs } = await solveOnHost(setting, definition, {
      params,
      steps: options.steps,
      tolerance: limits.tolerance,
      metrics: [],
      average: false,
      signal,
    });
    const [{ answer, result }] = runs;
    if (result === 'non-finite')
      throw new NashlabError('not-applicable', {
        what: `the meta-solver "${definition.name}" left the numbers in "${game.name}"`,
        expected: 'another meta-solver',
      });
    return answer.profile.map((row) => Float64Array.from(row));
  };
}

/**
 * Meta-solvers where none is named: linear programs where they apply, else Newton's method on the quantal response equation, and
 * regret matching where that loses its way or there are too many members for it.
 */
export function usualMetaSolver(named: (name: string) => AnySolver, options: MetaOptions, limits: AnswerLimits) {
  const used = new Set<string>();
  const by = (name: string) => {
    used.add(name);
    return metaSolver(named(name), options, limits);
  };
  const solveMeta = async (game: Game): Promise<Float64Array[]> => {
    if (isMatrixGame(game) && isConstantSumOfTwo(game)) return by('exact')(game);
    try {
      return await by('newton')(game);
    } catch (error) {
      if (!(error instanceof NashlabError) || !['not-applicable', 'too-large'].includes(error.code)) throw error;
      return by('regret-matching-plus')(game);
    }
  };
  return { solveMeta, used: () => [...used].join(', ') };
}
