import { describe } from 'vitest';
import { solvers } from '../../solvers/catalogue.ts';
import { putOnTrial, type Variant, withTheorem } from './trials.ts';

const own = withTheorem('unregularised', 'original', 'accelerated', 'exact').map((solver): [string, Variant] => [
  solver.name,
  { solver },
]);

describe('theorems about the original equilibrium', () => {
  putOnTrial({
    ...Object.fromEntries(own),
    'hedge, other steps': { solver: solvers.hedge, shorter: true },
    'optimistic, shorter steps': { solver: solvers.optimistic, shorter: true },
  });
});
