import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { median } from '../../reports/model/spread.ts';
import { formatNumber } from '../../reports/number.ts';
import { type Method, methodName, methods, runsOfMethod } from './multiplayer-methods.ts';
import { gapPerPlayer, offPooledEquilibrium, widestDistance } from './multiplayer-policies.ts';
import { convergedCount, medianFinal } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const judged = [2, 3, 10].map((n) => `transitive-cyclic:n=6,share=0.7,seed=3 with ${n} players`);
const [two, , ten] = judged;
const oneJudge = [...judged, 'annotators:groups=3,n=6,seed=1 with 3 players'];
const ownJudges = 'annotators:groups=3,n=6,seed=1 with a player per group';
const everyGame = [...oneJudge, ownJudges];

const { mnpo, smallStep, others } = methods;
const withPast = [methods.timeDependent, methods.recent, methods.movingAverage];

const stepsOf = (runs: readonly StoredRun[]): number[] => runs.map(({ result }) => result.steps);
const ratios = (of: readonly number[], to: readonly number[]): number[] => of.map((value, k) => value / to[k]);

/** Steps to the tolerance where all runs came to it, or what of the gap is left. */
function reached(runs: readonly StoredRun[]): string {
  if (convergedCount(runs) === runs.length) return `${formatNumber(median(stepsOf(runs)))} steps`;
  const rests = runs.every(({ result }) => result.code === 'stalled');
  return `${rests ? 'rests' : 'ends'} at ${formatNumber(gapPerPlayer(runs))}`;
}

/** The distance of the last two recorded steps, in per cent. */
function recordSpacing({ history: { step } }: StoredRun): number {
  return 100 * (step[step.length - 1] / step[step.length - 2] - 1);
}

/** The first recorded step with a regularised gap below a millionth. */
function stepsToMillionth(run: StoredRun): number {
  const at = columnOf(run, 'last', 'regularized-gap')?.findIndex((gap) => gap < 1e-6) ?? -1;
  return run.history.step[at] ?? Number.NaN;
}

function answer(loaded: LoadedExperiment): Answer {
  const at = (method: Method, game: string): readonly StoredRun[] => runsOfMethod(loaded, method, game);
  const across = (method: Method, games: readonly string[]): readonly StoredRun[] =>
    games.flatMap((game) => at(method, game));
  const regret = (method: Method, game: string): number => medianFinal(at(method, game), 'max-regret');
  const apart = (method: Method): number => medianFinal(at(method, ownJudges), 'disagreement');
  const own = across(mnpo, oneJudge);
  const mirror = across(others, oneJudge);
  const ofMirror = ratios(stepsOf(own), stepsOf(mirror));
  const past = withPast.flatMap((method) => across(method, everyGame));
  const ofPresent = withPast.flatMap((method) =>
    ratios(stepsOf(across(method, everyGame)), stepsOf(across(others, everyGame))),
  );
  const offPooled = (method: Method): number[] => at(method, ownJudges).map((run) => offPooledEquilibrium(loaded, run));
  const perPlayer = (method: Method): number[] => judged.map((game) => gapPerPlayer(at(method, game)));
  const league = perPlayer(methods.league);
  const external = perPlayer(methods.external);
  return {
    tables: [
      {
        caption: `Median steps until the regularised gap of all players together is below 1e-9, or the part of each player in the gap it _rests_ at, or _ends_ at after ${formatNumber(own[0].cell.steps)} steps. Then, for ten players of one judge and for a player per group: what one of them can win at most in the game as it is; and the largest distance (total variation) between two of the players per group. \`mirror-descent\` and \`td-mnpo\` are named with their opponents:`,
        head: [
          'method',
          'one judge, two players',
          'three',
          'ten',
          'pooled groups, three',
          'a player per group',
          'most to win, ten',
          'most to win, per group',
          'distance, per group',
        ],
        rows: Object.values<Method>(methods).map((method) => [
          methodName(method),
          ...everyGame.map((game) => reached(at(method, game))),
          regret(method, ten),
          regret(method, ownJudges),
          apart(method),
        ]),
      },
    ],
    values: {
      arrived: convergedCount(own),
      runs: own.length,
      same: widestDistance([...across(mnpo, judged), ...at(others, two)]),
      leastRatio: Math.min(...ofMirror),
      largestRatio: Math.max(...ofMirror),
      spacing: Math.max(...mirror.map(recordSpacing)),
      mnpoRegret: regret(mnpo, ten),
      mirrorRegret: regret(others, ten),
      twoSteps: median(stepsOf(at(mnpo, two))),
      tenSteps: median(stepsOf(at(mnpo, ten))),
      smallStep: smallStep.stepSize,
      slower: median(ratios(across(smallStep, oneJudge).map(stepsToMillionth), own.map(stepsToMillionth))),
      ownRests: at(mnpo, ownJudges).filter(({ result }) => result.code === 'stalled').length,
      ownRuns: at(mnpo, ownJudges).length,
      ownGap: gapPerPlayer(at(mnpo, ownJudges)),
      ownApart: apart(mnpo),
      smallApart: apart(smallStep),
      offPooled: Math.max(...offPooled(mnpo)),
      offPooledSmall: Math.max(...offPooled(smallStep)),
      offPooledMirror: Math.min(...offPooled(others)),
      mnpoOwnRegret: regret(mnpo, ownJudges),
      mirrorOwnRegret: regret(others, ownJudges),
      mirrorApart: apart(others),
      mirrorOwnArrived: convergedCount(at(others, ownJudges)),
      mirrorOwnSteps: median(stepsOf(at(others, ownJudges))),
      pastArrived: convergedCount(past),
      pastRuns: past.length,
      pastLeast: Math.min(...ofPresent),
      pastMost: Math.max(...ofPresent),
      averageGap: Math.max(...everyGame.map((game) => gapPerPlayer(at(methods.average, game)))),
      itselfGap: gapPerPlayer(at(methods.itself, ownJudges)),
      itselfArrived: convergedCount(across(methods.itself, oneJudge)),
      external: external[0],
      externalSpread: Math.max(...external) - Math.min(...external),
      externalRegret: regret(methods.external, ten),
      league: league[0],
      leagueSpread: Math.max(...league) - Math.min(...league),
      leagueRegret: regret(methods.league, ten),
      leagueOwnRegret: regret(methods.league, ownJudges),
    },
  };
}

export const multiplayer: ResultSection = {
  experiment: 'multiplayer',
  title: 'More players, other opponents',
  answer,
  findings: [
    {
      says: 'For players of one judge, MNPO reaches the regularised equilibrium of two players whatever their number: {arrived} of {runs} runs arrive, and the policies of two, three and ten players, and those of two by mirror descent, differ by {same} at most (total variation).',
      holds: (v) => v.arrived === v.runs && v.same < 1e-3,
    },
    {
      says: 'Mirror descent whose players keep policies of their own does as well: MNPO takes {leastRatio} to {largestRatio} of its steps, at most the {spacing} per cent that lie between two records, and is no harder to beat: in the game as it is one of ten players can win {mnpoRegret} against either.',
      holds: (v) =>
        v.largestRatio <= 1 &&
        v.leastRatio >= 1 - v.spacing / 100 &&
        Math.abs(v.mnpoRegret / v.mirrorRegret - 1) < 1e-3,
    },
    {
      says: 'The step counts for more than the players: from two to ten of them the median goes from {twoSteps} to {tenSteps} steps, while at η = {smallStep} a gap below a millionth takes {slower} times as long.',
      holds: (v) => v.tenSteps / v.twoSteps < 1.25 && v.slower > 5,
    },
    {
      says: 'Where each player has a judge of its own, MNPO comes to rest away from any equilibrium, at a regularised gap of {ownGap} for each player, in {ownRests} of {ownRuns} runs: players that start from the mean of the others pool their judges. They end {ownApart} apart ({smallApart} with the small step), and their mean policy is within {offPooled} ({offPooledSmall}) of its own regularised best response under all judges together, while that of mirror descent’s players is {offPooledMirror} off.',
      holds: (v) =>
        v.ownRests === v.ownRuns &&
        v.ownGap > 0.01 &&
        v.smallApart < v.ownApart &&
        v.offPooledSmall < v.offPooled &&
        v.offPooled < 0.1 * v.offPooledMirror,
    },
    {
      says: 'Mirror descent against the present others gets to the regularised equilibrium in {mirrorOwnArrived} of {ownRuns} runs, in a median of {mirrorOwnSteps} steps; there the players are {mirrorApart} apart, and one can win {mirrorOwnRegret} where it could win {mnpoOwnRegret} from MNPO.',
      holds: (v) =>
        v.mirrorOwnArrived === v.ownRuns &&
        v.mirrorOwnRegret < 0.5 * v.mnpoOwnRegret &&
        v.mirrorApart > 10 * v.ownApart,
    },
    {
      says: 'Recent policies and moving averages as opponents change the path and not its end, also with judges of their own: {pastArrived} of {pastRuns} runs arrive, in {pastLeast} to {pastMost} times the steps. The average of the whole past creeps and leaves each player {averageGap} or less.',
      holds: (v) => v.pastArrived === v.pastRuns && v.pastLeast >= 1 && v.averageGap < 1e-3 && v.averageGap > 1e-9,
    },
    {
      says: 'Against copies of themselves players of one judge arrive too ({itselfArrived} of {runs} runs), players per group, which then never see the others, do not ({itselfGap} each).',
      holds: (v) => v.itselfArrived === v.runs && v.itselfGap > 0.01,
    },
    {
      says: 'Against a frozen reference they stop at the best response to it, {external} each for two, three and ten (to {externalSpread}), and among ten one can win {externalRegret}.',
      holds: (v) => v.externalSpread < 1e-9 && v.externalRegret > 1.5 * v.mirrorRegret,
    },
    {
      says: 'A league ends at {league} each (to {leagueSpread}); in the game as it is its policy is harder to beat than the regularised equilibrium among ten players ({leagueRegret}), and no harder per group ({leagueOwnRegret}).',
      holds: (v) =>
        v.league > 1e-4 &&
        v.leagueSpread < 0.01 * v.league &&
        v.leagueRegret < v.mirrorRegret &&
        v.leagueOwnRegret >= v.mirrorOwnRegret,
    },
  ],
};
