import { NashlabError } from '../core/errors.ts';
import { stream } from '../random/streams.ts';
import { type Annotator, judge, logSum, type State } from './mixture-likelihood.ts';
import { fitStrengths } from './strengths.ts';
import { strongComponents } from './strong-components.ts';

export interface MixtureOptions {
  /** Number of groups. */
  readonly groups: number;
  readonly seed: string | number;
  /** Starts that are tried; the best is kept. */
  readonly restarts?: number;
  /** Each annotator wholly in its likeliest group (classification EM), instead of by responsibility. */
  readonly hard?: boolean;
  /** Ties added to each pair of each group, which keep rewards finite where comparisons are few. */
  readonly prior?: number;
  readonly mostRounds?: number;
}

/** Groups of annotators with Bradley–Terry rewards, the largest group first. */
export interface RewardMixture {
  /** w_g, adding up to 1; groups that nobody is left in are dropped. */
  readonly weights: readonly number[];
  /** r_g, mean 0, `[G][n]`. */
  readonly rewards: readonly Float64Array[];
  /** How probable it is that annotator k belongs to group g, `[K][G]`; 0 or 1 for `hard`. */
  readonly responsibilities: readonly Float64Array[];
  /** What rises with every round: the log-likelihood (of `hard`, that of the assignments) with that of the prior's ties. */
  readonly objective: readonly number[];
  /** Σ_k log Σ_g w_g Π σ(r_g,a − r_g,b)^wins of the answer. */
  readonly logLikelihood: number;
}

/** Responsibilities of the groups for one annotator; the likeliest alone where `hard`. */
function shares(scores: readonly number[], hard: boolean): Float64Array {
  if (!hard) return Float64Array.from(scores, (score) => Math.exp(score - logSum(scores)));
  const best = scores.indexOf(Math.max(...scores));
  return Float64Array.from(scores, (_, g) => (g === best ? 1 : 0));
}

/** The best rewards for wins that count as often as somebody is responsible for them. */
function fitted(annotators: readonly Annotator[], weightOf: (k: number) => number, n: number, prior: number) {
  const wins = new Float64Array(n * n).fill(prior / 2);
  for (let a = 0; a < n; a++) wins[a * n + a] = 0;
  annotators.forEach((annotator, k) => {
    const weight = weightOf(k);
    if (weight === 0) return;
    for (const { a, b, winsOfA, winsOfB } of annotator) {
      wins[a * n + b] += weight * winsOfA;
      wins[b * n + a] += weight * winsOfB;
    }
  });
  const connected = prior > 0 || strongComponents(n, (a, b) => wins[a * n + b] > 0).length === 1;
  const fit = connected ? fitStrengths(n, wins) : undefined;
  if (fit !== undefined && fit.residual <= 1e-9) return Float64Array.from(fit.strengths);
  throw new NashlabError('not-applicable', {
    what: `the Bradley–Terry rewards of a group of annotators are not finite with a prior of ${prior}`,
    expected:
      'a prior above 0, or groups whose members let every item win against every other, directly or through others',
  });
}

/** Starts at the rewards of as many different annotators as there are groups. */
function firstState(
  annotators: readonly Annotator[],
  n: number,
  options: Required<MixtureOptions>,
  restart: number,
): State {
  const { groups, seed, prior } = options;
  const { integer } = stream(seed, 'groups by EM', groups, restart);
  const left = Array.from(annotators.keys());
  const chosen = Array.from({ length: groups }, () => left.splice(integer(left.length), 1)[0]);
  return {
    logWeights: chosen.map(() => -Math.log(groups)),
    rewards: chosen.map((who) => fitted(annotators, (k) => (k === who ? 1 : 0), n, Math.max(prior, seedPrior))),
  };
}

/** Of one annotator alone, who may not have compared all items. */
const seedPrior = 0.1;
/** Rounds end where the objective rises by less than this share of itself. */
const smallestRise = 1e-12;

/** A climb so far. */
interface Climb {
  readonly state: State;
  readonly objective: readonly number[];
  /** log w_g + log-likelihood of each annotator in each group. */
  readonly scores: readonly (readonly number[])[];
  readonly done: boolean;
}

function measured(
  annotators: readonly Annotator[],
  state: State,
  options: Required<MixtureOptions>,
  past?: Climb,
): Climb {
  const { scores, ties } = judge(annotators, state, options.prior);
  const each = scores.map((own) => (options.hard ? Math.max(...own) : logSum(own)));
  const now = each.reduce((sum, value) => sum + value, ties);
  const before = past?.objective.at(-1);
  const done = before !== undefined && now - before <= smallestRise * Math.abs(now);
  return { state, objective: [...(past?.objective ?? []), now], scores, done };
}

/** Some more rounds of EM. */
function climbOn(
  annotators: readonly Annotator[],
  from: Climb,
  options: Required<MixtureOptions>,
  rounds: number,
): Climb {
  const { groups, hard, prior } = options;
  const n = from.state.rewards[0].length;
  let at = from;
  for (let round = 0; round < rounds && !at.done; round++) {
    const shared = at.scores.map((own) => shares(own, hard));
    const mass = Array.from({ length: groups }, (_, g) => shared.reduce((sum, row) => sum + row[g], 0));
    const state = {
      logWeights: mass.map((value) => Math.log(value / annotators.length)),
      rewards: mass.map((_, g) => fitted(annotators, (k) => shared[k][g], n, prior)),
    };
    at = measured(annotators, state, options, at);
  }
  return at;
}

/** Rounds after which the highest of all starts goes on alone. */
const trialRounds = 15;

/**
 * Groups of annotators learned from their comparisons: a mixture of Bradley–Terry models by expectation–maximisation.
 *
 *   q_kg ∝ w_g·Π σ(r_g,a − r_g,b)^(wins of a over b by k);   w_g = mean of q_kg;   r_g the fit to Σ_k q_kg·wins_k
 *
 * Every round solves both halves, so the objective never falls; it may end in a local maximum, hence the restarts, which
 * begin at the rewards of random annotators (stream `groups by EM`); the highest after 15 rounds goes on. What MaxMin-RLHF (Chakraborty et al. 2024) learns its
 * groups by.
 * @param annotators comparisons of each. @param n number of items.
 * @throws `bad-option` for more groups than annotators, `not-applicable` where rewards are not finite.
 */
export function rewardMixture(annotators: readonly Annotator[], n: number, given: MixtureOptions): RewardMixture {
  const options = { restarts: 8, hard: false, prior: 0.1, mostRounds: 1000, ...given };
  const { groups, restarts } = options;
  if (!(Number.isInteger(groups) && groups >= 1 && groups <= annotators.length))
    throw new NashlabError('bad-option', {
      what: `${groups} groups of ${annotators.length} annotators`,
      expected: `a whole number of groups in 1 … ${annotators.length}`,
    });
  const trials = Array.from({ length: restarts }, (_, restart) =>
    climbOn(
      annotators,
      measured(annotators, firstState(annotators, n, options, restart), options),
      options,
      trialRounds,
    ),
  );
  const height = ({ objective }: Climb): number => objective[objective.length - 1];
  const highest = trials.reduce((top, trial) => (height(trial) > height(top) ? trial : top));
  const { state, objective, scores } = climbOn(annotators, highest, options, options.mostRounds);
  const weights = state.logWeights.map(Math.exp);
  const order = weights.map((_, g) => g).filter((g) => weights[g] > 0);
  order.sort((g, h) => weights[h] - weights[g] || g - h);
  return {
    weights: order.map((g) => weights[g]),
    rewards: order.map((g) => state.rewards[g]),
    responsibilities: scores.map((own) => {
      const row = shares(own, options.hard);
      return Float64Array.from(order, (g) => row[g]);
    }),
    objective,
    logLikelihood: scores.reduce((sum, own) => sum + logSum(own), 0),
  };
}
