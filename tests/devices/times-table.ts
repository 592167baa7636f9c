import { digits } from '../bench/step-times.ts';
import { table } from '../bench/table.ts';
import type { DeviceTimes } from './device-times.ts';

function cell(times: DeviceTimes | undefined): string {
  if (times === undefined || 'leftOut' in times) return '—';
  return `${digits(times.microsecondsPerStep)} (${digits(times.gflops)})`;
}

/** One row per size that any backend was timed on, one column per backend. */
export function timesTable(times: readonly DeviceTimes[]): string {
  const backends = [...new Set(times.map(({ backend }) => backend))];
  const keys = [...new Set(times.map(({ size, runs }) => `${size} ${runs}`))].map((key) => key.split(' ').map(Number));
  const rows = keys
    .sort(([k, b], [otherK, otherB]) => k - otherK || b - otherB)
    .map(([k, b]) => {
      const own = times.filter(({ size, runs }) => size === k && runs === b);
      const cells = backends.map((name) => cell(own.find(({ backend }) => backend === name)));
      return [k.toLocaleString('en'), b.toLocaleString('en'), ...cells];
    });
  return table(
    ['K', 'B', ...backends],
    rows.filter((row) => row.slice(2).some((text) => text !== '—')),
  );
}
