import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { median } from '../../reports/model/spread.ts';
import { formatNumber } from '../../reports/number.ts';
import { medianFinal, runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const momenta = [-0.3, 0, 0.3, 0.6];
const strong = momenta[momenta.length - 1];
const transitive = 'bradley-terry:n=10';
const circles = ['rps', 'cyclic:n=5'];

/** The step, between records, at which a falling column first is as low as a value. */
function stepWhere(run: StoredRun, metric: string, value: number): number {
  const values = columnOf(run, 'last', metric) ?? [];
  const { step } = run.history;
  const k = values.findIndex((one) => one <= value);
  if (k < 0) throw new Error(`run ${run.id} never reached ${value}`);
  if (k === 0) return step[0];
  const part = Math.log(values[k - 1] / value) / Math.log(values[k - 1] / values[k]);
  return step[k - 1] + part * (step[k] - step[k - 1]);
}

function answer(loaded: LoadedExperiment): Answer {
  const short = (game: string, momentum: number): readonly StoredRun[] =>
    runsOf(loaded, { solver: 'apo', game, params: { momentum } }).filter(({ cell }) => cell.steps === shortest);
  const shortest = Math.min(...loaded.runs.map(({ cell }) => cell.steps));
  const long = runsOf(loaded, { solver: 'apo', game: transitive, params: { momentum: 0 } }).filter(
    ({ cell }) => cell.steps > shortest,
  );
  const effective = (momentum: number): number =>
    median(
      short(transitive, momentum).map((run) => {
        const plain = long.find(({ cell }) => cell.seed === run.cell.seed);
        const gap = run.iterates.last?.metrics['duality-gap'];
        if (plain === undefined || typeof gap !== 'number') throw new Error(`no plain run for seed ${run.cell.seed}`);
        return stepWhere(plain, 'duality-gap', gap);
      }),
    );
  const spread = (game: string, momentum: number): number => medianFinal(short(game, momentum), 'kl-to-reference');
  const regularised = (game: string, momentum: number): number =>
    medianFinal(runsOf(loaded, { solver: 'apo-regularised', game, params: { momentum } }), 'regularized-gap');
  const games = [...new Set(loaded.runs.map(({ cell }) => cell.game.group ?? cell.game.name))];
  const parts = momenta.filter((momentum) => momentum > 0).map((m) => (effective(m) / shortest) * (1 - m));
  return {
    tables: [
      {
        caption: `Momentum on \`apo\` (τ = 0) after ${shortest} steps: how many steps without momentum come to the same gap on Bradley–Terry preferences, and KL from the uniform equilibrium on cyclic ones (medians):`,
        head: ['momentum α', 'steps without', 'T/(1 − α)', ...circles],
        rows: momenta.map((momentum) => [
          momentum,
          Math.round(effective(momentum)),
          Math.round(shortest / (1 - momentum)),
          ...circles.map((game) => spread(game, momentum)),
        ]),
      },
      {
        caption: `Momentum on mirror descent with the same step at τ = 0.1 (\`apo-regularised\`), median regularised gap after ${shortest} steps:`,
        head: ['game', ...momenta.map((momentum) => `α = ${formatNumber(momentum)}`)],
        rows: games.map((game) => [game, ...momenta.map((momentum) => regularised(game, momentum))]),
      },
    ],
    values: {
      steps: shortest,
      strong,
      effective: Math.round(effective(strong)),
      promised: Math.round(shortest / (1 - strong)),
      leastPart: Math.min(...parts),
      mostPart: Math.max(...parts),
      rpsPlain: spread(circles[0], 0),
      rpsStrong: spread(circles[0], strong),
      negative: momenta[0],
      rpsNegative: spread(circles[0], momenta[0]),
      fiveNegative: spread(circles[1], momenta[0]),
      fivePlain: spread(circles[1], 0),
      fiveStrong: spread(circles[1], strong),
      helped: games.filter((game) => regularised(game, strong) < regularised(game, 0)).length,
      games: games.length,
    },
  };
}

export const momentum: ResultSection = {
  experiment: 'momentum',
  title: 'Momentum speeds up whatever happens',
  answer,
  findings: [
    {
      says: 'On Bradley–Terry preferences {steps} steps with momentum {strong} are worth {effective} without, where `T/(1 − α)` promises {promised}; over the positive momenta the promise is kept to {leastPart} to {mostPart}.',
      holds: (v) => v.leastPart > 0.9 && v.mostPart < 1.1,
    },
    {
      says: 'On cyclic preferences it speeds up the spiral instead: KL from the equilibrium goes to {rpsStrong} instead of {rpsPlain} on rock–paper–scissors, and to {fiveStrong} instead of {fivePlain} on five actions.',
      holds: (v) => v.rpsStrong > 1.5 * v.rpsPlain && v.fiveStrong > 1.2 * v.fivePlain,
    },
    {
      says: 'A negative momentum is no cure: with {negative} it ends at {rpsNegative} on rock–paper–scissors, farther out than without any, and at {fiveNegative} on five actions.',
      holds: (v) => v.rpsNegative > v.rpsPlain && v.fiveNegative < v.fivePlain,
    },
    {
      says: 'On the regularised game it is an advantage again, at this small step on {helped} of {games} games, cyclic ones included.',
      holds: (v) => v.helped === v.games,
    },
  ],
};
