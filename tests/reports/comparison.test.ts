import { describe, expect, it } from 'vitest';
import type { LoadedExperiment } from '../../experiments/stored.ts';
import { renderComparison as render } from '../../reports/comparison.ts';
import { loaded, storedRun } from './fixture.ts';
import { manyActions, rps } from './games.ts';
import { visibleText } from './page-text.ts';
import { mirrorDescent, mirrorProx, situations } from './situations.ts';

const all = situations();

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

  it('cuts the figures of more series than colours, and keeps their axes', () => {
    const page = render([all['many-series']]);
    const figures = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
    const parts = figures.filter((figure) => / \([12] of 2\)<\/h3>/.test(figure));
    expect(parts.map((figure) => /<h3>(.*?)<\/h3>/.exec(figure)?.[1])).toEqual([
      'Regularized gap against oracle calls, τ\u00a0=\u00a00.1 (1 of 2)',
      'Regularized gap against oracle calls, τ\u00a0=\u00a00.1 (2 of 2)',
      'Final policies, τ\u00a0=\u00a00.1 (1 of 2)',
      'Final policies, τ\u00a0=\u00a00.1 (2 of 2)',
    ]);
    for (const figure of parts) {
      const [legend] = /<ul class="legend">[\s\S]*?<\/ul>/.exec(figure) ?? [''];
      const colours = [...legend.matchAll(/fill="(var\(--series-\d+\))"/g)].map(([, colour]) => colour);
      expect(colours.length).toBeGreaterThan(8);
      expect(new Set(colours).size).toBe(colours.length);
    }
    const domains = parts.map((figure) => figure.match(/"domain":\[[\d.e-]+,[\d.e-]+\]/g));
    expect(domains[0]?.length).toBeGreaterThan(1);
    expect(domains[1]).toEqual(domains[0]);
    expect(domains[3]).toEqual(domains[2]);
  });

  it('lets long words below the numbers of the verdict wrap', () => {
    const page = render([all.mixture]);
    expect(page).toContain('<small class="words">regularized gap (0.5·reverse KL + 0.5·forward KL)</small>');
    expect(page).toContain('<small>no theorem is known with forward KL');
    expect(page).toMatch(/\.words\{[^}]*white-space:normal/);
  });

  it('has a table of contents from three games on', () => {
    expect(render([all.rps, all['zero-sum']])).not.toContain('<nav');
    expect(render([all.rps, all['zero-sum'], all['one-action']])).toContain('<nav');
  });
});
