import type { z } from 'zod';
import type { Citation } from '../core/citations/cite.ts';
import { NashlabError } from '../core/errors.ts';
import type { Schedule } from '../core/schedule.ts';
import type { Game } from './game.ts';
import type { Guarantee } from './guarantee.ts';
import type { JointAnswer } from './joint.ts';
import type { Population } from './population.ts';
import type { HostProfile, Instance, Problem, Profile } from './problem.ts';
import type { Regulariser } from './regulariser.ts';
import type { EquilibriumPath } from './solution.ts';

/** What a method is for, as the catalogue is ordered. */
export const families = {
  unregularised: 'no regularisation: towards the original equilibrium, most of them by the average iterate',
  regularised: 'regularised: towards the regularised equilibrium, by the last iterate',
  original: 'magnets that move or fade: towards the original equilibrium',
  accelerated: 'momentum on another method',
  exact: 'answers that need no step size, to check the others against',
  baseline: 'offline and reward methods: they approach something else, which is what a comparison shows',
} as const;

export type Family = keyof typeof families;

/** `equilibrium` as it is listed. */
export const equilibriumWords = {
  regularised: 'regularised',
  original: 'original',
  both: 'either',
  none: 'none',
} as const;

/** `Munos et al. 2024, ICML`: how a citation is named beside a figure. */
export function shortCitation(citation: Citation): string {
  return `${citation.authors} ${citation.year}, ${citation.where}`;
}

/** An algorithm: pure functions on a state that is plain data of tensors. The loop owns everything else. */
export interface Solver<State> {
  init(problem: Problem): State;
  /** `step` counts from 0. */
  step(problem: Problem, state: State, step: number): State;
  /** The iterate the guarantee is about: log-probabilities per role, `[B, A]`. */
  profile(state: State): Profile;
}

/** Parameters are what users write; a solver without a default step size has none, and is made without. */
export interface StepParams {
  readonly stepSize: Schedule;
}

interface DefinitionBase {
  readonly name: string;
  /** One sentence: what it does. */
  readonly summary: string;
  readonly source: Citation;
  readonly family: Family;
  /** Other spellings of the name; a method of the literature that is a choice of another is an entry of its own. */
  readonly aliases?: readonly string[];
  /** The entry this one is a choice of, where it has no step of its own, and the parameters it fixes. */
  readonly choiceOf?: string;
  readonly fixed?: Readonly<Record<string, number | string>>;
  /** The paper's symbols in terms of η and τ. */
  readonly conversion?: string;
  /** The iterate that approaches the equilibrium. */
  readonly iterate: 'last' | 'average';
  /** The iterate that does at temperatures above 0, where that is another one. */
  readonly regularisedIterate?: 'last';
  /**
   * Which equilibrium it approaches: `original` solvers ignore the KL term and need τ = 0; `none` is for those that
   * approach what `target` says: with a KL term (τ > 0), or without one (τ = 0) in the families `unregularised` and `exact`.
   */
  readonly equilibrium: 'regularised' | 'original' | 'both' | 'none';
  /** What the iterate approaches where that is no equilibrium of the game. */
  readonly target?: string;
  /** How fast, in a few words: `linear`, `O(1/√T)`, `none proven`. */
  readonly rate: string;
}

/** An iterative solver of the catalogue. */
export interface SolverDefinition<Params extends StepParams = StepParams> extends DefinitionBase {
  /** zod strict object of everything but `stepSize`. */
  readonly params: z.ZodType<Omit<Params, 'stepSize'>> & { readonly shape: Readonly<Record<string, unknown>> };
  /** The default step size: the largest its theorem allows. Absent where the method has no step size. */
  defaultStepSize?(params: Omit<Params, 'stepSize'>): Schedule;
  /** Names of the parameters that are schedules, beside `stepSize`. */
  readonly schedules?: readonly string[];
  /** Payoff evaluations per role and step. */
  readonly oracleCallsPerStep: number | ((params: Omit<Params, 'stepSize'>) => number);
  /** Payoff evaluations per role before the first step; none by default. */
  readonly oracleCallsAtStart?: number;
  /** Refuses, with a `NashlabError`, an instance it cannot iterate on. */
  check?(instance: Instance, params: Omit<Params, 'stepSize'>): void;
  /**
   * The game it plays instead of the one it is measured in: a reward model, scores. Same seats and actions.
   * @param reference log ρ per role, `[B|1, A_role]`, for what is fitted to samples of it.
   */
  sees?(game: Game, params: Omit<Params, 'stepSize'>, reference: HostProfile): Game;
  /** Whom it meets where no population is given; its own present policies where absent. */
  population?(game: Game, params: Omit<Params, 'stepSize'>): Population;
  /** R of the regularised game that it solves; reverse KL where absent or undefined. */
  regulariser?(params: Omit<Params, 'stepSize'>): Regulariser | undefined;
  /** Tried in order; the first whose premises hold is measured. */
  readonly guarantees: readonly Guarantee<Params>[];
  // biome-ignore lint/suspicious/noExplicitAny: the state's type is the solver's own affair
  make(params: Params): Solver<any>;
}

/** A method that computes the answer at once instead of iterating. */
export interface DirectDefinition<Params = Record<string, never>> extends DefinitionBase {
  readonly params: z.ZodType<Params> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Refuses, with a `NashlabError`, an instance it cannot answer. */
  check(instance: Instance, params: Params): void;
  answer(instance: Instance, params: Params, limits: AnswerLimits): Promise<DirectAnswer>;
  /** The gap of the joint distribution it answers with that is held against the tolerance; absent where it answers with policies. */
  readonly certificate?: 'ce-gap' | 'cce-gap';
  /** As for iterative solvers; the step is 0 and there is no step size. */
  readonly guarantees?: readonly Guarantee<Params>[];
}

/** When a method that works in rounds is done, or has to be. */
export interface AnswerLimits {
  /** Gap in payoff units that the answer is held against. */
  readonly tolerance: number;
  /** Why it has to stop now: the time limit, an interruption. */
  halted(): string | undefined;
}

/** One round of a method that works in rounds. */
export interface AnswerRound {
  /** nash-conv of what the round came to, in payoff units. */
  readonly nashConv: number;
  /** Payoff evaluations until then. */
  readonly oracleCalls: number;
  /** Per role: who was in its population, with which share. */
  readonly population: readonly (readonly { readonly name: string; readonly weight: number }[])[];
}

/** One run's answer. */
export interface DirectAnswer {
  /** Log-probabilities per role (−∞ allowed). */
  readonly profile: HostProfile;
  /** How it was found. */
  readonly method: string;
  /** Where it was found on a path of equilibria. */
  readonly path?: EquilibriumPath;
  /** How it came about, of a method that works in rounds. */
  readonly rounds?: readonly AnswerRound[];
  /** Why such a method ended before it had its answer. */
  readonly cut?: 'step-limit' | 'aborted';
  /** The answer itself, where that is a joint distribution and `profile` its marginals. */
  readonly joint?: JointAnswer;
  /** Payoff of each action against the answer, per role, where the method is about them. */
  readonly ratings?: readonly Float64Array[];
}

/** Any entry of the solver catalogue. */
// biome-ignore lint/suspicious/noExplicitAny: each entry fixes its own parameters
export type AnySolver = SolverDefinition<any> | AnyDirect;

// biome-ignore lint/suspicious/noExplicitAny: each entry fixes its own parameters
type AnyDirect = DirectDefinition<any>;

/** Whether it iterates with a step size, which users may set. */
export function hasStepSize(definition: AnySolver): boolean {
  return !isDirect(definition) && definition.defaultStepSize !== undefined;
}

/** Names of the parameters that are schedules. */
export function scheduleNames(definition: SolverDefinition): readonly string[] {
  return [...(hasStepSize(definition) ? ['stepSize'] : []), ...(definition.schedules ?? [])];
}

/** Whether it ignores the KL term, and so refuses a temperature above 0. */
export function ignoresTemperature({ equilibrium, family }: AnySolver): boolean {
  return equilibrium === 'original' || (equilibrium === 'none' && (family === 'unregularised' || family === 'exact'));
}

/** The game a solver plays: the one it was given, unless it sees another in it. */
export function seenBy(
  definition: SolverDefinition,
  { game, reference }: Pick<Instance, 'game' | 'reference'>,
  params: unknown,
): Game {
  return definition.sees?.(game, params as never, reference) ?? game;
}

/** R of the regularised game that a solver with these parameters solves, where it is not reverse KL. */
export function regulariserOf(
  definition: AnySolver,
  params: unknown,
  { temperature }: Pick<Instance, 'temperature'>,
): Regulariser | undefined {
  const regularised = typeof temperature === 'number' ? temperature > 0 : temperature.every((tau) => tau > 0);
  return regularised && !isDirect(definition) ? definition.regulariser?.(params as never) : undefined;
}

/** Payoff evaluations per role and step of a solver with these parameters. */
export function callsPerStep({ oracleCallsPerStep: calls }: SolverDefinition, params: unknown): number {
  return typeof calls === 'number' ? calls : calls(params as never);
}

/** Refuses a population for a method that answers at once. */
export function requireIterative(definition: AnySolver, { text }: Pick<Population, 'text'>): void {
  if (!isDirect(definition)) return;
  throw new NashlabError('not-applicable', {
    what: `"${definition.name}" with population "${text}"`,
    expected: 'no population: it answers at once and meets nobody',
  });
}

export function isDirect(definition: AnySolver): definition is AnyDirect {
  return 'answer' in definition;
}
