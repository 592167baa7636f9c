import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportNames } from '../../experiments/spec.ts';
import type { LoadedExperiment, StoredGame } from '../../experiments/stored.ts';
import { reports } from '../../reports/catalogue.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { loaded, storedRun } from './fixture.ts';
import { rps } from './games.ts';
import { skeletonOf, visibleText } from './page-text.ts';
import { populations } from './populations.ts';
import { altered, mirrorProx, situations } from './situations.ts';

/** What holds of every page, whatever its template. */

const all = { ...situations(), ...populations() };
const pages = reportNames.flatMap((template) => Object.keys(all).map((name) => ({ template, name })));

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe.each(pages)('the report $template on $name', ({ template, name }) => {
  const { render } = reports[template];
  let page: string;

  beforeAll(async () => {
    page = await render([all[name]]);
  });

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
    if (template !== 'theory') expect(figures.length).toBeGreaterThan(1);
    for (const figure of figures) {
      expect(figure).toMatch(/<figcaption>.{40,}<\/figcaption>/);
      expect(figure).toMatch(/<details>[\s\S]*<td/);
      expect(figure).toMatch(/<script type="application\/json">/);
    }
  });

  it('links only to places it has', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('is the same, byte for byte, for the same runs', async () => {
    expect(await render([frozen(structuredClone(all[name]))])).toBe(page);
  });
});

describe.each(reportNames)('text from data in the report %s', (template) => {
  const { render } = reports[template];
  const experimentOf = (words: readonly string[]): LoadedExperiment => {
    const game: StoredGame = { ...rps, name: words[0], description: words[1], labels: words.slice(2, 5) };
    const run = altered(storedRun({ game, method: mirrorProx, steps: 2, guarantee: () => 9 }), ({ cell }) => ({
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
    const whole = loaded(words[10], words[11], [game], [run]);
    const [what, unit, source, differs] = words.slice(12);
    const ours = { metric: 'duality-gap', at: 'end', statistic: 'median', solver: words[5], game: words[0] } as const;
    return {
      ...whole,
      experiment: { ...whole.experiment, published: [{ what, value: 1, unit, source, differs, ours }] },
    };
  };

  it('never becomes markup', async () => {
    const plain = skeletonOf(await render([experimentOf('abcdefghijklmnop'.split(''))])).tags;
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
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 16, maxLength: 16 }), async (words) => {
        expect(skeletonOf(await render([experimentOf(words)])).tags).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });
});
