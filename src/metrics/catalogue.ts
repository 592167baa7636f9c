import { cceGap, ceGap } from './deviation-gaps.ts';
import { disagreement } from './disagreement.ts';
import { dualityGap } from './duality-gap.ts';
import { exploitability } from './exploitability.ts';
import { worstGroupValue, worstGroupWinRate } from './group-win-rates.ts';
import { klToEquilibrium } from './kl-to-equilibrium.ts';
import { klToReference } from './kl-to-reference.ts';
import { maxRegret, maxRegretFraction } from './max-regret.ts';
import type { Metric } from './metric.ts';
import { multiplayerGap } from './multiplayer-gap.ts';
import { nashConv } from './nash-conv.ts';
import { regularizedGap } from './regularized-gap.ts';
import { winRateAgainstReference } from './win-rate.ts';

/** Every scalar metric by its name. */
export const metrics: Readonly<Record<string, Metric>> = Object.fromEntries(
  [
    regularizedGap,
    dualityGap,
    nashConv,
    exploitability,
    maxRegret,
    maxRegretFraction,
    multiplayerGap,
    klToReference,
    klToEquilibrium,
    disagreement,
    winRateAgainstReference,
    worstGroupWinRate,
    worstGroupValue,
    cceGap,
    ceGap,
  ].map((metric) => [metric.name, metric]),
);
