import type { LoadedExperiment } from '../../experiments/stored.ts';
import { formatProbability } from '../../reports/number.ts';
import { runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const chains = ['0.99', '0.9999', '0.999999'].map((p) => `chain, P = ${p}`);
const games = [...chains, 'cycle'];

function policy(loaded: LoadedExperiment, solver: string, game: string, temperature: number): readonly number[] {
  const [run] = runsOf(loaded, { solver, game, temperature });
  return run.iterates.last?.profile[0] ?? [];
}

/** π ∝ exp(score/τ) of the certain chain, with scores Pμ for uniform μ: what IPO has for P = 1. */
function certainChain(temperature: number): readonly number[] {
  const weights = [5 / 6, 1 / 2, 1 / 6].map((score) => Math.exp(score / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function answer(loaded: LoadedExperiment): Answer {
  const temperatures = [...new Set(runsOf(loaded, { solver: 'ipo' }).map(({ cell }) => cell.temperature))].sort(
    (a, b) => a - b,
  );
  const shown = (probabilities: readonly number[]): string => probabilities.map(formatProbability).join(', ');
  const last = chains[chains.length - 1];
  const odds = (solver: string, game: string): number => {
    const [a, b] = policy(loaded, solver, game, temperatures[temperatures.length - 1]);
    return Math.log(a / b);
  };
  const difference = Math.max(
    ...temperatures.flatMap((temperature) =>
      policy(loaded, 'ipo', last, temperature).map((p, k) => Math.abs(p - certainChain(temperature)[k])),
    ),
  );
  const cycleSpread = Math.max(
    ...temperatures.flatMap((temperature) =>
      ['ipo', 'dpo'].flatMap((solver) => policy(loaded, solver, 'cycle', temperature).map((p) => Math.abs(p - 1 / 3))),
    ),
  );
  return {
    tables: [
      {
        caption: 'Probabilities of a, b and c:',
        head: ['game', 'τ', 'ipo', 'dpo'],
        rows: games.flatMap((game) =>
          temperatures.map((temperature) => [
            game,
            temperature,
            shown(policy(loaded, 'ipo', game, temperature)),
            shown(policy(loaded, 'dpo', game, temperature)),
          ]),
        ),
      },
    ],
    values: {
      largest: temperatures[temperatures.length - 1],
      difference,
      cycleSpread,
      ipoFirst: odds('ipo', chains[0]),
      ipoLast: odds('ipo', last),
      dpoFirst: odds('dpo', chains[0]),
      dpoMiddle: odds('dpo', chains[1]),
      dpoLast: odds('dpo', last),
      step: odds('dpo', last) - odds('dpo', chains[1]),
      off: Math.abs(odds('dpo', last) - odds('dpo', chains[1]) - Math.log(100)),
    },
  };
}

export const ipoToy: ResultSection = {
  experiment: 'ipo-toy',
  title: 'IPO keeps to its reference, DPO does not',
  answer,
  differs:
    'they train by Adam on minibatches of nine pairs for 18,000 steps and plot the learning curves of ten seeds; these are the population optima in closed form, so there is no number of theirs to set beside ours but the direction.',
  findings: [
    {
      says: 'At τ = {largest} the log-odds of a against b are {ipoFirst} under IPO for the least certain chain and {ipoLast} for the most certain one, which is within {difference} of the closed form for certainty.',
      holds: (v) => Math.abs(v.ipoLast / v.ipoFirst - 1) < 0.05 && v.difference < 1e-5,
    },
    {
      says: 'Under DPO they are {dpoFirst}, {dpoMiddle} and {dpoLast}: two more nines add {step}, the logarithm of a hundred to within {off}, and there is no end to it.',
      holds: (v) => v.dpoFirst < v.dpoMiddle && v.dpoMiddle < v.dpoLast && v.off < 0.05,
    },
    {
      says: 'On the cycle both keep the uniform reference at every τ (to {cycleSpread}).',
      holds: (v) => v.cycleSpread < 1e-9,
    },
  ],
};
