/** Writes the benchmark page and its figures: `npm run bench -- --json docs/benchmarks.json`, then `npm run bench:page`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartSvg } from '../reports/chart-svg.ts';
import { packageRoot } from '../src/core/package-root.ts';
import type { BenchResult } from '../tests/bench/result.ts';
import { rooflineFigure, runsFigure, stepsFigure } from './benchmark-figures.ts';
import { benchmarkPage } from './benchmark-page.ts';

const docs = join(packageRoot(), 'docs');
const result = JSON.parse(readFileSync(join(docs, 'benchmarks.json'), 'utf8')) as BenchResult;
if (result.schema !== 'nashlab-bench/1') throw new Error(`docs/benchmarks.json: schema ${result.schema} is not known`);
const empty = (['steps', 'batches', 'roofline'] as const).filter((section) => result[section].length === 0);
if (empty.length > 0)
  throw new Error(`docs/benchmarks.json holds no ${empty.join(', ')}: run npm run bench without --only`);
writeFileSync(join(docs, 'benchmarks.md'), benchmarkPage(result));
const figures = { steps: stepsFigure, runs: runsFigure, roofline: rooflineFigure };
for (const [name, figure] of Object.entries(figures))
  writeFileSync(join(docs, `benchmark-${name}.svg`), `${await chartSvg(figure(result))}\n`);
