import { describe } from 'vitest';
import { solvers } from '../../solvers/catalogue.ts';
import { putOnTrial, type Variant, withTheorem } from './trials.ts';

const own = withTheorem('regularised').map((solver): [string, Variant] => [solver.name, { solver }]);

describe('theorems about the regularised equilibrium', () => {
  putOnTrial({
    ...Object.fromEntries(own),
    'mirror-descent, shorter steps': { solver: solvers['mirror-descent'], shorter: true },
    'mirror-descent, proximal form': { solver: solvers['mirror-descent'], params: { form: 'proximal' }, shorter: true },
    'extragradient, shorter steps': { solver: solvers.extragradient, shorter: true },
    'mirror-prox, shorter steps': { solver: solvers['mirror-prox'], shorter: true },
  });
});
