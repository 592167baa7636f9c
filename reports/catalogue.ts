import type { ReportName } from '../experiments/spec.ts';
import type { LoadedExperiment } from '../experiments/stored.ts';
import { renderComparison } from './comparison.ts';
import { renderPopulation } from './population.ts';
import { renderTheory } from './theory.ts';

/** A report template: a pure function from stored runs to one HTML file. */
export interface ReportTemplate {
  readonly name: ReportName;
  readonly summary: string;
  /** Rejects with `bad-run` when there is no finished run to report on. */
  render(experiments: readonly LoadedExperiment[]): Promise<string>;
}

/** Every report template, by name. */
export const reports: Readonly<Record<string, ReportTemplate>> = {
  comparison: {
    name: 'comparison',
    summary: 'solvers against each other, game by game: gaps, guarantees, policies, payoffs',
    render: async (experiments) => renderComparison(experiments),
  },
  theory: {
    name: 'theory',
    summary: 'each theorem on trial over all runs of its solver: bounds, the tightest game, rates',
    render: async (experiments) => renderTheory(experiments),
  },
  population: {
    name: 'population',
    summary: 'players and whom they met: gains of each, populations over time, answers against each other, groups',
    render: renderPopulation,
  },
} satisfies Record<ReportName, ReportTemplate>;
