import { NashlabError } from '../../src/core/errors.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import type { Game } from '../../src/solve/game.ts';
import { logistic } from '../operators/logistic.ts';
import { choiceMatrices, choiceNodes } from './choice-nodes.ts';
import { companies, joinOthers, power } from './everyone-else.ts';
import type { PlayersGame } from './players-game.ts';
import { type PlayersOptions, sharedActions } from './shared-actions.ts';

/** The game of being chosen first: payoff e^(r_a)/Σ_j e^(r_(a_j)) over all players j, the own included. */
export interface PlackettLuceGame extends PlayersGame {
  readonly kind: 'plackett-luce';
  readonly scores: Float64Array;
}

/** Both matrices together take at most 4 GB. */
const largestMatrices = 2 ** 29;

/** Scores less their largest. Throws `bad-game` naming one that is no finite number. */
function belowLargest(scores: Float64Array): Float64Array {
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0)
    throw new NashlabError('bad-game', {
      what: `score ${scores[bad]}`,
      where: `scores[${bad}]`,
      expected: 'a finite number (a logarithm of a strength)',
    });
  const largest = scores.reduce((top, score) => Math.max(top, score), -Infinity);
  return scores.map((score) => score - largest);
}

/**
 * Payoffs of the seats from survival φ_j = E·π_j, `[B, nodes]`, and the density D: seat i receives D·Π_{j≠i} φ_j. Seats of one
 * policy tensor share all of it. Cost: two products of K·nodes for each distinct policy.
 */
function placeChoice(survival: Float64Array, density: Float64Array, actions: number): Game['place'] {
  const nodes = survival.length / actions;
  return (ops) => {
    const alive = ops.tensor(survival, [1, nodes, actions]);
    const chosen = ops.tensor(density, [1, actions, nodes]);
    return {
      tensors: [alive, chosen],
      payoffs(seat, policies) {
        const factors = companies(policies, seat).map(({ policy, seats }) =>
          power(ops, ops.matVec(alive, policy), seats.length),
        );
        return ops.matVec(
          chosen,
          factors.reduce((product, factor) => ops.mul(product, factor)),
        );
      },
      everyone(policies) {
        const groups = companies(policies);
        const factors = groups.map(({ policy }) => ops.matVec(alive, policy));
        const all = groups.map(({ seats }, k) => power(ops, factors[k], seats.length));
        const payoffs = new Array<Tensor>(policies.length);
        for (const [k, others] of joinOthers(all, ops.mul).entries()) {
          const { seats } = groups[k];
          const company = seats.length > 1 ? power(ops, factors[k], seats.length - 1) : undefined;
          const product =
            others === undefined || company === undefined ? (others ?? company) : ops.mul(others, company);
          // There are at least two players: others, or company.
          const payoff = ops.matVec(chosen, product as Tensor);
          for (const seat of seats) payoffs[seat] = payoff;
        }
        return payoffs;
      },
    };
  };
}

/**
 * The probability of being chosen of the worst action against the best of all others, and of the best against the worst:
 * σ(∓spread − log(n − 1)).
 */
export function choiceRange(scores: ArrayLike<number>, players: number): [low: number, high: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < scores.length; k++) {
    least = Math.min(least, scores[k]);
    most = Math.max(most, scores[k]);
  }
  const others = Math.log(players - 1);
  return [logistic(least - most - others), logistic(most - least - others)];
}

/**
 * n players each name an action, and one of them is chosen with probability e^(r_a)/Σ_j e^(r_(a_j)) (Plackett–Luce); for
 * two players that is Bradley–Terry. Payoffs are exact to rounding for any n (`choice-nodes.ts`), O(K·nodes) for each distinct
 * policy instead of O(Kⁿ). They add up to 1. The span is exact.
 *
 * Where all players share a policy π the payoffs are monotone, for any n: with φ(t) = Σ_k π(k)·e^(−w_k t), ψ = φ − φ′ for
 * another policy π′, and S = Σ_k φ^k·φ′^(n−2−k), which falls in t, ⟨u(π) − u(π′), π − π′⟩ = −∫ψ̇·ψ·S dt = ½∫ψ²·Ṡ dt ≤ 0. Players
 * with policies of their own have terms ½∫ψ_i·ψ_j·σ̇_k dt for n = 3, of any sign.
 * @param scores r, logarithms of the strengths.
 */
export function plackettLuceGame(
  scores: Float64Array,
  players: number,
  options: PlayersOptions = {},
): PlackettLuceGame {
  const { name = 'plackett-luce', labels, description, roles = 'shared' } = options;
  const actions = scores.length;
  const shared = sharedActions({ name, players, actions, labels, roles });
  const relative = belowLargest(scores);
  const spread = relative.reduce((most, score) => Math.max(most, -score), 0);
  const nodes = choiceNodes(spread, players);
  const count = nodes.last - nodes.first + 1;
  if (2 * count * actions > largestMatrices)
    throw new NashlabError('too-large', {
      what: `scores that differ by ${spread} take ${count} nodes for each of ${actions} actions`,
      where: `game "${name}"`,
      expected: `at most ${largestMatrices / 2} of them in all: fewer actions, or a smaller spread of scores`,
    });
  let placed: Game['place'] | undefined;
  const place: Game['place'] = (ops) => {
    if (placed === undefined) {
      const { survival, density } = choiceMatrices(relative, nodes);
      placed = placeChoice(survival, density, actions);
    }
    return placed(ops);
  };
  const [lowest, highest] = choiceRange(relative, players);
  const described = description === undefined ? {} : { description };
  return {
    ...shared,
    name,
    kind: 'plackett-luce',
    sum: 'constant',
    ...(roles === 'shared' ? { monotone: true as const } : {}),
    payoffSpan: highest - lowest,
    bytes: 16 * count * actions,
    work: { perRun: 2 * count * actions, shared: 0 },
    ...described,
    scores,
    place,
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      kind: 'plackett-luce',
      players,
      roles,
      labels: shared.labels[0],
      scores: Array.from(scores),
      ...described,
    }),
  };
}
