import type { Cell, StoredRun } from '../../experiments/stored.ts';
import { canonicalJson } from '../../src/core/canonical.ts';
import { formatNumber } from '../number.ts';
import { subjectOf } from './groups.ts';
import { distinctLabels, shortened } from './labels.ts';

/** What keeps one colour over all figures: a solver, with the settings that tell it from its namesakes. */
export interface Series {
  readonly label: string;
  readonly slot: number;
}

/**
 * What was asked of a run besides game, solver, temperature, seed, steps and what is measured. As it was asked: the
 * defaults for a step size and a tolerance follow from the game, and games that seeds draw would each get their own.
 */
function chosenSettings({ given, reference, start, iterate, roleTemperatures }: Cell): Map<string, unknown> {
  return new Map<string, unknown>([
    ...Object.entries(given.params),
    ...Object.entries({ reference, start, iterate, roleTemperatures }),
    ...Object.entries({ tolerance: given.tolerance, population: given.population }),
  ]);
}

function allSettings(cell: Cell): Map<string, unknown> {
  return chosenSettings(cell).set('steps', cell.steps);
}

function differing(a: Map<string, unknown>, b: Map<string, unknown>): string[] {
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names.filter((name) => canonicalJson([a.get(name)]) !== canonicalJson([b.get(name)]));
}

/**
 * Per solver, the settings that differ between runs on one subject at one temperature. Steps count only between runs
 * on one game with the same parameters against the same population: elsewhere they may follow from a budget in oracle calls.
 */
function tellingSettings(runs: readonly StoredRun[]): Map<string, Set<string>> {
  const first = new Map<string, Cell>();
  const telling = new Map<string, Set<string>>();
  const firstOf = (cell: Cell, ...likeness: readonly unknown[]): Cell => {
    const key = canonicalJson([cell.solver.name, cell.temperature, ...likeness]);
    const known = first.get(key) ?? cell;
    first.set(key, known);
    return known;
  };
  for (const { cell } of runs) {
    const names = telling.get(cell.solver.name) ?? new Set();
    telling.set(cell.solver.name, names);
    const onSubject = firstOf(cell, subjectOf(cell).key);
    for (const name of differing(chosenSettings(cell), chosenSettings(onSubject))) names.add(name);
    // Who was met is always said: without it, it is another method.
    if (cell.given.population !== undefined) names.add('population');
    const withParams = firstOf(cell, cell.game.hash, cell.given.params, cell.given.population ?? null);
    if (withParams.steps !== cell.steps) names.add('steps');
  }
  return telling;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'default';
  if (Array.isArray(value)) return `(${value.map(valueText).join(', ')})`;
  return typeof value === 'number' && Number.isInteger(value) ? formatNumber(value) : String(value);
}

function settingText(name: string, value: unknown): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words} ${shortened(valueText(value))}`;
}

/** The series of a report in order of appearance, and the series of each run. */
export function seriesOf(runs: readonly StoredRun[]): { all: readonly Series[]; of: (run: StoredRun) => Series } {
  const telling = tellingSettings(runs);
  const keys = new Map<string, string>();
  const keyOf = ({ cell }: StoredRun) => {
    const settings = allSettings(cell);
    const names = [...(telling.get(cell.solver.name) ?? [])].sort();
    const texts = names.map((name) => settingText(name, settings.get(name)));
    const key = canonicalJson([cell.solver.name, names.map((name) => [name, settings.get(name) ?? null])]);
    return { key, label: [cell.solver.name, ...texts].join(', ') };
  };
  for (const run of runs) {
    const { key, label } = keyOf(run);
    if (!keys.has(key)) keys.set(key, label);
  }
  const labels = distinctLabels([...keys.values()]);
  const byKey = new Map([...keys.keys()].map((key, slot): [string, Series] => [key, { label: labels[slot], slot }]));
  return { all: [...byKey.values()], of: (run) => byKey.get(keyOf(run).key) as Series };
}
