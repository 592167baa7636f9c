import { dirname } from 'node:path';
import { NashlabError, within } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import { bimatrixGame } from './bimatrix.ts';
import { catalogueGame } from './catalogue.ts';
import { negatedText, type ReadEntries, readEntries, turnedTexts } from './fraction.ts';
import { gameDocumentSchema, laterKinds, supportedKinds } from './game-document.ts';
import { parseJson } from './json-text.ts';
import type { AnyGame } from './operators/operator-game.ts';
import { operatorOfDocument } from './operators/read-document.ts';
import { normalFormOfDocument } from './players/read-document.ts';
import { isPreferencesDocument, preferencesOfDocument } from './players/read-preferences.ts';
import { preferenceGame } from './preference.ts';
import { zeroSumGame } from './zero-sum.ts';

function textsOf(read: ReadEntries): string[][] {
  return read.texts ?? read.rows.map((row) => row.map(String));
}

/** The game, which must have as many actions as its document says. */
function checkedCount(game: AnyGame, said: number | undefined): AnyGame {
  if (said === undefined || said === game.actions[0]) return game;
  throw new NashlabError('bad-game', { what: `${said} actions`, where: 'actions', expected: String(game.actions[0]) });
}

function checkKind(document: unknown): void {
  const kind = typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
  if (typeof kind !== 'string')
    throw new NashlabError('bad-game', {
      what: 'no "kind"',
      expected: `a JSON object with "kind": one of ${supportedKinds.join(', ')}`,
    });
  if (laterKinds.includes(kind))
    throw new NashlabError('not-applicable', {
      what: `games of kind "${kind}" are not in this version yet`,
      where: 'kind',
      expected: `one of ${supportedKinds.join(', ')}`,
    });
  if (!supportedKinds.includes(kind)) throw unknownName('kind of game', kind, supportedKinds, 'kind');
}

/**
 * The game of a document (parsed JSON); `name` is used when the document has none. Entries are numbers or `"p/q"` texts;
 * when any is text, `entries` keeps all of them as written, in the shape of `matrices`. Paths in it count from `folder`. Kinds
 * without a matrix give an `OperatorGame` beyond 400 actions. Throws `bad-game` naming the field.
 */
export function readGameDocument(document: unknown, name: string, folder = '.'): AnyGame {
  checkKind(document);
  const parsed = gameDocumentSchema.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new NashlabError('bad-game', {
      what: issue.message,
      where: issue.path.length === 0 ? undefined : issue.path.join('.'),
      expected: 'the fields of nashlab-game/1 for this kind, and no others',
    });
  }
  const game = parsed.data;
  const options = {
    name: game.name ?? name,
    ...(game.description === undefined ? {} : { description: game.description }),
  };
  const labels = game.labels === undefined ? {} : { labels: game.labels };
  if (game.kind === 'bimatrix') {
    const row = readEntries(game.payoffs[0], 'payoffs[0]');
    const column = readEntries(game.payoffs[1], 'payoffs[1]');
    const exact = row.texts !== undefined || column.texts !== undefined;
    const entries = exact ? { entries: [textsOf(row), turnedTexts(textsOf(column))] } : {};
    return bimatrixGame(row.rows, column.rows, { ...options, ...(labels as { labels?: string[][] }), ...entries });
  }
  if (game.kind === 'normal-form') return normalFormOfDocument(game, options);
  if (isPreferencesDocument(game)) return preferencesOfDocument(game, options);
  if (game.kind === 'catalogue') return checkedCount(catalogueGame(game.text), game.actions);
  if (game.kind !== 'preference' && game.kind !== 'zero-sum') {
    const given = game.labels === undefined || game.labels.length === 0 ? {} : { labels: game.labels };
    return checkedCount(operatorOfDocument(game, { ...options, ...given }, folder), game.actions);
  }
  const { rows, texts } = readEntries(game.matrix, 'matrix');
  if (game.kind === 'zero-sum') {
    const entries = texts === undefined ? {} : { entries: [texts, turnedTexts(texts, negatedText)] };
    return zeroSumGame(rows, { ...options, ...(labels as { labels?: string[][] }), ...entries });
  }
  const entries = texts === undefined ? {} : { entries: [texts] };
  return preferenceGame(rows, { ...options, ...(labels as { labels?: string[] }), ...entries });
}

/** Reads a native JSON game. Errors name the file, with line and column where the text is no JSON. */
export function readJsonGame(source: string, file: string, name: string): AnyGame {
  const document = parseJson(source, file);
  try {
    return readGameDocument(document, name, dirname(file));
  } catch (error) {
    throw within(file, error);
  }
}
