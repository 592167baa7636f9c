import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyExperiments } from '../experiments/read-spec.ts';
import { catalogueGame } from '../games/catalogue.ts';
import { solvers } from '../solvers/catalogue.ts';
import { packageRoot } from '../src/core/package-root.ts';

const root = packageRoot();
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text }));
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

describe('the README', () => {
  it('shows the library example that CI runs', () => {
    const shown = blocks.find(({ language }) => language === 'ts')?.text;
    const run = readFileSync(join(root, 'examples', 'three-styles.ts'), 'utf8');
    expect(shown?.replace("'nashlab'", "'../src/index.ts'")).toBe(run.split('\n').slice(1).join('\n'));
  });

  it('names scripts, experiments and games that exist', () => {
    const shell = blocks
      .filter(({ language }) => language === 'sh')
      .map(({ text }) => text)
      .join('\n');
    const npm = [...shell.matchAll(/npm run (\S+)/g)].map(([, name]) => name);
    expect(npm.filter((name) => scripts[name] === undefined)).toEqual([]);
    for (const [, name] of shell.matchAll(/nashlab run (\S+)/g)) expect(readyExperiments()).toContain(name);
    for (const [, text] of shell.matchAll(/nashlab (?:solve|inspect) ([a-z]+:\S+)/g))
      expect(() => catalogueGame(text)).not.toThrow();
  });

  it('lists every solver of the catalogue', () => {
    for (const name of Object.keys(solvers)) expect(readme).toContain(`\`${name}\``);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !target.startsWith('http'));
    expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});
