import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { command, expectRefusal, hasProc, permissionsBind, workplace } from './command.ts';

const place = workplace();

const good = `name: small
question: Which solver is faster?
games: [rps]
solvers: [extragradient]
start: random
budget: { calls: 100 }
`;
place.write('good.yaml', good);
place.write('file.txt', 'in the way');
place.write('bad.json', '{"kind": "preference", "matrix": [[0.5, 0.7], [0.4, 0.5]]}');
mkdirSync(join(place.folder, 'empty'));

interface Case {
  readonly law: string;
  /** Replaces a line of the good file, or is added at its end. */
  readonly change: readonly [line: string | undefined, to: string];
  readonly code: ErrorCode;
  readonly words: readonly (string | RegExp)[];
}

const cases: readonly Case[] = [
  {
    law: 'an unknown key is named with file, line and the nearest keys',
    change: [undefined, 'tolerence: 0'],
    code: 'bad-spec',
    words: ['unknown key "tolerence"', 'changed.yaml:7', 'tolerance'],
  },
  {
    law: 'an unknown key of a solver is named with its line',
    change: ['solvers: [extragradient]', 'solvers:\n  - name: hedge\n    temprature: 0'],
    code: 'bad-spec',
    words: ['unknown key "temprature"', 'changed.yaml:6', 'temperature'],
  },
  {
    law: 'an unknown key of the budget is named with its line',
    change: ['budget: { calls: 100 }', 'budget: { cals: 100 }'],
    code: 'bad-spec',
    words: ['unknown key "cals"', 'changed.yaml:6', 'calls'],
  },
  {
    law: 'a key given twice is named with its line',
    change: [undefined, 'start: uniform'],
    code: 'bad-spec',
    words: ['changed.yaml:7', 'unique', 'valid YAML'],
  },
  {
    law: 'a tab for indentation is named with its line',
    change: ['budget: { calls: 100 }', 'budget:\n\tcalls: 100'],
    code: 'bad-spec',
    words: ['changed.yaml:7', /tab/i, 'valid YAML'],
  },
  {
    law: 'an alias without an anchor is named with its line',
    change: [undefined, 'seeds: *many'],
    code: 'bad-spec',
    words: ['*many', 'changed.yaml:7', '&many'],
  },
  {
    law: 'a value of the wrong type is named with its line and both types',
    change: [undefined, 'temperatures: hot'],
    code: 'bad-spec',
    words: ['temperatures', 'expected array, received string', 'changed.yaml:7'],
  },
  {
    law: 'a negative temperature is named with the line of the entry',
    change: [undefined, 'temperatures:\n  - 0.1\n  - -0.1'],
    code: 'bad-spec',
    words: ['temperatures.1', '>=0', 'changed.yaml:9'],
  },
  {
    law: 'a missing key is named',
    change: ['question: Which solver is faster?', ''],
    code: 'bad-spec',
    words: ['question', 'changed.yaml'],
  },
  {
    law: 'a name with a path in it is refused, since it names a folder',
    change: ['name: small', 'name: ../small'],
    code: 'bad-spec',
    words: ['name', 'changed.yaml:1', 'small letters'],
  },
  {
    law: 'a budget of nothing is refused',
    change: ['budget: { calls: 100 }', 'budget: {}'],
    code: 'bad-spec',
    words: ['budget', 'changed.yaml:6', 'give calls or steps'],
  },
  {
    law: 'an unknown solver is named with its line and the nearest names',
    change: ['solvers: [extragradient]', 'solvers:\n  - exact\n  - extragradent'],
    code: 'unknown-name',
    words: ['unknown solver "extragradent"', 'changed.yaml:6', 'nearest: extragradient'],
  },
  {
    law: 'a solver that does not go with its temperature is named with its line and game',
    change: ['solvers: [extragradient]', 'solvers:\n  - exact\n  - hedge'],
    code: 'not-applicable',
    words: ['"hedge"', 'changed.yaml:6', 'game "rps"', 'temperature 0'],
  },
  {
    law: 'a step size that is no schedule is named with its line',
    change: ['solvers: [extragradient]', 'solvers: [{ name: extragradient, params: { stepSize: import("fs") } }]'],
    code: 'bad-schedule',
    words: ['"import" is not allowed', 'changed.yaml:4'],
  },
  {
    law: 'a step size of 0 is named with its line',
    change: ['solvers: [extragradient]', 'solvers: [{ name: extragradient, params: { stepSize: [0.1, 0] } }]'],
    code: 'bad-parameter',
    words: ['step size 0', 'changed.yaml:4', 'above 0'],
  },
  {
    law: 'an unknown game is named with its line and the nearest names',
    change: ['games: [rps]', 'games:\n  - rps\n  - blotto:10,3\n  - bloto:10,3'],
    code: 'unknown-name',
    words: ['unknown game "bloto"', 'changed.yaml:6', 'nearest: blotto'],
  },
  {
    law: 'a game file that does not exist is named with its line',
    change: ['games: [rps]', 'games: [rps, ../nowhere/game]'],
    code: 'bad-file',
    words: ['no file "../nowhere/game"', 'changed.yaml:3'],
  },
  {
    law: 'a bad game file is named with the line that asks for it and its own place',
    change: ['games: [rps]', 'games: [bad.json]'],
    code: 'bad-game',
    words: ['changed.yaml:3', 'bad.json', 'matrix[0][1]'],
  },
  {
    law: 'an unknown metric is named with its line and the nearest names',
    change: [undefined, 'metrics:\n  - nash-conv\n  - dualty-gap'],
    code: 'unknown-name',
    words: ['unknown metric "dualty-gap"', 'changed.yaml:9', 'nearest: duality-gap'],
  },
  {
    law: 'a reference that does not fit a game is named with its line and game',
    change: [undefined, 'reference: [0.5, 0.5]'],
    code: 'bad-policy',
    words: ['a policy of 2 probabilities', 'changed.yaml:7', 'game "rps"', 'expected 3'],
  },
  {
    law: 'a reference with a zero is named with its line',
    change: [undefined, 'reference: [0.5, 0.5, 0]'],
    code: 'bad-policy',
    words: ['probability 0 of action 3', 'changed.yaml:7', 'full support'],
  },
  {
    law: 'an unknown report template lists those there are',
    change: [undefined, 'report: comparisson'],
    code: 'bad-spec',
    words: ['report', '"comparison"', 'changed.yaml:7'],
  },
];

describe('nashlab run refuses a bad experiment before it writes anything', () => {
  it.each(cases)('$law', async ({ change: [line, to], code, words }) => {
    const text = line === undefined ? `${good}${to}\n` : good.replace(line, () => to);
    expect(text).not.toBe(good);
    await expectRefusal(place, ['run', place.write('changed.yaml', text)], code, words);
  });

  it('an empty file is refused', async () => {
    place.write('empty.yaml', '');
    await expectRefusal(place, ['run', 'empty.yaml'], 'bad-spec', ['expected object, received null', 'empty.yaml']);
    await expectRefusal(place, ['run', 'empty.yaml', '--set', 'seeds=[1]'], 'bad-spec', ['name', 'empty.yaml']);
  });

  it('a folder, a missing file and an unknown name are refused', async () => {
    await expectRefusal(place, ['run', './empty'], 'bad-file', ['./empty', 'a YAML file']);
    await expectRefusal(place, ['run', 'nowhere.yaml'], 'bad-file', ['nowhere.yaml', 'disagreeing-judges']);
    await expectRefusal(place, ['run', 'disagreeing-judge'], 'unknown-name', ['nearest: disagreeing-judges']);
  });
});

describe('options of nashlab run', () => {
  it.each([
    ['budget.calls=0', 'bad-spec', 'budget.calls'],
    ['bugdet.calls=10', 'bad-spec', 'unknown key "bugdet"'],
    ['games=[', 'bad-option', 'key=value'],
    ['name.first=a', 'bad-option', 'key=value'],
    ['name', 'bad-option', 'key=value'],
    ['=1', 'bad-option', 'key=value'],
    ['__proto__.polluted=1', 'bad-spec', '__proto__'],
    ['solvers=[hedge]', 'not-applicable', '"hedge"'],
  ] as const)('--set %s is refused, and named as the place', async (assignment, code, word) => {
    await expectRefusal(place, ['run', 'good.yaml', '--set', assignment], code, ['--set', word]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    [['--only', 'ffffffffffffffff'], 'unknown-name', '--only'],
    [['--workers', '0'], 'bad-option', 'a whole number above 0'],
    [['--workers', 'many'], 'bad-option', 'expected a number'],
    [['--backend', 'cuda'], 'backend-missing', 'npm install --save-dev @tensorflow/tfjs-node-gpu@4.22.0'],
    [['--out'], 'bad-option', 'argument missing'],
    [['--quite'], 'bad-option', "'--quite'"],
  ] as const)('%j is refused', async (options, code, word) => {
    await expectRefusal(place, ['run', 'good.yaml', ...options], code, [word]);
  });

  it.each(['file.txt/runs', 'file.txt', 'file.txt/a/b'])('--out %s, in or at a file, is refused', async (out) => {
    await expectRefusal(place, ['run', 'good.yaml', '--out', out], 'unwritable', [out, '--out']);
  });

  it.runIf(hasProc)('--out /proc/nope, where not even root can write, is refused', async () => {
    await expectRefusal(place, ['run', 'good.yaml', '--out', '/proc/nope'], 'unwritable', ['/proc/nope', '--out']);
  });

  it.runIf(permissionsBind)('--out in a folder without the permission to write is refused', async () => {
    const locked = mkdtempSync(join(place.folder, 'locked-'));
    chmodSync(locked, 0o500);
    await expectRefusal(place, ['run', 'good.yaml', '--out', locked], 'unwritable', [locked, '--out']);
  });
});

describe.each(['report', 'verify'])('nashlab %s', (verb) => {
  it('refuses an empty folder, a file and a folder that does not exist', async () => {
    for (const folder of ['empty', 'file.txt', 'nowhere'])
      await expectRefusal(place, [verb, folder], 'bad-run', ['no experiment here', folder, 'nashlab run']);
  });

  it('refuses to do anything when one of several folders is bad', async () => {
    await command(place, 'run', 'good.yaml', '--no-report');
    await expectRefusal(place, [verb, 'runs/small', 'empty'], 'bad-run', ['no experiment here', 'empty']);
  });

  it('refuses no folder at all', async () => {
    await expectRefusal(place, [verb], 'bad-option', ["missing required argument 'runs'", `nashlab ${verb} --help`]);
  });
});

describe('a report that cannot be written', () => {
  it('is an error that names the file', async () => {
    await command(place, 'run', 'good.yaml', '--no-report');
    for (const file of ['nowhere/report.html', 'file.txt/report.html', 'empty'])
      await expectRefusal(place, ['report', 'runs/small', '-o', file], 'unwritable', [file, '-o']);
  });

  it('does not cost the runs', async () => {
    await command(place, 'run', 'good.yaml', '--no-report', '--out', 'blocked');
    mkdirSync(join(place.folder, 'blocked', 'small', 'report.html'));
    await expectRefusal(place, ['run', 'good.yaml', '--out', 'blocked'], 'unwritable', ['report.html']);
  });
});

it('the good experiment is good: the refusals above are due to what was changed', async () => {
  const { code, stderr } = await command(place, 'run', 'good.yaml', '--out', 'fine');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^1 run in 1 batch on 1 worker \(under a second on one\); memory: about [^\n]+\n$/);
});
