import type { ReportName } from '../experiments/spec.ts';
import type { LoadedExperiment } from '../experiments/stored.ts';
import { renderComparison } from './comparison.ts';
import { renderTheory } from './theory.ts';

/** A report template: a pure function from stored runs to one HTML file. */
export interface ReportTemplate {
  readonly name: ReportName;
  readonly summary: string;
  /** Throws `bad-run` when there is no finished run to report on. */
  render(experiments: readonly LoadedExperiment[]): string;
}

/** Every report template, by name. */
export const reports: Readonly<Record<string, ReportTemplate>> = {
  comparison: {
    name: 'comparison',
    summary: 'solvers against each other, game by game: gaps, guarantees, policies, payoffs',
    render: renderComparison,
  },
  theory: {
    name: 'theory',
    summary: 'each theorem on trial over all runs of its solver: bounds, the tightest game, rates',
    render: renderTheory,
  },
} satisfies Record<ReportName, ReportTemplate>;
