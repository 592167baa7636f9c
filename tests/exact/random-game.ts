import type { PayoffArrays } from '../../src/exact/payoff-arrays.ts';
import { stream } from '../../src/random/streams.ts';

/** A game of 2 to 4 players with few actions; half of them with payoffs 0, 1, 2, so that ties abound. */
export function randomGame(name: string, trial: number): PayoffArrays {
  const { integer, uniform } = stream(name, trial);
  const players = 2 + integer(3);
  const actions = Array.from({ length: players }, () => 1 + integer(players === 2 ? 5 : 3));
  const count = actions.reduce((product, each) => product * each, 1);
  const tied = uniform() < 0.5;
  const scale = 10 ** (integer(13) - 6);
  const payoff = (): number => scale * (tied ? integer(3) : uniform());
  return { actions, payoffs: actions.map(() => Float64Array.from({ length: count }, payoff)) };
}

/** A distribution over its joint actions. */
export function randomJoint(name: string, trial: number, { actions }: PayoffArrays): Float64Array {
  const { uniform } = stream(name, trial);
  const count = actions.reduce((product, each) => product * each, 1);
  const weights = Float64Array.from({ length: count }, () => (uniform() < 0.3 ? 0 : uniform()) + 1e-3);
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}
