import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Row = Readonly<Record<string, unknown>>;

export interface VegaDataset {
  readonly rows: readonly Row[];
  /** Where the data come from and under which terms, as the package states it. */
  readonly source: string;
}

const dataPackage = z.object({
  version: z.string(),
  resources: z.array(
    z.object({
      path: z.string(),
      licenses: z.array(z.object({ title: z.string().optional(), name: z.string().optional() })).optional(),
      sources: z.array(z.object({ title: z.string() })).optional(),
    }),
  ),
});

const loaded = new Map<string, VegaDataset>();

/** A JSON table of the npm package `vega-datasets`, with its source and licence read from `datapackage.json`. Cached. */
export function vegaDataset(file: string): VegaDataset {
  const known = loaded.get(file);
  if (known) return known;
  // The package's `exports` hides its files, so they are found next to its entry point build/index.js.
  const entry = import.meta.resolve('vega-datasets');
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, entry), 'utf8'));
  const rows = z.array(z.record(z.string(), z.unknown())).parse(read(`../data/${file}`));
  const { version, resources } = dataPackage.parse(read('../datapackage.json'));
  const resource = resources.find((candidate) => candidate.path === file);
  const from = resource?.sources?.map(({ title }) => title).join(', ');
  const terms = resource?.licenses?.map(({ title, name }) => title ?? name).join(', ');
  const source = [
    `Data: ${file} of vega-datasets ${version}, ${rows.length} records${from ? `, from ${from}` : ''}.`,
    `Its datapackage.json states for this file: ${terms ? `"${terms}"` : 'no licence'} (BSD-3-Clause covers the package's code only).`,
  ].join(' ');
  const dataset = { rows, source };
  loaded.set(file, dataset);
  return dataset;
}

/** The number in a column, or undefined. */
export function numberIn(row: Row, column: string): number | undefined {
  const value = row[column];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
