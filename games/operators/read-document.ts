import { extname, isAbsolute, join, resolve } from 'node:path';
import { NashlabError, within } from '../../src/core/errors.ts';
import type { OperatorKind, ReadDocument } from '../game-document.ts';
import { bradleyTerryGame } from './bradley-terry.ts';
import { cachedMatrix } from './cached-matrix.ts';
import { checkedEmbeddings, type Embeddings, embeddingsFromRows } from './embeddings.ts';
import { formedWhenSmall } from './formed.ts';
import { lowRankGame } from './low-rank.ts';
import { type BinaryFormat, type NumberFile, numberFile } from './matrix-file.ts';
import type { AnyGame } from './operator-game.ts';
import { type ComparedPair, sparseGame } from './sparse.ts';
import { type StreamedOptions, streamedGame } from './streamed.ts';

type OperatorDocument = Exclude<Extract<ReadDocument, { readonly kind: OperatorKind }>, { readonly kind: 'catalogue' }>;

export interface GivenNames {
  readonly name: string;
  readonly labels?: readonly string[];
  readonly description?: string;
}

/** A path of a document, which counts from the document's own folder. */
function pathIn(folder: string, path: string): string {
  return isAbsolute(path) ? path : resolve(join(folder, path));
}

/** The file of a document. Throws `bad-file` when its content is not the one the document was written for. */
function documentFile(path: string, format: BinaryFormat, hash: string | undefined): NumberFile {
  const numbers = numberFile(path, path, format);
  if (hash !== undefined && numbers.hash() !== hash)
    throw new NashlabError('bad-file', {
      what: 'the content of the file is not the one this game was stored with',
      where: path,
      expected: `SHA-256 ${hash}`,
    });
  return numbers;
}

/** The format of a binary file by its name: .f64 or .f32. */
export function binaryFormat(path: string): BinaryFormat | undefined {
  const extension = extname(path).toLowerCase();
  return extension === '.f64' || extension === '.f32' ? (extension.slice(1) as BinaryFormat) : undefined;
}

interface FileEmbeddings {
  readonly embeddings: string;
  readonly rank?: number | undefined;
  readonly hash?: string | undefined;
}

/** Embeddings in a binary file, read whole: row-major, `rank` numbers per action. */
function embeddingsFromFile({ embeddings: path, rank, hash }: FileEmbeddings, folder: string) {
  const format = binaryFormat(path);
  if (format === undefined)
    throw new NashlabError('bad-game', {
      what: `embeddings in "${path}"`,
      where: 'embeddings',
      expected: 'a file of raw numbers that ends in .f64 or .f32, or an array of rows',
    });
  const file = documentFile(pathIn(folder, path), format, hash);
  if (rank === undefined || file.length % rank !== 0)
    throw new NashlabError('bad-game', {
      what:
        rank === undefined ? `no rank for the embeddings in "${path}"` : `${file.length} numbers in rows of ${rank}`,
      where: 'rank',
      expected: `the numbers per action; the file holds ${file.length} numbers in all`,
    });
  const values = new Float64Array(file.length);
  file.reading((read) => read(0, file.length, values));
  return { file, embeddings: checkedEmbeddings({ actions: file.length / rank, rank, values }) };
}

function lowRankOf(
  document: Extract<OperatorDocument, { readonly kind: 'low-rank-preference' }>,
  names: GivenNames,
  folder: string,
) {
  const { embeddings: given, rank, scale = 1, link = 'sigmoid', hash } = document;
  const options = { ...names, scale, link };
  if (typeof given !== 'string') {
    if (hash !== undefined)
      throw new NashlabError('bad-game', {
        what: 'a hash of embeddings that stand in the document itself',
        where: 'hash',
        expected: 'a hash only where "embeddings" names a file',
      });
    const embeddings: Embeddings = embeddingsFromRows(given);
    if (rank !== undefined && rank !== embeddings.rank)
      throw new NashlabError('bad-game', {
        what: `rank ${rank}`,
        where: 'rank',
        expected: `${embeddings.rank}, the columns of the embeddings`,
      });
    return lowRankGame(embeddings, options);
  }
  const { file, embeddings } = embeddingsFromFile({ embeddings: given, rank, hash }, folder);
  return lowRankGame(embeddings, {
    ...options,
    definition: () => ({
      kind: 'low-rank-preference',
      embeddings: file.path,
      rank: embeddings.rank,
      scale,
      link,
      hash: file.hash(),
    }),
  });
}

/** Numbers of a document. Throws `bad-game` naming the first that is none. */
export function numbersOf(list: readonly unknown[], where: string): Float64Array {
  if (list.length === 0)
    throw new NashlabError('bad-game', { what: `no ${where}`, where, expected: 'one number per action' });
  return Float64Array.from(list, (value, k) => {
    if (typeof value === 'number') return value;
    throw new NashlabError('bad-game', {
      what: `entry ${JSON.stringify(value)}`,
      where: `${where}[${k}]`,
      expected: 'a finite number',
    });
  });
}

function pairsOf(list: readonly unknown[]): ComparedPair[] {
  return list.map((entry, k) => {
    if (Array.isArray(entry) && entry.length === 3 && entry.every((value) => typeof value === 'number'))
      return entry as unknown as ComparedPair;
    throw new NashlabError('bad-game', {
      what: `entry ${JSON.stringify(entry)}`,
      where: `pairs[${k}]`,
      expected: '[a, b, P(a ≻ b)], actions counted from 0',
    });
  });
}

/** The game of a matrix in a binary file: read in blocks, or with its matrix where it is small. */
export function fileGame(matrix: NumberFile, options: StreamedOptions): AnyGame {
  return formedWhenSmall(streamedGame(matrix, options));
}

/** The game of a document without a matrix; paths count from `folder`. Throws `bad-game` and `bad-file` naming field and file. */
export function operatorOfDocument(document: OperatorDocument, names: GivenNames, folder: string): AnyGame {
  if (document.kind === 'low-rank-preference') return formedWhenSmall(lowRankOf(document, names, folder));
  if (document.kind === 'bradley-terry')
    return formedWhenSmall(bradleyTerryGame(numbersOf(document.scores, 'scores'), names));
  if (document.kind === 'sparse-preference')
    return formedWhenSmall(sparseGame(document.actions, pairsOf(document.pairs), names));
  const { file, format, hash } = document;
  const path = pathIn(folder, file);
  try {
    if (format !== 'parquet') return fileGame(documentFile(path, format, hash), names);
    const { matrix, hash: content } = cachedMatrix(path, hash);
    return fileGame(matrix, {
      ...names,
      definition: () => ({ kind: 'preference-file', file: path, format, hash: content }),
    });
  } catch (error) {
    throw within('file', error);
  }
}
