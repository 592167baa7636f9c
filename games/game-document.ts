import { z } from 'zod';
import type { PayoffTensor } from './players/payoff-tensor.ts';
import type { WrittenEdge } from './players/polymatrix.ts';
import type { Roles } from './players/shared-actions.ts';

/** A game as a file holds it (`nashlab-game/1`), with name and description; what run stores keep. */
export interface GameDocument {
  readonly schema: 'nashlab-game/1';
  readonly name: string;
  readonly kind: 'preference' | 'zero-sum' | 'bimatrix' | 'annotators' | OperatorKind | PlayersKind;
  /**
   * Preference: one list. Zero-sum and bimatrix: row player's labels, then the column player's. Normal form: one list per
   * player. Kinds without a matrix: one list, empty where the actions are called "1", "2", ….
   */
  readonly labels: readonly string[] | readonly (readonly string[])[];
  /** Preference and zero-sum. */
  readonly matrix?: readonly (readonly (number | string)[])[];
  /** Bimatrix: row player's payoffs, column player's payoffs, `[row][column]` each. Normal form: `[player][a0][a1]…`. */
  readonly payoffs?: readonly PayoffTensor[];
  /** Kinds of any number of players. */
  readonly players?: number;
  /** Normal form: all players share one policy, and `labels` is one list. */
  readonly symmetric?: boolean;
  /** `polymatrix-preference` and `plackett-luce`: whether all players play one policy, or each a policy of their own. */
  readonly roles?: Roles;
  /** `heterogeneous`: one preference matrix per player; `annotators`: one per group. */
  readonly matrices?: readonly (readonly (readonly (number | string)[])[])[];
  /** `annotators`: shares or counts, and names, of the groups. */
  readonly weights?: readonly number[];
  readonly groups?: readonly string[];
  /** `polymatrix`: players counted from 0, and the bimatrix game between them. */
  readonly edges?: readonly WrittenEdge[];
  readonly description?: string;
  /** Low-rank preferences: rows of numbers, or a .f64 or .f32 file of rows of `rank` numbers and its content hash. */
  readonly embeddings?: readonly (readonly number[])[] | string;
  readonly rank?: number;
  readonly scale?: number;
  readonly link?: 'sigmoid' | 'linear';
  /** Bradley–Terry and Plackett–Luce: logarithms of strengths. */
  readonly scores?: readonly number[];
  /** Kinds without a matrix: the number of actions; normal form: those of each player. */
  readonly actions?: number | readonly number[];
  /** Sparse preferences: [a, b, P(a ≻ b)] of the compared pairs, actions counted from 0. */
  readonly pairs?: readonly (readonly [number, number, number])[];
  /** A matrix in a file, and what the file is. */
  readonly file?: string;
  readonly format?: 'f64' | 'f32' | 'parquet';
  /** SHA-256 of the data file; another content is refused. */
  readonly hash?: string;
  /** A game of the catalogue by its text. */
  readonly text?: string;
}

/** Kinds that need no matrix. */
export type OperatorKind =
  | 'low-rank-preference'
  | 'bradley-terry'
  | 'sparse-preference'
  | 'preference-file'
  | 'catalogue';

/** Kinds of any number of players. */
export const playersKinds = [
  'normal-form',
  'polymatrix-preference',
  'heterogeneous',
  'polymatrix',
  'plackett-luce',
] as const;
export type PlayersKind = (typeof playersKinds)[number];

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
const oneList = { labels: z.array(z.string()).optional() };
const operator = { ...head, ...oneList, actions: z.number().int().min(1).optional() };
/** Long lists of numbers; the games that are made of them check and name the entries. */
const list = z.custom<readonly unknown[]>(Array.isArray, 'expected an array');
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .optional();
const players = { players: z.number().int(), roles: z.enum(['shared', 'own']).optional() };
const twoLists = z.tuple([z.array(z.string()), z.array(z.string())]);

/** Schema of native JSON games; unknown fields are errors. */
export const gameDocumentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, ...oneList, kind: z.literal('preference'), matrix: rows }),
  z.strictObject({ ...head, kind: z.literal('zero-sum'), labels: twoLists.optional(), matrix: rows }),
  z.strictObject({ ...head, kind: z.literal('bimatrix'), labels: twoLists.optional(), payoffs: z.tuple([rows, rows]) }),
  z.strictObject({
    ...operator,
    kind: z.literal('low-rank-preference'),
    embeddings: z.union([z.string().min(1), rows]),
    rank: z.number().int().min(1).optional(),
    scale: z.number().optional(),
    link: z.enum(['sigmoid', 'linear']).optional(),
    hash,
  }),
  z.strictObject({ ...operator, kind: z.literal('bradley-terry'), scores: list }),
  z.strictObject({
    ...operator,
    kind: z.literal('sparse-preference'),
    actions: z.number().int().min(1),
    pairs: list,
  }),
  z.strictObject({
    ...operator,
    kind: z.literal('preference-file'),
    file: z.string().min(1),
    format: z.enum(['f64', 'f32', 'parquet']),
    hash,
  }),
  z.strictObject({
    ...operator,
    kind: z.literal('catalogue'),
    labels: z.array(z.string()).max(0, 'a catalogue game has its own labels').optional(),
    text: z.string().min(1),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('normal-form'),
    players: z.number().int(),
    actions: z.array(z.number().int().min(1)),
    labels: z.union([z.array(z.string()), z.array(z.array(z.string()))]).optional(),
    symmetric: z.boolean().optional(),
    payoffs: list,
  }),
  z.strictObject({ ...head, ...oneList, ...players, kind: z.literal('polymatrix-preference'), matrix: rows }),
  z.strictObject({ ...head, ...oneList, ...players, kind: z.literal('plackett-luce'), scores: list }),
  z.strictObject({
    ...head,
    ...oneList,
    kind: z.literal('heterogeneous'),
    players: z.number().int().optional(),
    matrices: z.array(rows),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('polymatrix'),
    players: z.number().int(),
    labels: z.array(z.array(z.string())).optional(),
    edges: z.array(
      z.strictObject({ players: z.tuple([z.number().int(), z.number().int()]), payoffs: z.tuple([rows, rows]) }),
    ),
  }),
  z.strictObject({
    ...head,
    ...oneList,
    kind: z.literal('annotators'),
    groups: z.array(z.string()).optional(),
    weights: z.array(z.number()),
    matrices: z.array(rows),
  }),
]);

/** A document that fits the schema. */
export type ReadDocument = z.output<typeof gameDocumentSchema>;

export const supportedKinds: readonly string[] = gameDocumentSchema.options.map(({ shape }) => shape.kind.value);

/** Kinds that `interfaces.md` names and this version does not read. */
export const laterKinds: readonly string[] = ['expression'];
