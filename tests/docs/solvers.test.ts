import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { solverPage } from '../../docs/solver-page.ts';
import { packageRoot } from '../../src/core/package-root.ts';

it('docs/solvers.md says what the catalogue says: npm run solvers:page', () => {
  expect(readFileSync(join(packageRoot(), 'docs', 'solvers.md'), 'utf8')).toBe(solverPage());
});
