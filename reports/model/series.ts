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

/** All that was chosen for a run besides game, solver, temperature, seed and what is measured. */
function settingsOf(cell: Cell): Map<string, unknown> {
  const { reference, start, iterate, steps, tolerance } = cell;
  return new Map<string, unknown>([
    ...Object.entries(cell.solver.params),
    ...Object.entries({ reference, start, iterate, steps, tolerance }),
  ]);
}

function groupKey(cell: Cell): string {
  return canonicalJson([subjectOf(cell).key, cell.temperature, cell.solver.name]);
}

/** Per solver, the settings that differ between runs on one game at one temperature. */
function tellingSettings(runs: readonly StoredRun[]): Map<string, Set<string>> {
  const first = new Map<string, Map<string, unknown>>();
  const telling = new Map<string, Set<string>>();
  for (const { cell } of runs) {
    const settings = settingsOf(cell);
    const other = first.get(groupKey(cell)) ?? settings;
    first.set(groupKey(cell), other);
    const names = telling.get(cell.solver.name) ?? new Set();
    telling.set(cell.solver.name, names);
    for (const name of new Set([...settings.keys(), ...other.keys()]))
      if (canonicalJson([settings.get(name)]) !== canonicalJson([other.get(name)])) names.add(name);
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
    const settings = settingsOf(cell);
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
