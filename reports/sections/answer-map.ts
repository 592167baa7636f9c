import { heatMapChart } from '../charts/heat-map.ts';
import type { Panel } from '../html/figure.ts';
import type { CrossPlayFigure } from '../model/cross-play.ts';
import { formatNumber } from '../number.ts';

/** Colours of a heat map, and which of them need light ink. */
export interface Scale {
  readonly colours: readonly string[];
  readonly domain: readonly [number, number];
  readonly strong: readonly [number, number];
  readonly ends: readonly string[];
}

/** Rows have a number before their name, columns only that: names are long. */
export function numbered({ answers }: CrossPlayFigure): { rows: string[]; columns: string[] } {
  return { rows: answers.map(({ name }, i) => `${i + 1}. ${name}`), columns: answers.map((_, i) => String(i + 1)) };
}

/** Payoffs or gains of the rows' answers against the columns', with the numbers of the answers over the columns. */
export function answerMap(
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly number[])[],
  { colours, domain, strong }: Scale,
  description: string,
): Panel {
  const longest = Math.max(...rows.map((name) => Array.from(name).length));
  return {
    maxWidth: Math.min(1080, 60 + Math.min(longest * 7, 320) + columns.length * (columns.length <= 12 ? 72 : 26)),
    chart: heatMapChart({
      rows,
      columns,
      values,
      rowTitle: 'answer of',
      columnTitle: 'against number',
      colours,
      domain,
      strong,
      numberText: formatNumber,
      description,
    }),
  };
}
