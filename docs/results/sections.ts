import { cycling } from './cycling.ts';
import { disagreeingGroups } from './disagreeing-groups.ts';
import { egpoTabular } from './egpo-tabular.ts';
import { ipoToy } from './ipo-toy.ts';
import { lastIterateRates } from './last-iterate-rates.ts';
import { momentum } from './momentum.ts';
import { multiplayer } from './multiplayer.ts';
import { nashMdBias } from './nash-md-bias.ts';
import { oneAgainstMany } from './one-against-many.ts';
import { originalEquilibrium } from './original-equilibrium.ts';
import { perturbedRpsQre } from './perturbed-rps-qre.ts';
import { regularisers } from './regularisers.ts';
import type { ResultSection } from './section.ts';
import { stepSizeLimits } from './step-size-limits.ts';
import { whatTransitivityCosts } from './what-transitivity-costs.ts';

/** The sections of the page, in order. */
export const sections: readonly ResultSection[] = [
  cycling,
  lastIterateRates,
  egpoTabular,
  nashMdBias,
  stepSizeLimits,
  perturbedRpsQre,
  originalEquilibrium,
  momentum,
  regularisers,
  ipoToy,
  whatTransitivityCosts,
  oneAgainstMany,
  multiplayer,
  disagreeingGroups,
];
