/** What may travel to a device machine: the working tree and what is carried with it, together. */
export const limitBytes = 64 * 2 ** 20;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

export interface PackSize {
  readonly fits: boolean;
  readonly words: string;
}

/** Whether the packed archives and the working tree travel together. */
export function packSize(archives: Readonly<Record<string, number>>, treeBytes: number): PackSize {
  const packed = Object.values(archives).reduce((sum, bytes) => sum + bytes, 0);
  const total = packed + treeBytes;
  const parts = Object.entries(archives).map(([name, bytes]) => `${name} ${mebibytes(bytes)}`);
  const sum = `${mebibytes(packed)} packed (${parts.join(', ')}), ${mebibytes(treeBytes)} of working tree`;
  const fits = total <= limitBytes;
  const verdict = fits
    ? `${mebibytes(limitBytes - total)} to spare`
    : `${mebibytes(total - limitBytes)} over: leave a part out with --without`;
  return { fits, words: `${sum}: ${mebibytes(total)} of ${mebibytes(limitBytes)}, ${verdict}` };
}
