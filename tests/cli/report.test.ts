import { beforeAll, describe, expect, it } from 'vitest';
import { reportNames } from '../../experiments/spec.ts';
import { circle, yamlOf } from '../experiments/specification.ts';
import { command, expectRefusal, workplace } from './command.ts';

const place = workplace();

beforeAll(async () => {
  place.write('circle.json', circle);
  place.write('plain.yaml', yamlOf({ name: 'plain' }));
  place.write('tried.yaml', yamlOf({ name: 'tried', report: 'theory' }));
  for (const file of ['plain.yaml', 'tried.yaml']) await command(place, 'run', file, '-q');
});

const isTheory = (file: string): boolean => place.read(file).includes('aria-label="Theorems on trial"');

describe('the template of a report', () => {
  it('is the one that the experiment asks for', async () => {
    expect(isTheory('runs/plain/report.html')).toBe(false);
    expect(isTheory('runs/tried/report.html')).toBe(true);
    await command(place, 'report', 'runs/tried');
    expect(isTheory('runs/tried/report.html')).toBe(true);
  });

  it('can be another, beside the experiment’s own report', async () => {
    const { code, stdout } = await command(place, 'report', 'runs/plain', '--template', 'theory');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^report: .*runs\/plain\/theory\.html\n$/);
    expect(isTheory('runs/plain/theory.html')).toBe(true);
    expect(isTheory('runs/plain/report.html')).toBe(false);
  });

  it('goes with a file and with several experiments', async () => {
    await command(place, 'report', 'runs/plain', 'runs/tried', '-t', 'theory', '-o', 'both.html');
    expect(isTheory('both.html')).toBe(true);
    await command(place, 'report', 'runs/tried', '-t', 'comparison', '-o', 'other.html');
    expect(isTheory('other.html')).toBe(false);
  });

  it('must be known', async () => {
    await expectRefusal(place, ['report', 'runs/plain', '--template', 'theroy'], 'unknown-name', [
      'unknown report template "theroy"',
      '--template',
      'nearest: theory',
    ]);
  });

  it('is explained by --help, with every name', async () => {
    const { stdout } = await command(place, 'report', '--help');
    for (const word of ['--template', ...reportNames]) expect(stdout).toContain(word);
  });
});
