import { NashlabError, within } from '../../src/core/errors.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { counted } from '../counted.ts';
import { type ReadEntries, readEntries } from '../fraction.ts';
import type { ReadDocument } from '../game-document.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { numbersOf } from '../operators/read-document.ts';
import { preferenceGame } from '../preference.ts';
import { annotatorsGame } from './annotators.ts';
import { heterogeneousGame } from './heterogeneous.ts';
import { plackettLuceGame } from './plackett-luce.ts';
import { type PolymatrixEdge, polymatrixGame, type WrittenEdge } from './polymatrix.ts';
import { polymatrixPreferenceGame } from './polymatrix-preference.ts';

const kinds = ['polymatrix-preference', 'plackett-luce', 'heterogeneous', 'polymatrix', 'annotators'] as const;
type PreferencesDocument = Extract<ReadDocument, { readonly kind: (typeof kinds)[number] }>;
type Rows = readonly (readonly unknown[])[];

interface GivenNames {
  readonly name: string;
  readonly description?: string;
}

/** Documents of players who meet each other's actions pair by pair, or all at once. */
export function isPreferencesDocument(document: ReadDocument): document is PreferencesDocument {
  return (kinds as readonly string[]).includes(document.kind);
}

function preferencesOf(matrix: Rows, where: string, labels?: readonly string[]): MatrixGame {
  const { rows, texts } = readEntries(matrix, where);
  const named = { ...(labels === undefined ? {} : { labels }), ...(texts === undefined ? {} : { entries: [texts] }) };
  if (where === 'matrix') return preferenceGame(rows, named);
  try {
    return preferenceGame(rows, named);
  } catch (error) {
    throw within(where, error);
  }
}

function preferencesOfAll(matrices: readonly Rows[], labels?: readonly string[]): MatrixGame[] {
  return matrices.map((matrix, k) => preferencesOf(matrix, `matrices[${k}]`, labels));
}

function written({ rows, texts }: ReadEntries): readonly (readonly (number | string)[])[] {
  return texts ?? rows;
}

type PolymatrixDocument = Extract<PreferencesDocument, { readonly kind: 'polymatrix' }>;

function polymatrixOf({ edges: given, players, labels }: PolymatrixDocument, names: GivenNames): AnyGame {
  const edges: PolymatrixEdge[] = [];
  const texts: WrittenEdge[] = [];
  for (const [k, { players: ends, payoffs }] of given.entries()) {
    const own = readEntries(payoffs[0], `edges[${k}].payoffs[0]`);
    const other = readEntries(payoffs[1], `edges[${k}].payoffs[1]`);
    edges.push({ players: ends, payoffs: [own.rows, other.rows] });
    texts.push({ players: ends, payoffs: [written(own), written(other)] });
  }
  return polymatrixGame(edges, players, { ...names, ...(labels === undefined ? {} : { labels }), written: texts });
}

/** The game of a document. Throws `bad-game` naming the field, the player, the group or the entry. */
export function preferencesOfDocument(document: PreferencesDocument, names: GivenNames): AnyGame {
  if (document.kind === 'polymatrix') return polymatrixOf(document, names);
  const { labels } = document;
  const options = { ...names, ...(labels === undefined ? {} : { labels }) };
  if (document.kind === 'heterogeneous') {
    const { players, matrices } = document;
    if (players !== undefined && players !== matrices.length)
      throw new NashlabError('bad-game', {
        what: counted(matrices.length, 'matrix', 'matrices'),
        where: 'matrices',
        expected: `${players}, one per player`,
      });
    return heterogeneousGame(preferencesOfAll(matrices, labels), options);
  }
  if (document.kind === 'annotators') {
    const { groups, weights, matrices } = document;
    return annotatorsGame(preferencesOfAll(matrices, labels), weights, {
      ...options,
      ...(groups === undefined ? {} : { groups }),
    });
  }
  const { players, roles = 'shared' } = document;
  if (document.kind === 'plackett-luce')
    return plackettLuceGame(numbersOf(document.scores, 'scores'), players, { ...options, roles });
  return polymatrixPreferenceGame(preferencesOf(document.matrix, 'matrix', labels), players, { ...options, roles });
}
