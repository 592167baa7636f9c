import type { MatrixGame } from '../../src/solve/game.ts';
import { againstAverage } from './average-opponent.ts';
import type { PlayersGame } from './players-game.ts';
import { checkPreferences, writtenRows } from './preference-parts.ts';
import { type PlayersOptions, sharedActions } from './shared-actions.ts';

export interface HeterogeneousGame extends PlayersGame {
  readonly kind: 'heterogeneous';
  /** Who judges for each player, as the two-player game of that judge. */
  readonly preferences: readonly MatrixGame[];
}

/**
 * Each player has a judge of its own (the HT setting of MNPO): player i receives the average of P_i(own action ≻ action of j)
 * over the others j. Every player has a role of its own. The span is the largest of the P_i.
 *
 * The payoffs add up to a constant exactly where all P_i are the same: u_1 + … + u_n = n/2 + Σ_{i<j} (P_i − P_j)(a_i, a_j)/(n − 1).
 * For that to be constant each of these skew matrices must be a difference p(a) − p(b), those differences must add up,
 * (P_i − P_j) + (P_j − P_k) = P_i − P_k, so that P_i − P_j belongs to potentials p_i − p_j, and the part in a_i alone, n·p_i − Σ_j p_j,
 * must be constant for every i: all p_i are equal up to constants, and P_i = P_j.
 */
export function heterogeneousGame(
  preferences: readonly MatrixGame[],
  options: Omit<PlayersOptions, 'roles'> = {},
): HeterogeneousGame {
  const { name = 'heterogeneous', description } = options;
  const players = preferences.length;
  const actions = preferences[0]?.actions[0] ?? 0;
  const labels = options.labels ?? preferences[0]?.labels[0];
  const shared = sharedActions({ name, players, actions, labels, roles: 'own' });
  for (const [k, game] of preferences.entries()) checkPreferences(game, actions, `matrices[${k}]`);
  const [first] = preferences[0].matrices;
  const alike = preferences.every(({ matrices: [{ values }] }) => values.every((p, k) => p === first.values[k]));
  const described = description === undefined ? {} : { description };
  return {
    ...shared,
    name,
    kind: 'heterogeneous',
    sum: alike ? 'constant' : 'general',
    pairwise: true,
    payoffSpan: Math.max(...preferences.map(({ payoffSpan }) => payoffSpan)),
    bytes: players * first.values.byteLength,
    work: { perRun: actions * actions, shared: 0 },
    ...described,
    preferences,
    place(ops) {
      const placed = preferences.map((game) => game.place(ops));
      return {
        tensors: placed.flatMap(({ tensors }) => tensors),
        ...againstAverage(ops, (seat, opponent) => placed[seat].payoffs(0, [opponent, opponent])),
      };
    },
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      kind: 'heterogeneous',
      players,
      labels: shared.labels[0],
      matrices: preferences.map(writtenRows),
      ...described,
    }),
  };
}
