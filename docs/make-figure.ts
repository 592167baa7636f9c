/** Draws the figure of the README from stored runs: `npm run demo`, then `npm run figure`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { loadExperiment } from '../experiments/store.ts';
import { chartSvg } from '../reports/chart-svg.ts';
import { convergenceChart } from '../reports/charts/convergence.ts';
import { reportModel } from '../reports/model.ts';
import { packageRoot } from '../src/core/package-root.ts';

const game = 'movies:genre=Drama,creative=Historical Fiction,items=12';
const model = reportModel([loadExperiment(join(packageRoot(), 'runs', 'disagreeing-judges'))]);
const section = model.games.find(({ name }) => name === game);
if (section === undefined) throw new Error(`no runs of ${game}; run the demo first`);
// The second figure of the section: the regularised gap. Wide enough for its legend.
const chart = { ...convergenceChart(game, section.convergence[1]), width: 860 } as TopLevelSpec;
writeFileSync(join(packageRoot(), 'docs', 'figure.svg'), await chartSvg(chart));
