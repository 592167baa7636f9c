import { NashlabError } from '../src/core/errors.ts';

const space = /[ \t\n\r]*/y;
const text = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Offset of the first place where the text stops being JSON; its length when it ends too early. */
function firstFault(source: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at += found[0].length;
    return found !== null;
  };
  const take = (character: string): boolean => {
    skip(space);
    if (source[at] !== character) return false;
    at += 1;
    return true;
  };
  const list = (close: string, item: () => boolean): boolean => {
    if (take(close)) return true;
    do if (!item()) return false;
    while (take(','));
    return take(close);
  };
  const key = (): boolean => {
    skip(space);
    return skip(text);
  };
  const value = (): boolean => {
    if (take('[')) return list(']', value);
    if (take('{')) return list('}', () => key() && take(':') && value());
    return skip(text) || skip(word);
  };
  if (value()) skip(space);
  return at;
}

/** `game.json:3:15`: the line and column (from 1) of an offset. */
function place(file: string, source: string, offset: number): string {
  const before = source.slice(0, offset);
  return `${file}:${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
}

/** Parses JSON. Throws `bad-file` with line and column, also for the tokens NaN and Infinity that JSON does not have. */
export function parseJson(source: string, file: string): unknown {
  const body = source.replace(/^\uFEFF/, '');
  if (body.trim() === '')
    throw new NashlabError('bad-file', { what: 'an empty file', where: file, expected: 'a JSON object' });
  try {
    return JSON.parse(body);
  } catch (cause) {
    const fault = firstFault(body);
    const rest = /^[\w.+-]+|^[\s\S]?/.exec(body.slice(fault, fault + 40))?.[0] ?? '';
    const isNumber = /^[+-]?(NaN|nan|inf(inity)?)/i.test(rest);
    throw new NashlabError('bad-file', {
      what: rest === '' ? 'the JSON text ends too early' : `unexpected ${JSON.stringify(rest)} in JSON`,
      where: place(file, body, fault),
      expected: isNumber ? 'a finite number: JSON has no NaN and no Infinity' : 'valid JSON (RFC 8259)',
      cause,
    });
  }
}
