import { NashlabError } from './errors.ts';

const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Bytes of a size such as `500MB` or `8GiB`. Throws `bad-option`. */
export function parseBytes(text: string): number {
  const [, amount = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const name = Object.keys(units).find((known) => known.toLowerCase() === unit.toLowerCase());
  const bytes = Number(amount) * units[name ?? ''];
  if (bytes > 0 && Number.isFinite(bytes)) return bytes;
  throw new NashlabError('bad-option', {
    what: `size "${text}"`,
    expected: `a number above 0 with a unit (${Object.keys(units).join(', ')}), such as 500MB or 8GiB`,
  });
}

/** Two or three digits and a decimal unit: `1.2 GB`, `340 MB`. */
export function formatBytes(bytes: number): string {
  const named = ['TB', 'GB', 'MB', 'kB'].find((unit) => bytes >= units[unit]) ?? 'B';
  const amount = bytes / units[named];
  return `${amount >= 10 ? Math.round(amount) : Math.round(10 * amount) / 10} ${named}`;
}
