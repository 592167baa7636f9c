import { NashlabError } from '../../src/core/errors.ts';
import { numberOfText } from '../fraction.ts';

/** A word of a Gambit file. */
export interface Token {
  readonly kind: 'number' | 'text' | 'word' | '{' | '}' | ',' | 'end';
  /** As written; of a text what stands between its quotes. */
  readonly text: string;
  readonly line: number;
}

/** Texts may hold `\"`; everything else ends at white space, a brace, a comma or a quote. */
const token = /\s+|"((?:[^"\\]|\\[\s\S])*)"|([{},])|([^\s{},"]+)|(")/gy;

/** Takes a text apart. Throws `bad-file` with the line of a text whose quote is not closed. */
export function tokensOf(source: string, file: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [whole, quoted, mark, word, open] of source.replace(/^\uFEFF/, '').matchAll(token)) {
    if (open !== undefined)
      throw new NashlabError('bad-file', {
        what: 'a text without its closing quote',
        where: `${file}:${line}`,
        expected: '" at both ends',
      });
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(["\\])/g, '$1'), line });
    else if (mark !== undefined) tokens.push({ kind: mark as Token['kind'], text: mark, line });
    else if (word !== undefined)
      tokens.push({ kind: numberOfText(word) === undefined ? 'word' : 'number', text: word, line });
    line += whole.split('\n').length - 1;
  }
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}

/** Reads tokens one after the other. */
export interface Reader {
  next(): Token;
  peek(): Token;
  /** The next token, which must be of this kind. */
  take(kind: Token['kind'], expected: string): Token;
  /** Takes the next token if it is of this kind. */
  skip(kind: Token['kind']): boolean;
  /** How many tokens are left. */
  left(): number;
  /** The error of a token that is not what is expected. */
  refuse(found: Token, expected: string, what?: string): NashlabError;
}

export function readerOf(tokens: readonly Token[], file: string): Reader {
  let at = 0;
  const peek = () => tokens[Math.min(at, tokens.length - 1)];
  const next = () => {
    const found = peek();
    at++;
    return found;
  };
  const refuse = (found: Token, expected: string, what?: string): NashlabError => {
    const said = found.kind === 'text' ? `the text ${JSON.stringify(found.text)}` : `"${found.text}"`;
    const { line } = found.kind === 'end' ? (tokens.at(-2) ?? found) : found;
    return new NashlabError('bad-file', {
      what: what ?? (found.kind === 'end' ? 'the file ends too early' : said),
      where: `${file}:${line}`,
      expected,
    });
  };
  return {
    peek,
    next,
    refuse,
    left: () => tokens.length - 1 - at,
    take(kind, expected) {
      const found = next();
      if (found.kind !== kind) throw refuse(found, expected);
      return found;
    },
    skip(kind) {
      const fits = peek().kind === kind;
      if (fits) at++;
      return fits;
    },
  };
}
