import type { z } from 'zod';
import type { Schedule } from '../core/schedule.ts';
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
  /** Other names of the literature for the same method. */
  readonly aliases?: readonly string[];
  /** The paper's symbols in terms of η and τ. */
  readonly conversion?: string;
  /** The iterate that approaches the equilibrium. */
  readonly iterate: 'last' | 'average';
  /** Which equilibrium it approaches: `original` solvers ignore the KL term and need τ = 0. */
  readonly equilibrium: 'regularised' | 'original' | 'both';
}

/** An iterative solver of the catalogue. */
export interface SolverDefinition<Params extends StepParams = StepParams> extends DefinitionBase {
  /** zod strict object of everything but `stepSize`. */
  readonly params: z.ZodType<Omit<Params, 'stepSize'>> & { readonly shape: Readonly<Record<string, unknown>> };
  /** The default step size: the largest its theorem allows. */
  defaultStepSize(params: Omit<Params, 'stepSize'>): Schedule;
  /** Payoff evaluations per role and step. */
  readonly oracleCallsPerStep: number;
  /** Payoff evaluations per role before the first step; none by default. */
  readonly oracleCallsAtStart?: number;
  /** Tried in order; the first whose premises hold is measured. */
  readonly guarantees: readonly Guarantee<Params>[];
  // biome-ignore lint/suspicious/noExplicitAny: the state's type is the solver's own affair
  make(params: Params): Solver<any>;
}

/** A method that computes the answer at once instead of iterating. */
export interface DirectDefinition extends DefinitionBase {
  readonly params: z.ZodType<Record<string, never>> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Refuses, with a `NashlabError`, an instance it cannot answer. */
  check(instance: Instance): void;
  /** One run's answer: log-probabilities per role (−∞ allowed), and how it was found. */
  answer(instance: Instance): Promise<{ readonly profile: HostProfile; readonly method: string }>;
}

/** Any entry of the solver catalogue. */
// biome-ignore lint/suspicious/noExplicitAny: each entry fixes its own parameters
export type AnySolver = SolverDefinition<any> | DirectDefinition;

export function isDirect(definition: AnySolver): definition is DirectDefinition {
  return 'answer' in definition;
}
