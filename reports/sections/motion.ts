import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, table, tableBody } from '../html/table.ts';
import type { Motion } from '../model/motion.ts';
import type { Spread } from '../model/spread.ts';
import { medianText, ofRuns, rangeText, temperatureText } from '../words.ts';

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'The last iterate' },
  { name: 'Largest exponent', numeric: true },
  { name: 'Period', numeric: true },
  { name: 'Amplitude', numeric: true },
];

function spread(values: Spread | undefined, unit = ''): Markup | string {
  if (values === undefined) return '–';
  const range = rangeText(values);
  return html`${medianText(values)}${unit}${range === undefined ? undefined : html`<small>${range}</small>`}`;
}

const units = { step: ' steps', time: ' of time' } as const;

/** What became of every last iterate: at rest, in a circle, outward; nothing where no run was asked. */
export function motionTable(motions: readonly Motion[]): Markup | undefined {
  if (motions.length === 0) return undefined;
  const rows = motions.map(({ series, temperature, runs, labels, unit, exponent, period, amplitude }) => [
    html`${isolated(series.label)}<small>${temperatureText(temperature)}</small>`,
    html`<div class="words">${labels.map(({ label, count }) => html`<div>${ofRuns(label, count, runs)}</div>`)}</div>`,
    spread(exponent, ` per ${unit === 'step' ? 'step' : 'unit of time'}`),
    spread(period, units[unit]),
    spread(amplitude),
  ]);
  return html`<div class="wide"><h3>What the last iterates do</h3>
${table(columns, [tableBody(columns, rows, undefined, true)], 'What the last iterates do')}
<p class="caption">Converges: it comes to rest; cycles: it returns at equal times; spreads: its turns grow towards the boundary; chaotic: it turns without returning, and perturbations grow; undecided: none of these can be told from the run. The largest Lyapunov exponent is the mean rate at which a small perturbation grows: below 0 it dies out, at 0 it stays, as along a cycle. Time is the sum of the step sizes, where these change from step to step. Amplitude: half of the widest range of a probability.</p></div>
`;
}
