/** What a run store holds on disk, and all a report reads. Numbers are full double precision; absent means "does not apply". */

import type { GameDocument } from '../games/game-document.ts';
import type { Dynamics } from '../src/dynamics/dynamics.ts';
import type { GuaranteeVerdict } from '../src/solve/guarantee.ts';
import type {
  EquilibriumPath,
  History,
  IterateName,
  JointDistribution,
  MetricValues,
  PopulationGap,
  ResultCode,
} from '../src/solve/solution.ts';
import type { PublishedFigure } from './published.ts';

export type { EquilibriumPath, History, IterateName, JointDistribution };

/** A game as stored in `games/<hash>.json`: the native game file, with its name and description. */
export type StoredGame = GameDocument;

/** One fully resolved run; `cellId` names it by its content. */
export interface Cell {
  /** `group`: the game as the experiment wrote it, when a seed drew this member; seeds of one group are one curve. */
  readonly game: { readonly name: string; readonly hash: string; readonly group?: string };
  readonly solver: { readonly name: string; readonly params: Readonly<Record<string, number | string>> };
  readonly temperature: number;
  /** Factors of it, one per role, where players differ. */
  readonly roleTemperatures?: readonly number[];
  /** Whom the solver meets, where that was given; what files said stands here. */
  readonly population?: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  /** Probabilities per role, or the word. */
  readonly reference: 'uniform' | 'random' | readonly (readonly number[])[];
  readonly start: 'reference' | 'uniform' | 'random' | readonly (readonly number[])[];
  readonly seed: string;
  /** Step limit; the budget in oracle calls is converted when the experiment is expanded. */
  readonly steps: number;
  /** Gap at which the run counts as converged, in payoff units; 0 = run all steps. */
  readonly tolerance: number;
  /** The iterate that is certified. */
  readonly iterate: IterateName;
  readonly metrics: readonly string[];
  /** Whether the run is followed again for a label of what its last iterate does; absent where not. */
  readonly dynamics?: true;
  /** Name of the device backend; absent for the CPU. What float32 answers is no answer to the same question. */
  readonly backend?: string;
  /** What the experiment file said, before defaults that depend on the game were filled in; tells curves apart. */
  readonly given: {
    readonly params: Readonly<Record<string, number | string>>;
    readonly tolerance?: number;
    readonly population?: string;
  };
}

export interface IterateRecord {
  /** Probabilities per role. */
  readonly profile: readonly (readonly number[])[];
  readonly metrics: MetricValues;
}

export type GuaranteeRecord = GuaranteeVerdict;

export interface Provenance {
  readonly nashlab: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly node: string;
  readonly lockfile?: string;
  readonly backend: {
    readonly name: string;
    readonly dtype: string;
    readonly library: string;
    readonly device: string;
    /** Of a system's library. */
    readonly build?: string;
    readonly threads?: number;
  };
  readonly cpu: string;
  readonly platform: string;
}

export interface StoredRun {
  readonly schema: 'nashlab-run/1';
  readonly id: string;
  readonly cell: Cell;
  readonly provenance: Provenance;
  readonly result: {
    readonly code: ResultCode;
    readonly reason?: string;
    readonly steps: number;
    readonly oracleCalls: number;
  };
  readonly iterates: Readonly<Partial<Record<IterateName, IterateRecord>>>;
  /** R of the regularised game in which `regularized-gap` is measured, where it is not reverse KL. */
  readonly regulariser?: string;
  readonly guarantee?: GuaranteeRecord;
  readonly history: History;
  /** How far the last iterate can be beaten by best responses to whom it met. */
  readonly againstPopulation?: readonly PopulationGap[];
  /** Of runs that followed the equilibria from a high temperature to their own. */
  readonly equilibriumPath?: EquilibriumPath;
  /** What the last iterate does, where the experiment asks for it. */
  readonly dynamics?: Dynamics;
  /** Of answers that are joint distributions; the gap it is judged by is one of theirs. */
  readonly joint?: JointDistribution;
  readonly gap?: 'ce-gap' | 'cce-gap';
  readonly ratings?: readonly (readonly number[])[];
  /** The only part that differs between two computations of the same cell; seconds are the run's share of its batch. */
  readonly times: { readonly started: string; readonly finished: string; readonly wallSeconds: number };
}

/** `experiment.json`: what was asked, and which runs answer it. */
export interface StoredExperiment {
  readonly schema: 'nashlab-experiment/1';
  readonly name: string;
  readonly question: string;
  readonly report: string;
  /** Figures of publications that stand beside ours; absent in stores from before they were kept. */
  readonly published?: readonly PublishedFigure[];
  /** Ids of all cells, in the order of the specification. */
  readonly cells: readonly string[];
  /** The experiment file as it was read, after `--set`. */
  readonly spec: unknown;
}

/** An experiment with everything a report needs, as loaded from a store. */
export interface LoadedExperiment {
  readonly experiment: StoredExperiment;
  /** Finished runs, in the order of the cells. */
  readonly runs: readonly StoredRun[];
  /** By content hash. */
  readonly games: Readonly<Record<string, StoredGame>>;
}
