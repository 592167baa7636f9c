import { describe } from 'vitest';
import { solvers } from '../../solvers/catalogue.ts';
import { putOnTrial, type Variant, withTheorem } from './trials.ts';

const own = withTheorem('unregularised', 'original', 'accelerated').map((solver): [string, Variant] => [
  solver.name,
  { solver },
]);

describe('theorems about the original equilibrium', () => {
  putOnTrial({
    ...Object.fromEntries(own),
    newton: { solver: solvers.newton, params: { points: 0 } },
    'hedge, other steps': { solver: solvers.hedge, shorter: true },
    'spo, a queue of ten': { solver: solvers.spo, params: { queue: 10 }, shorter: true },
    'comal, nearly exact inner solves': {
      solver: solvers.comal,
      params: { magnetTemperature: 'span', innerSteps: 20 },
    },
    'moving-magnet, shorter steps': { solver: solvers['moving-magnet'], shorter: true },
    'apo, momentum −0.5': { solver: solvers.apo, params: { momentum: -0.5 }, shorter: true },
    'optimistic, shorter steps': { solver: solvers.optimistic, shorter: true },
  });
});
