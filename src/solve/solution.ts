import type { Dynamics } from '../dynamics/dynamics.ts';
import type { BackendInfo } from '../numerics/backend.ts';
import type { GuaranteeVerdict } from './guarantee.ts';
import type { ResolvedParams } from './params.ts';

/**
 * How a run ended. Only `converged` says that the certified gap reached the tolerance; `answered` is a closed form that
 * aims at something else than an equilibrium.
 */
export type ResultCode = 'converged' | 'answered' | 'step-limit' | 'stalled' | 'non-finite' | 'aborted';

/** `last`: where the run ended; `average`: the mean of the policies played; `best`: the recorded last iterate of smallest gap. */
export type IterateName = 'last' | 'average' | 'best';

export type MetricValues = Readonly<Record<string, number | readonly number[]>>;

export interface IterateSolution {
  /** Probabilities per role, and their logarithms. */
  readonly profile: readonly (readonly number[])[];
  readonly logProfile: readonly (readonly number[])[];
  readonly metrics: MetricValues;
}

/** Recorded curves by column, all of one length. Column names: `last/duality-gap`, `average/duality-gap`, `bound`. */
export interface History {
  readonly step: readonly number[];
  readonly oracleCalls: readonly number[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
  /** Who was met, and how often; of solvers that met a population. */
  readonly population?: readonly PopulationHistory[];
  /** Probabilities per role at each recorded step, kept for games of at most three actions per role. */
  readonly path?: Readonly<Partial<Record<'last' | 'average', readonly (readonly (readonly number[])[])[]>>>;
}

/** The population of a role over time: one entry per member and record, by column. */
export interface PopulationHistory {
  readonly role: number;
  readonly names: readonly string[];
  /** Index of the record, of the name, and the member's share then. */
  readonly record: readonly number[];
  readonly member: readonly number[];
  readonly weight: readonly number[];
}

/** Gap of a role against the population at the end, in payoff units. */
export interface PopulationGap {
  readonly role: number;
  /** What a best response gains where one member, drawn by its weight, takes all other seats (or their geometric mixture); ≥ 0. */
  readonly gain: number;
  /** The first of several. */
  readonly bestResponse: number;
  readonly members: readonly {
    readonly name: string;
    readonly weight: number;
    /** What that same response gains where all others play this member; may be negative. */
    readonly gain: number;
    /** What the best response to this member alone gains; ≥ 0. */
    readonly alone: number;
  }[];
}

/** Regularised equilibria of a game from a high temperature down to that of the run: the path of quantal responses. */
export interface EquilibriumPath {
  /** Falling, evenly spaced in log τ but for those at which none was found; the last is the run's. */
  readonly temperature: readonly number[];
  /** Regularised gap of each equilibrium at its own temperature. */
  readonly gap: readonly number[];
  /** Per role the indices of the actions that are kept: all of them up to 24, else the 24 whose probability peaks highest. */
  readonly actions: readonly (readonly number[])[];
  /** Probabilities of these actions, per point and role. */
  readonly profiles: readonly (readonly (readonly number[])[])[];
}

/** A distribution over joint actions, as an answer lists it. */
export interface JointDistribution {
  /** The likeliest joint actions, at most 1,000, the likeliest first: indices of actions per seat. */
  readonly outcomes: readonly { readonly actions: readonly number[]; readonly probability: number }[];
  /** How many joint actions have a probability above 0. */
  readonly support: number;
  /** Expected payoff per seat. */
  readonly payoffs: readonly number[];
}

/** One run's answer and its certificate. */
export interface RunSolution {
  readonly result: ResultCode;
  /** Why, where the code leaves it open: `time limit`, `interrupted`, how a direct method found its answer. */
  readonly reason?: string;
  readonly steps: number;
  readonly oracleCalls: number;
  /** The last part of a polished run: in float64 on the CPU. */
  readonly polish?: { readonly steps: number; readonly backend: BackendInfo };
  /** The iterate that is certified, and the gap (a metric's name) that was held against the tolerance. */
  readonly iterate: IterateName;
  readonly gap: string;
  /** R of the regularised game in which `regularized-gap` is measured, where it is not reverse KL. */
  readonly regulariser?: string;
  /** Whom the solver met, `recent:k=5`, where that is not its own present policy. */
  readonly population?: string;
  /** How far the last iterate can be beaten by a best response to that population; of populations with frozen or past members. */
  readonly againstPopulation?: readonly PopulationGap[];
  readonly answer: IterateSolution;
  readonly iterates: Readonly<Partial<Record<IterateName, IterateSolution>>>;
  readonly guarantee?: GuaranteeVerdict;
  readonly history: History;
  readonly equilibriumPath?: EquilibriumPath;
  /** What the last iterate does, where that was asked for. */
  readonly dynamics?: Dynamics;
  /** The answer itself, where it is a joint distribution; policies are then what each player does by itself. */
  readonly joint?: JointDistribution;
  /** Payoff of each action against the answer, per role, where the method is about them. */
  readonly ratings?: readonly (readonly number[])[];
}

export interface Solution {
  readonly runs: readonly RunSolution[];
  /** Parameters with defaults filled in, one set per run. */
  readonly params: readonly ResolvedParams[];
  readonly tolerance: number;
  readonly stepLimit: number;
  readonly wallSeconds: number;
}
