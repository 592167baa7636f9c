import { describe } from 'vitest';
import { solvers } from '../../solvers/catalogue.ts';
import { putOnTrial, type Variant, withTheorem } from './trials.ts';

const own = withTheorem('regularised').map((solver): [string, Variant] => [solver.name, { solver }]);

describe('theorems about the regularised equilibrium', () => {
  putOnTrial({
    ...Object.fromEntries(own),
    'mirror-descent, shorter steps': { solver: solvers['mirror-descent'], shorter: true },
    'mirror-descent, proximal form': { solver: solvers['mirror-descent'], params: { form: 'proximal' }, shorter: true },
    'mirror-descent, steps up to 1/τ': {
      solver: solvers['mirror-descent'],
      params: { stepSize: 'min(1/tau,100/span)' },
      shorter: true,
      slope: false,
    },
    'mirror-descent, γ up to 8τ/s²': {
      solver: solvers['mirror-descent'],
      params: { form: 'proximal', stepSize: '7.5*tau/span^2' },
      shorter: true,
      slope: false,
    },
    'nash-md, constant steps': {
      solver: solvers['nash-md'],
      params: { stepSize: 'min(1/tau,10/span)' },
      shorter: true,
      slope: false,
    },
    'best-response, τ > s/2': { solver: solvers['best-response'], least: 0.501, slope: false },
    'extragradient, shorter steps': { solver: solvers.extragradient, shorter: true },
    'mirror-prox, shorter steps': { solver: solvers['mirror-prox'], shorter: true },
  });
});
