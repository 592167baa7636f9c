import { citations } from './citations.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { named } from './named.ts';

/*
 * Methods of the literature that are another entry's step under a name, a schedule or a parameter of their own: data, not
 * copies.
 */

export const inpo = named(mirrorDescent, {
  name: 'inpo',
  summary: 'iterative Nash policy optimisation: mirror descent with the step 2/(τ(t+2))',
  source: citations.zhang2025inpo,
  conversion: 'η is an inverse step in the paper: its schedule τ(t+2)/2 is the step 2/(τ(t+2)) here',
  fixed: { form: 'explicit' },
  stepSize: '2/(tau*(t+2))',
  rate: 'O(1/t)',
});
