import type { StoredRun } from '../../experiments/stored.ts';
import { type Bundle, groupedBy } from './groups.ts';
import type { Series } from './series.ts';
import { type Spread, spreadOf } from './spread.ts';

type Dynamics = NonNullable<StoredRun['dynamics']>;

/** What the last iterates of one series do, as far as that was asked for. */
export interface Motion {
  readonly series: Series;
  readonly temperature: number;
  readonly runs: number;
  readonly labels: readonly { readonly label: Dynamics['label']; readonly count: number }[];
  readonly unit: Dynamics['unit'];
  readonly exponent?: Spread;
  readonly period?: Spread;
  readonly amplitude: Spread;
}

/** One entry per series that has labelled runs. */
export function motionsOf(bundles: readonly Bundle[]): Motion[] {
  return bundles.flatMap(({ series, temperature, runs }): Motion[] => {
    const found = runs.flatMap(({ dynamics }) => dynamics ?? []);
    const amplitude = spreadOf(found.map((dynamics) => dynamics.amplitude));
    if (amplitude === undefined) return [];
    const exponent = spreadOf(found.flatMap((dynamics) => dynamics.exponent ?? []));
    const period = spreadOf(found.flatMap((dynamics) => dynamics.period ?? []));
    const labels = groupedBy(found, ({ label }) => label)
      .map((group) => ({ label: group[0].label, count: group.length }))
      .sort((a, b) => b.count - a.count);
    return [
      {
        series,
        temperature,
        runs: found.length,
        labels,
        unit: found[0].unit,
        ...(exponent === undefined ? {} : { exponent }),
        ...(period === undefined ? {} : { period }),
        amplitude,
      },
    ];
  });
}
