import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { payoffsAgainst } from '../../reports/model/best-response.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { playableGame } from '../../reports/model/playable.ts';
import { median } from '../../reports/model/spread.ts';
import { formatNumber } from '../../reports/number.ts';
import { convergedCount, finals, largestFinal, medianFinal, runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const judged = [2, 3, 10].map((n) => `transitive-cyclic:n=6,share=0.7,seed=3 with ${n} players`);
const pooled = 'annotators:groups=3,n=6,seed=1 with 3 players';
const oneJudge = [...judged, pooled];
const ownJudges = 'annotators:groups=3,n=6,seed=1 with a player per group';
const smallStep = 0.05;

interface Method {
  readonly solver: string;
  readonly population?: string;
  readonly stepSize?: number;
}

const mnpo: Method = { solver: 'mnpo' };
const small: Method = { solver: 'mnpo', stepSize: smallStep };
const dependent: Method = { solver: 'td-mnpo', population: 'recent:k=3,weights=3/2/1' };
const mirrorAgainst = (population: string): Method => ({ solver: 'mirror-descent', population });
const others = mirrorAgainst('others');
const itself = mirrorAgainst('self');
const recent = mirrorAgainst('recent:k=4');
const moving = mirrorAgainst('ema:memory=0.8');
const average = mirrorAgainst('average');
const league = mirrorAgainst('league:every=50');
const external = mirrorAgainst('external');
const methods = [mnpo, small, dependent, others, itself, recent, moving, average, league, external];

const nameOf = ({ solver, population, stepSize }: Method): string =>
  [solver, ...(stepSize === undefined ? [] : [`η = ${stepSize}`]), ...(population === undefined ? [] : [population])].join(
    ', ',
  );

function on(loaded: LoadedExperiment, { solver, population, stepSize }: Method, game: string): readonly StoredRun[] {
  const runs = runsOf(loaded, { solver, game, params: { stepSize } });
  const met = runs.filter(({ cell }) => cell.given.population === population);
  if (met.length === 0) throw new Error(`${loaded.experiment.name}: ${solver} did not meet ${population}`);
  return met;
}

const stepsOf = (runs: readonly StoredRun[]): number => median(runs.map(({ result }) => result.steps));
const policies = (run: StoredRun): readonly (readonly number[])[] => run.iterates.last?.profile ?? [];

/** The largest total-variation distance between the policies of any players of any of the runs. */
function widest(runs: readonly StoredRun[]): number {
  const all = runs.flatMap(policies);
  const distance = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, p, action) => sum + Math.abs(p - other[action]) / 2, 0);
  return Math.max(...all.flatMap((one) => all.map((other) => distance(one, other))));
}

/** The regularised gap of the players together, over their number. */
function gapPerPlayer(runs: readonly StoredRun[]): number {
  return median(finals(runs, 'regularized-gap').map((gap, k) => gap / policies(runs[k]).length));
}

/** The steps after which all runs had reached the tolerance, or what they left. */
function reached(runs: readonly StoredRun[]): string {
  const left = formatNumber(gapPerPlayer(runs));
  return convergedCount(runs) === runs.length ? `${formatNumber(stepsOf(runs))} steps` : `stays at ${left}`;
}

/** How far the mean policy of the players is, in total variation, from its regularised best response to itself by all judges pooled. */
function offPooledEquilibrium(loaded: LoadedExperiment, run: StoredRun): number {
  const game = playableGame([loaded], run.cell.game.hash);
  if (game === undefined) throw new Error(`${run.cell.game.name} cannot be played`);
  const own = policies(run);
  const mean = own[0].map((_, action) => own.reduce((sum, policy) => sum + policy[action], 0) / own.length);
  const judges = payoffsAgainst(game)(own.map(() => mean));
  const weights = mean.map((_, action) =>
    Math.exp(judges.reduce((sum, payoffs) => sum + payoffs[action], 0) / judges.length / run.cell.temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return mean.reduce((sum, p, action) => sum + Math.abs(p - weights[action] / total) / 2, 0);
}

/** How far a recorded step is from the one before, as a part of it, at the end of a run. */
function recordSpacing({ history: { step } }: StoredRun): number {
  return step[step.length - 1] / step[step.length - 2] - 1;
}

/** The first recorded step with a regularised gap below a millionth. */
function stepsToMillionth(run: StoredRun): number {
  const at = columnOf(run, 'last', 'regularized-gap')?.findIndex((gap) => gap < 1e-6) ?? -1;
  return run.history.step[at] ?? Number.NaN;
}

function answer(loaded: LoadedExperiment): Answer {
  const at = (method: Method, game: string): readonly StoredRun[] => on(loaded, method, game);
  const across = (method: Method, games: readonly string[]): readonly StoredRun[] =>
    games.flatMap((game) => at(method, game));
  const regret = (method: Method, game: string): number => medianFinal(at(method, game), 'max-regret');
  const apart = (method: Method): number => medianFinal(at(method, ownJudges), 'disagreement');
  const own = across(mnpo, oneJudge);
  const mirror = across(others, oneJudge);
  const steps = (runs: readonly StoredRun[]): number[] => runs.map((run) => run.result.steps);
  const ratios = steps(own).map((count, k) => count / mirror[k].result.steps);
  const slower = across(small, oneJudge).map((run, k) => stepsToMillionth(run) / stepsToMillionth(own[k]));
  const perPlayer = (method: Method): number[] => judged.map((game) => gapPerPlayer(at(method, game)));
  const [two, , ten] = judged;
  const pasts = [dependent, recent, moving];
  return {
    tables: [
      {
        caption: `Median steps until the regularised gap of all players together is below 1e-9, or what of it is left for each player after ${formatNumber(own[0].cell.steps)} steps or at rest. Then, of ten players and of a player per group: what one of them can win at most in the game as it is, and the largest distance (total variation) between two of their policies. \`mirror-descent\` is named with its opponents:`,
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
        rows: methods.map((method) => [
          nameOf(method),
          ...[...oneJudge, ownJudges].map((game) => reached(at(method, game))),
          regret(method, ten),
          regret(method, ownJudges),
          apart(method),
        ]),
      },
    ],
    values: {
      arrived: convergedCount(own),
      runs: own.length,
      same: widest(across(mnpo, judged)),
      fewest: Math.min(...steps(own)),
      most: Math.max(...steps(own)),
      mirrorFewest: Math.min(...steps(mirror)),
      mirrorMost: Math.max(...steps(mirror)),
      leastRatio: Math.min(...ratios),
      largestRatio: Math.max(...ratios),
      spacing: 100 * Math.max(...mirror.map(recordSpacing)),
      mnpoRegret: regret(mnpo, ten),
      mirrorRegret: regret(others, ten),
      twoSteps: stepsOf(at(mnpo, two)),
      tenSteps: stepsOf(at(mnpo, ten)),
      smallStep,
      slower: median(slower),
      smallArrived: convergedCount(across(small, oneJudge)),
      ownGap: gapPerPlayer(at(mnpo, ownJudges)),
      ownStart: median(at(mnpo, ownJudges).map((run) => columnOf(run, 'last', 'regularized-gap')?.[0] ?? Number.NaN)) / 3,
      ownApart: apart(mnpo),
      smallApart: apart(small),
      offPooled: Math.max(...at(mnpo, ownJudges).map((run) => offPooledEquilibrium(loaded, run))),
      offPooledSmall: Math.max(...at(small, ownJudges).map((run) => offPooledEquilibrium(loaded, run))),
      offPooledMirror: Math.min(...at(others, ownJudges).map((run) => offPooledEquilibrium(loaded, run))),
      mnpoOwnRegret: regret(mnpo, ownJudges),
      mirrorOwnRegret: regret(others, ownJudges),
      mirrorApart: apart(others),
      mirrorOwnSteps: stepsOf(at(others, ownJudges)),
      pastArrived: pasts.map((method) => convergedCount(across(method, [...oneJudge, ownJudges]))).reduce((a, b) => a + b),
      pastRuns: pasts.map((method) => across(method, [...oneJudge, ownJudges]).length).reduce((a, b) => a + b),
      averageGap: Math.max(...[...oneJudge, ownJudges].map((game) => gapPerPlayer(at(average, game)))),
      itselfGap: gapPerPlayer(at(itself, ownJudges)),
      itselfArrived: convergedCount(across(itself, oneJudge)),
      externalLeast: Math.min(...perPlayer(external)),
      externalLargest: Math.max(...perPlayer(external)),
      externalRegret: regret(external, ten),
      leagueLeast: Math.min(...perPlayer(league)),
      leagueLargest: Math.max(...perPlayer(league)),
      leagueRegret: regret(league, ten),
      leagueOwnRegret: regret(league, ownJudges),
      leagueArrived: convergedCount(across(league, [...oneJudge, ownJudges])),
    },
  };
}
export { answer as __answer };
