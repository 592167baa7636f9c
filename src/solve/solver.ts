import type { z } from 'zod';
import type { Schedule } from '../core/schedule.ts';
import type { Game } from './game.ts';
import type { Guarantee } from './guarantee.ts';
import type { HostProfile, Instance, Problem, Profile } from './problem.ts';

export interface Citation {
  /** BibTeX key. */
  readonly key: string;
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  /** Venue or arXiv number. */
  readonly where: string;
}

/** What a method is for, as the catalogue is ordered. */
export const families = {
  unregularised: 'no regularisation: the average iterate approaches the original equilibrium',
  regularised: 'KL-regularised: the last iterate approaches the regularised equilibrium',
  original: 'moving magnets: the last iterate approaches the original equilibrium',
  accelerated: 'momentum on another method',
  exact: 'answers that need no step size, to check the others against',
  baseline: 'offline and reward methods: they approach something else, which is what a comparison shows',
} as const;

export type Family = keyof typeof families;

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

/** Parameters are what users write; every solver of this family has a step size. */
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
  /**
   * Which equilibrium it approaches: `original` solvers ignore the KL term and need τ = 0; `none` is for baselines, which
   * need τ > 0 and approach what `target` says.
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
  /** The default step size: the largest its theorem allows. */
  defaultStepSize(params: Omit<Params, 'stepSize'>): Schedule;
  /** Names of the parameters that are schedules, beside `stepSize`. */
  readonly schedules?: readonly string[];
  /** Payoff evaluations per role and step. */
  readonly oracleCallsPerStep: number | ((params: Omit<Params, 'stepSize'>) => number);
  /** Payoff evaluations per role before the first step; none by default. */
  readonly oracleCallsAtStart?: number;
  /** Refuses, with a `NashlabError`, an instance it cannot iterate on. */
  check?(instance: Instance, params: Omit<Params, 'stepSize'>): void;
  /** The game it plays instead of the one it is measured in: a reward model, scores. Same seats and actions. */
  sees?(game: Game, params: Omit<Params, 'stepSize'>): Game;
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
  answer(instance: Instance, params: Params): Promise<DirectAnswer>;
  /** As for iterative solvers; the step is 0 and there is no step size. */
  readonly guarantees?: readonly Guarantee<Params>[];
}

/** One run's answer. */
export interface DirectAnswer {
  /** Log-probabilities per role (−∞ allowed). */
  readonly profile: HostProfile;
  /** How it was found. */
  readonly method: string;
}

/** Any entry of the solver catalogue. */
// biome-ignore lint/suspicious/noExplicitAny: each entry fixes its own parameters
export type AnySolver = SolverDefinition<any> | AnyDirect;

// biome-ignore lint/suspicious/noExplicitAny: each entry fixes its own parameters
type AnyDirect = DirectDefinition<any>;

/** The game a solver plays: the one it was given, unless it sees another in it. */
export function seenBy(definition: SolverDefinition, game: Game, params: unknown): Game {
  return definition.sees?.(game, params as never) ?? game;
}

/** Payoff evaluations per role and step of a solver with these parameters. */
export function callsPerStep({ oracleCallsPerStep: calls }: SolverDefinition, params: unknown): number {
  return typeof calls === 'number' ? calls : calls(params as never);
}

export function isDirect(definition: AnySolver): definition is AnyDirect {
  return 'answer' in definition;
}
