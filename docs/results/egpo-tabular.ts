import type { LoadedExperiment } from '../../experiments/stored.ts';
import { median } from '../../reports/model/spread.ts';
import { convergedCount, finals, largestFinal, medianFinal, outOf, runsOf } from './runs.ts';
import type { Answer, ResultSection, ResultTable } from './section.ts';
import { timeCurves } from './time-curves.ts';

const methods = ['extragradient', 'online-ipo', 'nash-md', 'online-ipo-2', 'nash-md-pg'];
const temperatures = [0.1, 0.01, 0.001];

function methodTable(loaded: LoadedExperiment): ResultTable {
  const rows = temperatures.flatMap((temperature) =>
    methods.map((solver) => {
      const runs = runsOf(loaded, { solver, temperature });
      const done = runs.filter(({ result }) => result.code === 'converged');
      const steps = done.length === 0 ? '–' : median(done.map(({ result }) => result.steps));
      const gap = [medianFinal(runs, 'regularized-gap'), largestFinal(runs, 'regularized-gap')];
      return [temperature, solver, outOf(done.length, runs), steps, ...gap];
    }),
  );
  return {
    caption:
      'Games on which the regularised duality gap reached the tolerance within the published number of iterations:',
    head: ['τ', 'method', 'games', 'median steps of those', 'median final gap', 'largest final gap'],
    rows,
  };
}

/** γ/τ of the constant explicit step of some runs, γ = η/(1 − ητ). */
function proximalRatio(loaded: LoadedExperiment, temperature: number): number {
  const [{ cell }] = runsOf(loaded, { solver: 'online-ipo', temperature });
  const eta = Number(cell.solver.params.stepSize);
  return eta / (1 - eta * temperature) / temperature;
}

function answer(loaded: LoadedExperiment): Answer {
  const count = (solver: string, temperature: number): number =>
    convergedCount(runsOf(loaded, { solver, temperature }));
  const steps = (solver: string, temperature: number): number =>
    median(runsOf(loaded, { solver, temperature }).map(({ result }) => result.steps));
  const curves = methods.map((solver) => ({
    name: solver,
    runs: runsOf(loaded, { solver, temperature: 0.01 }),
    metric: 'regularized-gap',
  }));
  return {
    figure: {
      alt: 'Regularised gap against steps at τ = 0.01',
      chart: timeCurves(curves, {
        by: 'steps',
        where: 'τ = 0.01; median of ten games',
        yTitle: 'regularised duality gap',
        floor: 1e-7,
        description: 'Regularised duality gap against steps at τ = 0.01, median of ten random games',
      }),
    },
    tables: [methodTable(loaded)],
    values: {
      games: runsOf(loaded, { solver: 'extragradient', temperature: 0.1 }).length,
      tolerance: loaded.runs[0].cell.tolerance,
      extragradientSteps: steps('extragradient', 0.1),
      onlineIpoSteps: steps('online-ipo', 0.1),
      ...Object.fromEntries(
        temperatures.flatMap((temperature, k) => [
          [`τ${k}`, temperature],
          [`ratio${k}`, proximalRatio(loaded, temperature)],
          [`extragradient${k}`, count('extragradient', temperature)],
          [`onlineIpo${k}`, count('online-ipo', temperature)],
          [`nashMd${k}`, count('nash-md', temperature)],
          ...(k === 0
            ? []
            : [[`policy${k}`, Math.max(count('online-ipo-2', temperature), count('nash-md-pg', temperature))]]),
        ]),
      ),
      nashMdGap: Math.min(...finals(runsOf(loaded, { solver: 'nash-md', temperature: 0.1 }), 'regularized-gap')),
    },
  };
}

export const egpoTabular: ResultSection = {
  experiment: 'egpo-tabular',
  title: 'EGPO at its published tabular settings',
  answer,
  differs:
    'games and references are drawn from our own random streams; they compute in float32 and subtract two game values, we in float64 by 2τ·KL(π‖BR); their Nash-MD measures against a mixture of weight 2·lr/N, half of the step 4·lr/(τN) that it takes, ours of the step itself; they plot every iterate, we check on a log-spaced grid.',
  findings: [
    {
      says: 'The published statement reproduces. At τ = {τ0} extragradient and OMD (`online-ipo`) both bring all {games} games to {tolerance}, in a median of {extragradientSteps} and {onlineIpoSteps} steps.',
      holds: (v) =>
        v.extragradient0 === v.games &&
        v.onlineIpo0 === v.games &&
        Math.abs(v.extragradientSteps / v.onlineIpoSteps - 1) < 0.1,
    },
    {
      says: 'At τ = {τ1} and {τ2} extragradient alone does so on all games ({extragradient1} and {extragradient2}); OMD on {onlineIpo1} and {onlineIpo2}, Nash-MD on {nashMd1} and {nashMd2}.',
      holds: (v) =>
        v.extragradient1 === v.games &&
        v.extragradient2 === v.games &&
        v.onlineIpo1 < v.games &&
        v.onlineIpo2 < v.games &&
        v.nashMd1 < v.games &&
        v.nashMd2 < v.games,
    },
    {
      says: 'The ratio of step and temperature explains it: γ/τ is {ratio0}, {ratio1} and {ratio2}, and one evaluation per step is proven to converge up to `γ = 4τ/s²` (`s ≤ 1` the payoff span), two up to `γ = 2/s`.',
      holds: (v) => v.ratio0 < 5 && v.ratio1 > 50 && v.ratio2 > 50,
    },
    {
      says: 'With a constant step Nash-MD is biased: at τ = {τ0} it stops at a gap of {nashMdGap} or more, on {nashMd0} games below the tolerance.',
      holds: (v) => v.nashMd0 === 0 && v.nashMdGap > v.tolerance,
    },
    {
      says: 'The two policy gradients move an action no faster than it is sampled, and at τ = {τ1} and {τ2} the better of them reaches the tolerance on {policy1} and {policy2} games.',
      holds: (v) => v.policy1 < v.games && v.policy2 < v.games,
    },
  ],
};
