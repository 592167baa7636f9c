import { type Roofline, shares } from './roofline.ts';
import { digits } from './step-times.ts';
import { table } from './table.ts';

const percent = (share: number | undefined): string => (share === undefined ? '—' : `${Math.round(share * 100)} %`);

/** The ceilings, one row per number of threads. */
export function ceilingTable(rows: readonly Roofline[]): string {
  return table(
    ['threads', 'read GB/s', 'read by', 'copy GB/s (one thread)', 'BLAS peak GFLOP/s'],
    rows.map(({ threads, readGBs, reader, copyGBs, peakGflops }) => [
      String(threads),
      digits(readGBs),
      reader,
      digits(copyGBs),
      peakGflops === undefined ? '—' : digits(peakGflops),
    ]),
  );
}

/** What nashlab's products reach of them. */
export function productTable(rows: readonly Roofline[]): string {
  return table(
    ['threads', 'K', 'B', 'GFLOP/s', 'of the BLAS peak', 'matrix GB/s', 'of the read bandwidth'],
    rows.flatMap((ceilings) =>
      ceilings.products.map((product) => {
        const { read, peak: ofPeak } = shares(ceilings, product);
        return [
          String(ceilings.threads),
          product.size.toLocaleString('en'),
          String(product.runs),
          digits(product.gflops),
          percent(ofPeak),
          digits(product.GBs),
          percent(read),
        ];
      }),
    ),
  );
}
