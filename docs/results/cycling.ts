import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { median } from '../../reports/model/spread.ts';
import { formatNumber } from '../../reports/number.ts';
import { runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';
import { timeCurves } from './time-curves.ts';

const games = ['rps', 'cyclic:n=5', 'transitive-cyclic:n=6,share=0.7,seed=3'];
const solvers = [
  'hedge',
  'regret-matching-plus',
  'best-response',
  'fictitious-play',
  'optimistic',
  'mirror-descent',
  'extragradient',
  'nash-md',
  'moving-magnet',
];

/** The gap a run is after: of the game with its regularisation, or of the game as it is. */
function ownGap(run: StoredRun): readonly number[] {
  return columnOf(run, 'last', run.cell.temperature > 0 ? 'regularized-gap' : 'duality-gap') ?? [Number.NaN];
}

interface Fate {
  readonly first: number;
  readonly last: number;
  /** Largest gap over the second half of the records. */
  readonly widest: number;
  /** The same over the largest of the first half: above 1 where circles widen. */
  readonly widening: number;
}

/** From which widening on a path spirals outwards, and by how much the gap must shrink to contract, slowly or well. */
const thresholds = { widening: 1.02, slowly: 10, well: 1000 };

function fateOf(runs: readonly StoredRun[]): Fate {
  const all = runs.map(ownGap);
  const half = (gaps: readonly number[], from: number, to: number): number =>
    Math.max(...gaps.slice(Math.floor(gaps.length * from), Math.ceil(gaps.length * to)));
  return {
    first: median(all.map((gaps) => gaps[0])),
    last: median(all.map((gaps) => gaps[gaps.length - 1])),
    widest: median(all.map((gaps) => half(gaps, 0.5, 1))),
    widening: median(all.map((gaps) => half(gaps, 0.5, 1) / half(gaps, 0, 0.5))),
  };
}

function word({ first, last, widening }: Fate): string {
  if (last < first / thresholds.well) return 'contracts';
  if (widening > thresholds.widening) return 'spirals outwards';
  return last < first / thresholds.slowly ? 'contracts slowly' : 'circles';
}

/** The end of a path that does not contract is wherever on its circle it stopped: how far it went says more. */
function fateText(fate: Fate): string {
  const { first, last, widest } = fate;
  const ends = `${formatNumber(first)} → ${formatNumber(last)}`;
  const wide = word(fate).startsWith('contracts') ? '' : ` (up to ${formatNumber(widest)})`;
  return `${ends}${wide}, ${word(fate)}`;
}

function answer(loaded: LoadedExperiment): Answer {
  const fate = (solver: string, game: string): Fate => fateOf(runsOf(loaded, { solver, game }));
  const count = (solver: string, ...words: string[]): number =>
    games.filter((game) => words.includes(word(fate(solver, game)))).length;
  const [rps] = games;
  return {
    figure: {
      alt: 'The gap each method is after, on rock–paper–scissors',
      chart: timeCurves(
        solvers.map((solver) => {
          const runs = runsOf(loaded, { solver, game: rps });
          return { name: solver, runs, metric: runs[0].cell.temperature > 0 ? 'regularized-gap' : 'duality-gap' };
        }),
        {
          by: 'steps',
          where: 'rock–paper–scissors, last iterate; median of five starts',
          yTitle: 'gap the method is after (payoff units)',
          floor: 1e-10,
          description: 'Gap against steps on rock–paper–scissors: regularised for the methods with a temperature',
        },
      ),
    },
    tables: [
      {
        caption: `The gap of the last iterate from the start to the end (the regularised one where τ > 0; median of five random starts; for paths that do not contract also the largest of the second half of the records), and what it does. It _contracts_ when the last gap is below the first divided by ${formatNumber(thresholds.well)}; else it _spirals outwards_ when the largest gap of the second half is more than ${thresholds.widening} times that of the first; else it _contracts slowly_ when the last gap is below the first divided by ${thresholds.slowly}; else it _circles_. \`optimistic\` begins elsewhere because its first record is the first policy it played, one oracle call after the start:`,
        head: ['method', 'τ', ...games],
        rows: solvers.map((solver) => [
          solver,
          runsOf(loaded, { solver })[0].cell.temperature,
          ...games.map((game) => fateText(fate(solver, game))),
        ]),
      },
    ],
    values: {
      steps: loaded.runs.reduce((most, { cell }) => Math.max(most, cell.steps), 0),
      games: games.length,
      hedge: fate('hedge', rps).last,
      hedgeStart: fate('hedge', rps).first,
      hedgeOut: count('hedge', 'spirals outwards', 'circles'),
      matchingOut: count('regret-matching-plus', 'spirals outwards', 'circles'),
      responseOut: count('best-response', 'spirals outwards', 'circles'),
      descent: count('mirror-descent', 'contracts'),
      extragradient: count('extragradient', 'contracts'),
      nashMd: count('nash-md', 'contracts'),
      magnet: count('moving-magnet', 'contracts'),
      magnetSlowest: Math.max(...games.map((game) => fate('moving-magnet', game).last)),
      optimisticRps: fate('optimistic', rps).last,
      optimisticSlow: fate('optimistic', games[2]).last,
      playLeast: Math.min(...games.map((game) => fate('fictitious-play', game).last)),
      playMost: Math.max(...games.map((game) => fate('fictitious-play', game).last)),
    },
  };
}

export const cycling: ResultSection = {
  experiment: 'cycling',
  title: 'Who spirals and who contracts',
  answer,
  findings: [
    {
      says: 'Hedge ends on rock–paper–scissors at a gap of {hedge} after {steps} steps, having begun at {hedgeStart}; its last iterate and that of regret matching⁺ come to rest on none of the {games} games, whatever their averages do.',
      holds: (v) => v.hedge > v.hedgeStart && v.hedgeOut === v.games && v.matchingOut === v.games,
    },
    {
      says: 'Answering oneself by best responses circles too, on {responseOut} of them, although it is regularised: its step is far beyond what is proven.',
      holds: (v) => v.responseOut >= 2,
    },
    {
      says: 'Mirror descent, extragradient and Nash-MD contract to the regularised equilibrium on all {games}.',
      holds: (v) => v.descent === v.games && v.extragradient === v.games && v.nashMd === v.games,
    },
    {
      says: 'Without a temperature, the moving magnet contracts on {magnet}, to {magnetSlowest} or less; optimism reaches {optimisticRps} on rock–paper–scissors but is still at {optimisticSlow} on the mixed game; fictitious play, whose last iterate is a mean of its plays, creeps to {playLeast} to {playMost}.',
      holds: (v) => v.magnet === v.games && v.optimisticRps < 1e-8 && v.optimisticSlow > 1e-5,
    },
  ],
};
