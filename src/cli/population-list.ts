import type { PopulationFamily } from '../../populations/family.ts';
import { shortCitation } from '../solve/solver.ts';
import { textTable } from './tables.ts';

function described({ parameters }: PopulationFamily): [name: string, words: string][] {
  return Object.entries(parameters.shape).map(([name, schema]) => [
    name,
    (schema as { readonly description?: string }).description ?? '',
  ]);
}

/** All about a rule for opponents, for `--json`. */
export function populationRecord(rule: PopulationFamily): Record<string, unknown> {
  const { name, summary, source, examples } = rule;
  return {
    population: name,
    what: summary,
    parameters: Object.fromEntries(described(rule)),
    examples,
    ...(source === undefined ? {} : { source: shortCitation(source) }),
  };
}

/** The same for people. */
export function populationDetails(rule: PopulationFamily): string {
  const { name, summary, source, examples } = rule;
  const rows = described(rule);
  return [
    `${name}: ${summary}`,
    ...(rows.length === 0 ? [] : [textTable(['parameter', 'what'], rows)]),
    `examples: ${examples.map((example) => `--population ${example}`).join(' · ')}`,
    ...(source === undefined ? [] : [`source: ${shortCitation(source)}`]),
  ].join('\n\n');
}
