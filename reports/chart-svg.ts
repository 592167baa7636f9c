import { parse, View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { compileChart } from './charts/compile.ts';
import { resolveLight } from './palette.ts';

/** A chart as a standing SVG with its legend, in the light colours: for a README or a paper. */
export async function chartSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compileChart(spec, 'in-chart').spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return resolveLight(svg);
}
