import { z } from 'zod';

/** A game as a file holds it (`nashlab-game/1`), with name and description; what run stores keep. */
export interface GameDocument {
  readonly schema: 'nashlab-game/1';
  readonly name: string;
  readonly kind: 'preference' | 'zero-sum' | 'bimatrix';
  /** Preference: one list. Zero-sum and bimatrix: row player's labels, then the column player's. */
  readonly labels: readonly string[] | readonly (readonly string[])[];
  /** Preference and zero-sum. */
  readonly matrix?: readonly (readonly (number | string)[])[];
  /** Bimatrix: row player's payoffs, column player's payoffs, `[row][column]` each. */
  readonly payoffs?: readonly (readonly (readonly (number | string)[])[])[];
  readonly description?: string;
}

/** Rows of entries; entries are checked by `readEntries`, which is faster than a schema and names the entry. */
const rows = z.custom<readonly (readonly unknown[])[]>(
  (value) => Array.isArray(value) && value.every(Array.isArray),
  'expected an array of rows, each an array of entries',
);
const head = {
  schema: z.literal('nashlab-game/1').optional(),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
};
const twoLists = z.tuple([z.array(z.string()), z.array(z.string())]);

/** Schema of native JSON games; unknown fields are errors. */
export const gameDocumentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('preference'), labels: z.array(z.string()).optional(), matrix: rows }),
  z.strictObject({ ...head, kind: z.literal('zero-sum'), labels: twoLists.optional(), matrix: rows }),
  z.strictObject({ ...head, kind: z.literal('bimatrix'), labels: twoLists.optional(), payoffs: z.tuple([rows, rows]) }),
]);

export const supportedKinds: readonly string[] = ['preference', 'zero-sum', 'bimatrix'];

/** Kinds that `interfaces.md` names and this version does not read. */
export const laterKinds: readonly string[] = [
  'normal-form',
  'polymatrix-preference',
  'plackett-luce',
  'low-rank-preference',
  'annotators',
  'expression',
];
