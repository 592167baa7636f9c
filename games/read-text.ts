import { readFileSync } from 'node:fs';
import { NashlabError } from '../src/core/errors.ts';

/** `votes.csv:3`: the line (from 1) of an offset. */
function lineAt(file: string, text: string, offset: number): string {
  return `${file}:${text.slice(0, offset).split('\n').length}`;
}

/** The text of a file. Throws `bad-file` when it cannot be read, or with the line of a byte that is not UTF-8. */
export function readText(path: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new NashlabError('bad-file', {
      what: `the file cannot be read: ${(cause as Error).message}`,
      where: file,
      expected: 'a readable file',
      cause,
    });
  }
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0)
    throw new NashlabError('bad-file', {
      what: 'a byte that is not UTF-8 (or the character U+FFFD, which stands for one)',
      where: lineAt(file, text, broken),
      expected: 'UTF-8: save the file in this encoding',
    });
  return text;
}

/** Refuses a CSV text whose first line has no comma but another separator. */
export function checkCommas(text: string, file: string): void {
  const start = text.search(/[^\s\uFEFF]/);
  if (start < 0) return;
  const from = text.lastIndexOf('\n', start) + 1;
  const [line] = text.slice(from).split('\n', 1);
  const bare = line.replace(/"[^"]*"/g, '');
  if (bare.includes(',')) return;
  const where = lineAt(file, text, start);
  if (bare.includes(';'))
    throw new NashlabError('bad-file', {
      what: 'the text looks separated by ;',
      where,
      expected: 'cells separated by commas, and numbers with a decimal point',
    });
  if (bare.includes('\t'))
    throw new NashlabError('bad-file', {
      what: 'the text looks separated by tabs',
      where,
      expected: 'cells separated by commas, or a file name that ends in .tsv',
    });
}
