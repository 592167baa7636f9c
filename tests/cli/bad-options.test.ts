import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { command, expectRefusal, hasProc, workplace } from './command.ts';

const place = workplace();
place.write('file.txt', 'not a game');
place.write('zero.json', '[0.5, 0.5, 0]');
place.write('heavy.json', '[0.5, 0.5, 0.5]');
place.write('short.json', '{"policy": [0.5, 0.5]}');
place.write('negative.json', '{"policy": [1.5, -1, 0.5]}');
place.write('logits.json', '{"logits": [1, 2]}');
place.write('words.json', '{"policy": ["a", "b", "c"]}');
place.write('broken.json', '[0.5, ');
place.write('seats.json', '{"kind": "zero-sum", "matrix": [[1, 2], [3, 4]]}');
mkdirSync(join(place.folder, 'folder.csv'));

type Case = readonly [args: string, code: ErrorCode, ...words: (string | RegExp)[]];

function refuses(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases.map(([line, code, ...words]) => ({ line, code, words })))('$line', async ({ line, code, words }) => {
      await expectRefusal(place, line.split(' '), code, words);
    });
  });
}

refuses('an unknown solver lists the nearest names', [
  ['solve rps --solver extragradiant', 'unknown-name', 'extragradiant', '--solver', 'nearest: extragradient'],
  ['solve rps --solver __proto__', 'unknown-name', '__proto__', 'nearest: '],
]);

refuses('a temperature has to be a finite number ≥ 0 that the solver can use', [
  ['solve rps --temperature -0.1', 'bad-parameter', 'temperature -0.1', 'expected a finite number ≥ 0'],
  ['solve rps --temperature Infinity', 'bad-parameter', 'temperature Infinity', 'expected a finite number ≥ 0'],
  ['solve rps --temperature abc', 'bad-option', '--temperature', "'abc'", 'expected a number', 'nashlab solve --help'],
  ['solve rps --temperature NaN', 'bad-option', '--temperature', 'expected a number'],
  ['solve rps --solver hedge --temperature 0.1', 'not-applicable', '"hedge"', '0.1', 'expected temperature 0'],
]);

refuses('a step size has to be above 0 and of the allowed grammar', [
  ['solve rps --step-size 0', 'bad-parameter', 'step size 0', 'above 0'],
  ['solve rps --step-size -0.5', 'bad-parameter', 'step size -0.5', 'above 0'],
  ['solve rps --step-size 0.1-t', 'bad-parameter', '0.1-t', 'at step', 'above 0'],
  ['solve rps --step-size 1/t', 'bad-parameter', '1/t', 'step 0'],
  ['solve rps --step-size log(-1)', 'bad-parameter', 'log(-1)', 'step 0'],
  ['solve rps --step-size import("fs")', 'bad-schedule', '"import" is not allowed', 'the functions sqrt'],
  ['solve rps --step-size evaluate("1")', 'bad-schedule', '"evaluate" is not allowed', 'the functions sqrt'],
  ['solve rps --step-size f(x)=1', 'bad-schedule', 'f(x)=1', 'the functions sqrt'],
  ['solve rps --step-size cos(t)', 'bad-schedule', '"cos" is not allowed', 'the functions sqrt'],
  ['solve rps --step-size eta', 'bad-schedule', '"eta" is unknown', 'the variables t, tau'],
  ['solve rps --step-size 2/(', 'bad-schedule', '2/(', 'cannot be parsed', 'an arithmetic expression'],
  ['solve rps --step-size 1;2', 'bad-schedule', '1;2'],
  ['solve rps --solver exact --step-size 0.1', 'bad-parameter', '"exact"', 'does not iterate'],
  ['solve rps --solver exact --set stepSize=1', 'bad-parameter', '"exact"', 'does not iterate'],
]);

refuses('limits have to make sense', [
  ['solve rps --steps 0', 'bad-option', 'steps 0', 'a whole number above 0'],
  ['solve rps --steps 1.5', 'bad-option', 'steps 1.5', 'a whole number above 0'],
  ['solve rps --calls 0', 'bad-option', 'calls 0', 'a whole number above 0'],
  ['solve rps --tolerance -1', 'bad-option', 'tolerance -1', '≥ 0'],
  ['solve rps --tolerance Infinity', 'bad-option', 'tolerance Infinity', '≥ 0'],
  ['solve rps --time-limit 0', 'bad-option', 'time limit 0', 'above 0'],
  ['solve rps --time-limit soon', 'bad-option', '--time-limit', 'expected a number'],
]);

refuses('options must not leave each other unheard, nor a budget its first step', [
  ['solve rps --exact -q', 'bad-option', '--exact together with --quiet'],
  ['solve rps --exact --format gambit', 'bad-option', '--exact together with --format gambit'],
  ['solve rps --json --format gambit', 'bad-option', '--json together with --format gambit'],
  ['solve rps -q -v', 'bad-option', '--quiet together with --verbose'],
  ['solve rps --calls 1', 'bad-option', 'a budget of 1 oracle calls for "extragradient"', 'at least 2'],
  ['solve random:n=101 --exact', 'too-large', 'a rational certificate'],
]);

refuses('choices have to be among those offered', [
  ['solve rps --iterate foo', 'bad-option', '--iterate', 'last or average or best'],
  ['solve rps --format xml', 'bad-option', '--format', 'text or gambit'],
  ['solve rps --backend cuda', 'backend-missing', 'backend "cuda" does not work here', 'npm install --save-dev'],
  ['solve rps --backend gpu', 'unknown-name', 'unknown backend "gpu"', '--backend', 'nearest: cpu'],
  ['solve rps --missing some', 'bad-option', '--missing', 'half or model or error'],
  ['solve rps --on-unknown keep', 'bad-option', '--on-unknown', 'drop or tie'],
  ['list solver', 'unknown-name', '"solver"', 'nearest: solvers'],
  ['cite hegde', 'unknown-name', '"hegde"', 'hedge'],
]);

refuses('solver parameters have to exist and to have values', [
  ['solve rps --set eta=1', 'bad-parameter', 'unknown parameter "eta" of solver "extragradient"', 'stepSize'],
  ['solve rps --set form=explicit', 'bad-parameter', '"form" is a parameter of mirror-descent'],
  ['solve rps --set __proto__=1', 'bad-parameter', '__proto__'],
  ['solve rps --set stepSize', 'bad-option', '--set stepSize', 'key=value'],
  ['solve rps --set =1', 'bad-option', '--set =1', 'key=value'],
  ['solve rps --solver mirror-descent --set form=implicit', 'bad-parameter', 'form', '"mirror-descent"'],
]);

refuses('a policy file has to hold one policy per role, of full support', [
  ['solve rps --reference zero.json', 'bad-policy', 'probability 0 of action 3', 'zero.json', 'full support'],
  ['solve rps --reference heavy.json', 'bad-policy', 'sum to 1.5', 'heavy.json', 'a sum of 1 within 1e-9'],
  ['solve rps --reference short.json', 'bad-policy', 'a policy of 2 probabilities', 'short.json', 'expected 3'],
  ['solve rps --reference negative.json', 'bad-policy', 'probability -1 of action 2', 'negative.json'],
  ['solve rps --reference logits.json', 'bad-policy', '2 logits', 'logits.json', 'expected 3'],
  ['solve rps --reference words.json', 'bad-policy', 'words.json', 'an array of probabilities'],
  ['solve rps --reference broken.json', 'bad-file', 'broken.json', 'JSON'],
  ['solve rps --reference missing.json', 'bad-file', 'missing.json', 'JSON'],
  ['solve rps --start missing', 'bad-file', 'missing'],
  ['solve seats.json --reference short.json', 'bad-policy', '1 policies', 'short.json', 'expected 2, one per role'],
]);

refuses('a trace needs a name that says its format, in a place that can be written', [
  ['solve rps --trace foo.txt', 'bad-option', '--trace foo.txt', '.csv or .parquet'],
  ['solve rps --trace nowhere/trace.csv', 'unwritable', 'nowhere/trace.csv', 'an existing folder'],
  ['solve rps --trace file.txt/trace.csv', 'unwritable', 'file.txt/trace.csv', 'an existing folder'],
  ['solve rps --trace folder.csv', 'unwritable', 'folder.csv'],
  ['solve told-before-the-game-is-opened --trace nowhere/trace.csv', 'unwritable', 'nowhere/trace.csv'],
  ['solve rps --start random --trace nowhere/trace.parquet', 'unwritable', 'nowhere/trace.parquet'],
]);

refuses('misuse says what to read', [
  ['solve', 'bad-option', "missing required argument 'game'", 'nashlab solve --help'],
  ['solve rps blotto', 'bad-option', 'too many arguments', 'nashlab solve --help'],
  ['solve rps --tempreature 1', 'bad-option', "'--tempreature'", '--temperature', 'nashlab solve --help'],
  ['solve rps --temperature', 'bad-option', '--temperature', 'argument missing', 'nashlab solve --help'],
  ['sovle rps', 'bad-option', "unknown command 'sovle'", 'solve', 'see nashlab --help'],
  ['--sovle', 'bad-option', "unknown option '--sovle'", 'see nashlab --help'],
  ['help sovle', 'bad-option', "unknown command 'sovle'", 'see nashlab --help'],
  ['run', 'bad-option', "missing required argument 'experiment'", 'nashlab run --help'],
]);

it.runIf(hasProc).each(['trace.csv', 'trace.parquet'])(
  'a trace that the machine refuses only when it is written is an error, not a stack trace: /proc/%s',
  async (name) => {
    await expectRefusal(place, ['solve', 'rps', '--trace', `/proc/${name}`], 'unwritable', [`/proc/${name}`]);
  },
);

it('an error names a game the way it was given', async () => {
  const { stderr } = await command(place, 'solve', 'file.txt');
  expect(stderr).toMatch(/^error\[bad-file\]: .*file\.txt/);
});
