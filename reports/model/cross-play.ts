import type { StoredRun } from '../../experiments/stored.ts';
import { bestResponseGain } from '../../src/metrics/best-response-gain.ts';
import { crossPlay } from '../../src/metrics/cross-play.ts';
import type { Game } from '../../src/solve/game.ts';
import { curveName } from '../words.ts';
import { policiesOf } from './answer.ts';
import { mixedPayoffs, type PayoffVectors, type Policies, payoffsAgainst } from './best-response.ts';
import type { Bundle } from './groups.ts';
import { distinctLabels } from './labels.ts';
import { shownRuns } from './shown-run.ts';

/** An answer among the others. */
export interface CrossPlayAnswer {
  readonly name: string;
  readonly slot: number;
  readonly seed: string;
  /** How often it is played in the equilibrium, mean over the players; absent where none was found. */
  readonly weight?: number;
}

/** The answers of all series against each other, by falling weight in the equilibrium of that game. */
export interface CrossPlayFigure {
  readonly answers: readonly CrossPlayAnswer[];
  /** Payoff of the row's answer where all others play the column's, mean over the players; a win rate in preference games. */
  readonly payoffs: readonly (readonly number[])[];
  /** Best-response gain of the row's answer against the column's, mean over the players; last against the equilibrium. */
  readonly gains: readonly (readonly number[])[];
  /** Why no equilibrium was found. */
  readonly unknown?: string;
  /** Answers beyond those that are shown. */
  readonly left: number;
}

const mostAnswers = 40;

/** Total-variation distance up to which two answers count as one: solvers that agree end at their tolerance apart. */
export const sameWithin = 1e-3;

/** A joint distribution is not what its players do one by one. */
function canPlay(run: StoredRun): boolean {
  return run.joint === undefined && (policiesOf(run)?.flat().every(Number.isFinite) ?? false);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Probabilities of a float32 run add up to 1 only to float32's rounding. */
function normalised(policies: Policies): Policies {
  return policies.map((policy) => {
    const total = policy.reduce((sum, p) => sum + p, 0);
    return policy.map((p) => p / total);
  });
}

function agree(one: Policies, other: Policies): boolean {
  const distances = one.map((policy, role) => policy.reduce((sum, p, a) => sum + Math.abs(p - other[role][a]) / 2, 0));
  return Math.max(...distances) <= sameWithin;
}

/** Each answer as the first one that it agrees with. */
function asFirst(all: readonly Policies[]): Policies[] {
  return all.map((own, i) => all.slice(0, i).find((earlier) => agree(own, earlier)) ?? own);
}

/** Gains of the answers against each, and against the last, `[i][j]`. */
function gainsOf(answers: readonly Policies[], opponents: readonly PayoffVectors[]): number[][] {
  return answers.map((policies) =>
    opponents.map((payoffs) => mean(policies.map((policy, role) => bestResponseGain(policy, payoffs[role])))),
  );
}

/** Cross-play of one answer per series and temperature; nothing for fewer than two that are policies. */
export async function crossPlayOf(game: Game, bundles: readonly Bundle[]): Promise<CrossPlayFigure | undefined> {
  const shown = shownRuns(bundles, canPlay);
  if (shown.length < 2) return undefined;
  const several = new Set(bundles.map(({ temperature }) => temperature)).size > 1;
  const drawn = shown.slice(0, mostAnswers);
  const names = distinctLabels(
    drawn.map(({ bundle: { series, temperature } }) => curveName(series, temperature, several)),
  );
  const profiles = asFirst(drawn.map(({ run }) => normalised(policiesOf(run) ?? [])));
  const { tables, equilibrium, unknown } = await crossPlay(
    game,
    profiles.map((profile, i) => ({ name: names[i], profile })),
  );
  const table = profiles.map((_, i) => profiles.map((__, j) => mean(tables.map((own) => own[i][j]))));
  const weights = profiles.map((_, i) => equilibrium && mean(equilibrium.weights.map((own) => own[i])));
  const order = profiles
    .map((_, i) => i)
    .sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || mean(table[b]) - mean(table[a]) || a - b);
  const vectors = profiles.map(payoffsAgainst(game));
  const opponents = order.map((j) => vectors[j]);
  const known = weights.every((weight) => weight !== undefined) ? [mixedPayoffs(vectors, weights as number[])] : [];
  return {
    answers: order.map((i) => ({
      name: names[i],
      slot: drawn[i].bundle.series.slot,
      seed: drawn[i].run.cell.seed,
      ...(weights[i] === undefined ? {} : { weight: weights[i] }),
    })),
    payoffs: order.map((i) => order.map((j) => table[i][j])),
    gains: gainsOf(
      order.map((i) => profiles[i]),
      [...opponents, ...known],
    ),
    ...(unknown === undefined ? {} : { unknown }),
    left: shown.length - drawn.length,
  };
}
