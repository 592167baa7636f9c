import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { solvers } from '../solvers/catalogue.ts';
import { packageRoot } from '../src/core/package-root.ts';

const root = packageRoot();

/** Layers from the ground up; a file may import from its own layer and from those before it. */
const layers: readonly (readonly string[])[] = [
  ['src/core', 'src/random'],
  ['src/numerics'],
  ['src/solve', 'src/dynamics', 'src/metrics', 'src/exact'],
  ['games', 'populations'],
  ['solvers'],
  ['experiments'],
  ['reports'],
  ['src/cli', 'src/index.ts'],
];

/** Names that no shared file may carry: they say where code was put, not what it is. */
const shapeless = /^(utils?|helpers?|misc|types|common)\.ts$/;

function layerOf(file: string): number {
  return layers.findIndex((folders) => folders.some((folder) => file === folder || file.startsWith(`${folder}/`)));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return sourceFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

const files = ['src', 'games', 'populations', 'solvers', 'experiments', 'reports'].flatMap(sourceFiles);
/** Scripts that write documents; they stand above all layers and may use the bench. */
const scripts = sourceFiles('docs');
const specifiers = /(?:from|import)\s*\(?\s*'([^']+)'/g;

function importsOf(text: string): string[] {
  return [...text.matchAll(specifiers)].map((match) => match[1]);
}

/** What is wrong about the imports of a file, in sentences. */
function violations(file: string, text: string): string[] {
  const own = layerOf(file);
  const problems: string[] = [];
  for (const specifier of importsOf(text)) {
    if (!specifier.startsWith('.')) continue;
    const target = relative(root, join(root, dirname(file), specifier));
    const layer = layerOf(target);
    if (layer < 0) problems.push(`${file} imports ${target}, which lies in no layer`);
    if (layer > own) problems.push(`${file} imports ${target}, which lies above it`);
    if (file.startsWith('solvers/') && target.startsWith('games/')) problems.push(`${file} names a game: ${target}`);
  }
  return problems;
}

/** Packages that are slow or optional: imported in one file each, by a dynamic import. */
const lazy: Readonly<Record<string, string>> = {
  '@duckdb/node-api': 'games/comparisons/duckdb.ts',
  highs: 'src/exact/linear-program.ts',
  piscina: 'experiments/worker-pool.ts',
  '@tensorflow/tfjs-core': 'src/numerics/tfjs/packages.ts',
  '@tensorflow/tfjs-backend-wasm': 'src/numerics/tfjs/packages.ts',
  '@tensorflow/tfjs-backend-webgpu': 'src/numerics/tfjs/packages.ts',
  '@tensorflow/tfjs-node': 'src/numerics/tfjs/packages.ts',
  '@tensorflow/tfjs-node-gpu': 'src/numerics/tfjs/packages.ts',
  webgpu: 'src/numerics/tfjs/packages.ts',
};

describe('the direction of imports', () => {
  it('every source file belongs to a layer', () => {
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('no file imports from a layer above its own, and no solver imports a game', () => {
    expect(files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('a planted violation is found', () => {
    expect(violations('src/core/errors.ts', "import { solve } from '../solve/solve.ts';")).toHaveLength(1);
    expect(violations('games/rps.ts', "export { hedge } from '../solvers/hedge.ts';")).toHaveLength(1);
    expect(violations('solvers/hedge.ts', "import { rps } from '../games/rps.ts';")).toHaveLength(1);
    expect(violations('games/rps.ts', "const lazy = await import('../experiments/store.ts');")).toHaveLength(1);
    expect(violations('reports/page.ts', "import { table } from '../tests/bench/table.ts';")).toHaveLength(1);
    expect(violations('solvers/hedge.ts', "import { sections } from '../docs/results/sections.ts';")).toHaveLength(1);
    expect(violations('reports/model.ts', "import { solve } from '../src/solve/solve.ts';")).toHaveLength(0);
  });

  it.each(Object.entries(lazy))('%s is imported lazily, in %s alone', (name, home) => {
    const users = files.filter((file) => importsOf(readFileSync(join(root, file), 'utf8')).includes(name));
    expect(users).toEqual([home]);
    const text = readFileSync(join(root, home), 'utf8');
    expect(text).toMatch(new RegExp(`import\\('${name}'\\)`));
    expect(text).not.toMatch(new RegExp(`^import (?!type)[^;]*'${name}'`, 'm'));
  });

  it('koffi, which may be absent, is required lazily, in one file alone', () => {
    const home = 'src/numerics/blas/koffi.ts';
    const users = files.filter((file) => /['"]koffi['"]/.test(readFileSync(join(root, file), 'utf8')));
    expect(users).toEqual([home]);
    const text = readFileSync(join(root, home), 'utf8');
    expect(text).toMatch(/^ +return createRequire\(import\.meta\.url\)\('koffi'\)/m);
    expect(text).not.toMatch(/^import (?!type)[^;]*'koffi'/m);
  });
});

describe('the house', () => {
  it('no file has a name that says nothing', () => {
    expect([...files, ...scripts].filter((file) => shapeless.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('no file is longer than 300 lines', () => {
    const long = [...files, ...scripts].filter(
      (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300,
    );
    expect(long).toEqual([]);
  });

  it('every file of solvers/ is an entry of its catalogue; what entries share lies in parts/', () => {
    const shared = ['catalogue', 'choices', 'citations'];
    const names = files.flatMap((file) => /^solvers\/([^/]+)\.ts$/.exec(file)?.[1] ?? []);
    expect(names.filter((name) => !shared.includes(name) && !Object.hasOwn(solvers, name))).toEqual([]);
  });

  it('solvers hold no loop, no limit and no memory', () => {
    const found = files
      .filter((file) => file.startsWith('solvers/'))
      .filter((file) =>
        /\b(while|for) \(|\.dispose\(|\.release\(|\.scope\(|\btidy\b/.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(found).toEqual([]);
  });

  it('only the command line and the runner write to the terminal', () => {
    const found = files.filter((file) => /process\.std(out|err)/.test(readFileSync(join(root, file), 'utf8')));
    expect(found.every((file) => file.startsWith('src/cli/'))).toBe(true);
  });
});
