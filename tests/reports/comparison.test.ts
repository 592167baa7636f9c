import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadedExperiment, StoredGame } from '../../experiments/stored.ts';
import { reports } from '../../reports/catalogue.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { loaded, storedRun } from './fixture.ts';
import { manyActions, rps } from './games.ts';
import { skeletonOf, visibleText } from './page-text.ts';
import { altered, mirrorDescent, mirrorProx, situations } from './situations.ts';

const { render } = reports.comparison;
const all = situations();

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe.each(Object.keys(all))('the report on %s', (name) => {
  const page = render([all[name]]);

  it('shows no number that is none', () => {
    expect(visibleText(page)).not.toMatch(/\b(NaN|undefined|Infinity|null|object Object)\b|(?<![\w.,])[-−]0(?![\w.,])/);
  });

  it('asks for nothing from anywhere', () => {
    const { text } = skeletonOf(page);
    expect(text).toContain('Provenance');
    const markup = page.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(markup.match(/\s(?:src|href|srcset|data|action)="(?!#)[^"]*"/g)).toBeNull();
    expect(markup).not.toMatch(/@import|url\(/);
  });

  it('lets only its own two scripts run', () => {
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, body]) => body);
    expect(scripts.length).toBe(2);
    for (const body of scripts) expect(page).toContain(`sha256-${createHash('sha256').update(body).digest('base64')}`);
  });

  it('captions every figure and gives its numbers', () => {
    const figures = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
    expect(figures.length).toBeGreaterThan(2);
    for (const figure of figures) {
      expect(figure).toMatch(/<figcaption>.{40,}<\/figcaption>/);
      expect(figure).toMatch(/<details>[\s\S]*<td/);
      expect(figure).toMatch(/<script type="application\/json">/);
    }
  });

  it('is the same, byte for byte, for the same runs', () => {
    expect(render([frozen(structuredClone(all[name]))])).toBe(page);
  });
});

describe('the verdict', () => {
  it('says a violated guarantee first, and calls its run not certified', () => {
    const text = visibleText(render([all.violated]));
    const violated = text.indexOf('VIOLATED');
    expect(violated).toBeGreaterThan(0);
    expect(violated).toBeLessThan(text.indexOf('certified'));
    expect(text).toContain('No run converged and is certified');
    expect(text).toContain('above the bound 0.001');
    expect(visibleText(render([all.rps]))).not.toContain('VIOLATED');
  });

  it('names the solver with the fewest oracle calls and the runner-up', () => {
    expect(visibleText(render([all.rps]))).toMatch(
      /mirror-prox reached the tolerance with the fewest oracle calls: \d+, against \d+ for mirror-descent/,
    );
  });

  it('ranks solvers per temperature, and says what the regularised answers leave', () => {
    const methods = [0.1, 0.5].flatMap((temperature) =>
      [mirrorProx, mirrorDescent].map((method) => ({ ...method, temperature, step: () => 1 })),
    );
    const games = [rps, manyActions(4)];
    const runs = games.flatMap((game) => methods.map((method) => storedRun({ game, method, tolerance: 1e-6 })));
    const text = visibleText(render([loaded('t', 'q', games, runs)]));
    expect(text).toMatch(
      /Fewest oracle calls to the tolerance: at τ\s=\s0\.1, [a-z-]+ in \d of \d comparisons.*; at τ\s=\s0\.5, [a-z-]+ in \d of 2/,
    );
    expect(text).toMatch(
      /without regularisation, at τ\s=\s0\.1 a duality gap of \S+ to \S+ and at τ\s=\s0\.5 a duality gap/,
    );
    expect(visibleText(render([all.bimatrix]))).not.toContain('without regularisation, at');
  });

  it('says that runs broke down, and why', () => {
    const text = visibleText(render([all['non-finite']]));
    expect(text).toContain('1 of 2 runs converged and is certified; 1 is not (failed: numbers not finite)');
    expect(text).toContain('payoffs overflowed at step 40');
    expect(text).toContain('Not drawn, because not finite: mirror-descent');
  });

  it('says how many runs are missing', () => {
    const { experiment, ...rest } = all['one-action'];
    const half: LoadedExperiment = { experiment: { ...experiment, cells: [...experiment.cells, 'x', 'y'] }, ...rest };
    expect(visibleText(render([half]))).toContain('2 runs of the experiment are not finished');
  });

  it('says where zero is drawn', () => {
    expect(visibleText(render([all['exact-zero']]))).toContain(
      'Values at or below 1e−17, exact zeros included, are drawn at 1e−17',
    );
  });

  it('has a table of contents from three games on', () => {
    expect(render([all.rps, all['zero-sum']])).not.toContain('<nav');
    expect(render([all.rps, all['zero-sum'], all['one-action']])).toContain('<nav');
  });
});

describe('text from data', () => {
  const experimentOf = (words: readonly string[]): LoadedExperiment => {
    const game: StoredGame = { ...rps, name: words[0], description: words[1], labels: words.slice(2, 5) };
    const run = altered(storedRun({ game, method: mirrorProx, steps: 2 }), ({ cell }) => ({
      cell: {
        ...cell,
        game: { name: words[0], hash: contentHash(game) },
        solver: { name: words[5], params: {} },
        seed: words[6],
      },
      guarantee: {
        status: 'violated',
        statement: words[7],
        source: words[8],
        iterate: 'last',
        metric: 'duality-gap',
        reason: words[9],
      },
    }));
    return loaded(words[10], words[11], [game], [run]);
  };
  const plain = skeletonOf(render([experimentOf('abcdefghijkl'.split(''))])).tags;

  it('never becomes markup', () => {
    const word = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</script>',
        '"><svg onload=x>',
        '<!--',
        '</title>',
        ']]>',
        '<b',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 12, maxLength: 12 }), (words) => {
        expect(skeletonOf(render([experimentOf(words)])).tags).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });
});
