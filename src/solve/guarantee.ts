import type { Citation } from '../core/citations/cite.ts';
import { compileSchedule, type Schedule } from '../core/schedule.ts';
import { type Game, isMatrixGame, type MatrixGame } from './game.ts';
import { type Instance, rowsOfRun, stepSpan, temperatureFactors, temperatureOf } from './problem.ts';

/** What a theorem may refer to, for one run. */
export interface ProblemFacts {
  readonly temperature: number;
  /** Temperature of each role as a factor of that one, where one differs. */
  readonly temperatureFactors?: readonly number[];
  /** Payoff span s; 1 for a constant game. */
  readonly payoffSpan: number;
  /** Largest |payoff|, where the payoffs are at hand; rounding is in its units. */
  readonly payoffScale?: number;
  readonly sum: Game['sum'];
  readonly players: number;
  /** Actions per role. */
  readonly actions: readonly number[];
  /** Policies being learned: 1 in a preference game, whose seats share it; KL to equilibrium is summed over them. */
  readonly roles: number;
  /** Step limit T. */
  readonly steps: number;
  /** Σ over seats of max_a log 1/π_0(a): how far the start may be from a comparator, in nats. */
  readonly divergence: number;
  /** Σ over seats of max_a log 1/ρ(a): how far the reference may be from a comparator, in nats. */
  readonly referenceDivergence: number;
  /** The largest over players of max_a log 1/π_0(a), in nats. */
  readonly largestDivergence: number;
  /** KL(π*‖π_0) in nats, where the regularised equilibrium is known. */
  readonly initialDivergence?: number;
  /** Value of a schedule at a step. */
  at(schedule: Schedule, step: number): number;
  /** Whether a schedule is free of the step. */
  isConstant(schedule: Schedule): boolean;
}

/** One temperature for all roles: true, or what fails. Every theorem here that has a temperature has only one. */
export function oneTemperature({
  temperatureFactors: factors,
}: Pick<ProblemFacts, 'temperatureFactors'>): true | string {
  return factors === undefined || `the roles have temperatures of their own, τ times ${factors.join(', ')}`;
}

/** The premise that almost every theorem has: two players, constant sum, one temperature. True, or what fails. */
export function constantSumOfTwo(facts: Pick<ProblemFacts, 'sum' | 'players' | 'temperatureFactors'>): true | string {
  const { sum, players } = facts;
  if (players !== 2) return `the game has ${players} players`;
  return sum === 'constant' ? oneTemperature(facts) : 'the game is general-sum';
}

/** A theorem as code: `metric` of `iterate` stays below `bound(step)` when the premises hold. */
export interface Guarantee<Params> {
  readonly statement: string;
  readonly source: Citation;
  /** True when the constants are proved here (ARCHITECTURE, Proofs) rather than stated by the source. */
  readonly derived?: boolean;
  readonly iterate: 'last' | 'average';
  readonly equilibrium: 'regularised' | 'original';
  readonly metric: 'kl-to-equilibrium' | 'duality-gap' | 'nash-conv' | 'regularized-gap' | 'cce-gap';
  /** True, or the premise that fails, in words. */
  premises(params: Params, facts: ProblemFacts): true | string;
  bound(step: number, params: Params, facts: ProblemFacts): number;
}

export type GuaranteeStatus = 'within' | 'outside' | 'violated' | 'unmeasured';

export interface GuaranteeVerdict {
  readonly status: GuaranteeStatus;
  readonly statement: string;
  readonly source: string;
  readonly iterate: 'last' | 'average';
  readonly metric: string;
  readonly reason?: string;
  /** Why the theorem of the default parameters does not speak, where a weaker one does. */
  readonly missed?: string;
  /** Bound and measured value at the last recorded step, or where the bound was broken first. */
  readonly bound?: number;
  readonly measured?: number;
}

const largest = new WeakMap<MatrixGame, number>();

function largestPayoff(game: MatrixGame): number {
  const known = largest.get(game);
  if (known !== undefined) return known;
  const found = game.matrices.reduce(
    (most, { values }) => values.reduce((own, value) => Math.max(own, Math.abs(value)), most),
    0,
  );
  largest.set(game, found);
  return found;
}

/** Σ over seats of max_a log 1/π(a), of log-policies per role. */
function seatedDivergence({ roleOf }: Game, policies: readonly Float64Array[]): number {
  const least = policies.map((row) => row.reduce((low, value) => Math.min(low, value)));
  return roleOf.reduce((sum, role) => sum - least[role], 0);
}

/**
 * What is known of a run before it starts.
 * @param steps the step limit. @param initialDivergence KL(π*‖π_0), where it is known.
 */
export function problemFacts(instance: Instance, run: number, steps: number, initialDivergence?: number): ProblemFacts {
  const { game } = instance;
  const temperature = temperatureOf(instance, run);
  const reference = rowsOfRun(instance.reference, game.actions, run);
  const start = rowsOfRun(instance.start, game.actions, run);
  const payoffSpan = stepSpan(game);
  const factors = temperatureFactors(instance);
  const variables = { tau: temperature, T: steps, span: payoffSpan, n: Math.max(...game.actions) };
  return {
    temperature,
    ...(factors === undefined ? {} : { temperatureFactors: factors }),
    payoffSpan,
    ...(isMatrixGame(game) ? { payoffScale: largestPayoff(game) } : {}),
    sum: game.sum,
    players: game.roleOf.length,
    actions: game.actions,
    roles: game.actions.length,
    steps,
    divergence: seatedDivergence(game, start),
    largestDivergence: start.reduce((most, row) => row.reduce((top, value) => Math.max(top, -value), most), 0),
    referenceDivergence: seatedDivergence(game, reference),
    ...(initialDivergence === undefined ? {} : { initialDivergence }),
    at: (schedule, step) => compileSchedule(schedule).at({ ...variables, t: step }),
    isConstant: (schedule) => compileSchedule(schedule).constant,
  };
}

/**
 * Below this, a measured KL is rounding and no theorem can be judged: a step rounds log-probabilities by a few ε(1 + u/τ),
 * u the largest |payoff| or the span,
 * the iteration forgets what went before at the rate ητ, so that 1/(ητ) steps of it pile up, and KL is quadratic in them.
 * The regularised gap is τ times a KL; for other gaps it is ε times the span.
 * @param contraction ητ at the end of the run; 1 where nothing piles up.
 * @param epsilon of the numbers that the iterate is made of.
 */
export function roundingFloor(
  metric: Guarantee<never>['metric'],
  { payoffSpan, payoffScale = 0, temperature }: Pick<ProblemFacts, 'payoffSpan' | 'payoffScale' | 'temperature'>,
  contraction: number,
  epsilon = Number.EPSILON,
): number {
  const unit = Math.max(payoffSpan, payoffScale);
  if (metric === 'duality-gap' || metric === 'nash-conv' || metric === 'cce-gap') return 64 * epsilon * unit;
  const scale = metric === 'regularized-gap' ? 2 * temperature : 1;
  return scale * (Math.max(64, 4 / contraction) * epsilon * (1 + unit / temperature)) ** 2;
}
