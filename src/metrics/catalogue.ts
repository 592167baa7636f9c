import { dualityGap } from './duality-gap.ts';
import { exploitability } from './exploitability.ts';
import { klToEquilibrium } from './kl-to-equilibrium.ts';
import { klToReference } from './kl-to-reference.ts';
import { maxRegret, maxRegretFraction } from './max-regret.ts';
import type { Metric } from './metric.ts';
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
    klToReference,
    klToEquilibrium,
    winRateAgainstReference,
  ].map((metric) => [metric.name, metric]),
);
