import { describe, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { expectRefusal, workplace } from './command.ts';

const place = workplace();
const preference = (matrix: string): string => `{"kind": "preference", "matrix": ${matrix}}`;

interface Case {
  readonly law: string;
  readonly file: string;
  readonly text: string;
  readonly code: ErrorCode;
  readonly words: readonly (string | RegExp)[];
}

const cases: readonly Case[] = [
  {
    law: 'P + Pᵀ ≠ 1 names both entries and their sum',
    file: 'sum.json',
    text: preference('[[0.5, 0.7], [0.4, 0.5]]'),
    code: 'bad-game',
    words: ['P[0][1] + P[1][0] = 1.1', 'sum.json', 'matrix[0][1]', 'expected P + Pᵀ = 1 within 1e-9'],
  },
  {
    law: 'P + Pᵀ ≠ 1 by 2e-9 is refused as well',
    file: 'nearly.json',
    text: preference('[[0.5, 0.700000002], [0.3, 0.5]]'),
    code: 'bad-game',
    words: ['nearly.json', 'within 1e-9'],
  },
  {
    law: 'percentages are recognised',
    file: 'percent.json',
    text: preference('[[50, 70], [30, 50]]'),
    code: 'bad-game',
    words: ['percent.json', 'matrix[0]', /percent/i],
  },
  {
    law: 'NaN in JSON is named with its line',
    file: 'nan.json',
    text: '{"kind": "preference",\n "matrix": [[0.5, NaN], [0.4, 0.5]]}',
    code: 'bad-file',
    words: ['nan.json:2'],
  },
  {
    law: 'Infinity in JSON is named with its line',
    file: 'infinity.json',
    text: '{"kind": "zero-sum",\n "matrix": [[1, -Infinity]]}',
    code: 'bad-file',
    words: ['infinity.json:2'],
  },
  {
    law: 'a number too large for a double is refused',
    file: 'huge.json',
    text: '{"kind": "zero-sum", "matrix": [[1, 1e999]]}',
    code: 'bad-game',
    words: ['huge.json', 'matrix[0][1]', 'finite'],
  },
  {
    law: 'NaN in a CSV matrix is named with its line and column',
    file: 'nan.csv',
    text: 'a,b\n0.5,NaN\n0.5,0.5\n',
    code: 'bad-file',
    words: ['nan.csv:2, column 2', '"NaN" is not a finite number'],
  },
  {
    law: 'Infinity in a CSV matrix is named with its line and column',
    file: 'infinity.csv',
    text: '1,2\n3,inf\n',
    code: 'bad-file',
    words: ['infinity.csv:2, column 2', '"inf" is not a finite number'],
  },
  {
    law: 'a ragged CSV matrix names the line',
    file: 'ragged.csv',
    text: '1,2,3\n4,5\n6,7,8\n',
    code: 'bad-file',
    words: ['ragged.csv:2', 'expected rows of equal length'],
  },
  {
    law: 'ragged JSON rows name the row',
    file: 'ragged.json',
    text: '{"kind": "zero-sum", "matrix": [[1, 2], [3]]}',
    code: 'bad-game',
    words: ['ragged.json', 'matrix[1]'],
  },
  { law: 'an empty JSON file says so', file: 'empty.json', text: '', code: 'bad-file', words: ['empty', 'empty.json'] },
  { law: 'an empty CSV file says so', file: 'empty.csv', text: '', code: 'bad-file', words: ['empty', 'empty.csv'] },
  {
    law: 'an unknown field is named',
    file: 'field.json',
    text: '{"kind": "zero-sum", "matrix": [[1]], "matrx": 2}',
    code: 'bad-game',
    words: ['field.json', 'matrx'],
  },
  {
    law: 'an unknown kind lists the nearest ones',
    file: 'kind.json',
    text: '{"kind": "preferense", "matrix": [[0.5]]}',
    code: 'unknown-name',
    words: ['unknown kind of game "preferense"', 'kind.json: kind', 'nearest: preference'],
  },
  {
    law: 'an unknown winner label names line, label and the rule that would accept it',
    file: 'winner.csv',
    text: 'model_a,model_b,winner\na,b,model_a\na,b,modelb\n',
    code: 'bad-comparisons',
    words: ['winner.csv:3', 'modelb', 'model_b', '--on-unknown'],
  },
  {
    law: 'a pair that was never compared is named with the rule that would fill it',
    file: 'unseen.csv',
    text: 'model_a,model_b,winner\na,b,model_a\nb,c,model_b\n',
    code: 'bad-comparisons',
    words: ['unseen.csv', 'never compared', /"?a"? .*"?c"?/, '--missing half', '--missing model'],
  },
];

describe.each(['solve', 'inspect'])('nashlab %s refuses a bad game', (verb) => {
  it.each(cases)('$law', async ({ file, text, code, words }) => {
    await expectRefusal(place, [verb, place.write(file, text)], code, words);
  });
});

describe('the name of a game', () => {
  it.each(['../rps', './rps', 'games/rps', 'missing.json', 'rps/../rps:3', '..\\rps'])(
    '%s is refused as a file that does not exist',
    async (name) => {
      await expectRefusal(place, ['solve', name], 'bad-file', [`no file "${name}"`, 'expected a file that exists']);
    },
  );

  it('that is unknown lists the nearest names', async () => {
    await expectRefusal(place, ['solve', 'bloto:10,3'], 'unknown-name', ['unknown game "bloto"', 'nearest: blotto']);
  });

  it('of an unknown parameter lists the known ones', async () => {
    await expectRefusal(place, ['solve', 'random:m=4'], 'unknown-name', [
      'unknown parameter "m"',
      'game "random"',
      'nearest: n, seed',
    ]);
  });

  it('with a parameter out of range names parameter and range', async () => {
    await expectRefusal(place, ['solve', 'random:n=0'], 'bad-parameter', [
      'parameter n = "0"',
      'game "random"',
      'an integer in 1 …',
    ]);
  });

  it('that is a folder is refused', async () => {
    place.write('folder.csv/inner', '');
    await expectRefusal(place, ['solve', 'folder.csv'], 'bad-file', ['folder.csv']);
  });
});
