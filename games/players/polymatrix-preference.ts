import type { MatrixGame } from '../../src/solve/game.ts';
import { againstAverage } from './average-opponent.ts';
import type { PlayersGame } from './players-game.ts';
import { checkPreferences, writtenRows } from './preference-parts.ts';
import { type PlayersOptions, sharedActions } from './shared-actions.ts';

export interface PolymatrixPreferenceGame extends PlayersGame {
  readonly kind: 'polymatrix-preference';
  /** The two-player game that every pair plays. */
  readonly preferences: MatrixGame;
}

/**
 * n players; each receives the average of P(own action ≻ action of j) over the others j (MNPO). The payoffs add up to n/2. The
 * span is that of P: the extreme entries are payoffs against others who all play one action.
 */
export function polymatrixPreferenceGame(
  preferences: MatrixGame,
  players: number,
  options: PlayersOptions = {},
): PolymatrixPreferenceGame {
  const { name = 'polymatrix-preference', description, roles = 'shared' } = options;
  const [actions] = preferences.actions;
  checkPreferences(preferences, actions, 'matrix');
  const labels = options.labels ?? preferences.labels[0];
  const described = description === undefined ? {} : { description };
  return {
    ...sharedActions({ name, players, actions, labels, roles }),
    name,
    kind: 'polymatrix-preference',
    sum: 'constant',
    pairwise: true,
    payoffSpan: preferences.payoffSpan,
    bytes: preferences.matrices[0].values.byteLength,
    work: { perRun: actions * actions, shared: 0 },
    ...described,
    preferences,
    place(ops) {
      const { payoffs, tensors } = preferences.place(ops);
      return { tensors, ...againstAverage(ops, (_seat, opponent) => payoffs(0, [opponent, opponent])) };
    },
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      kind: 'polymatrix-preference',
      players,
      roles,
      labels,
      matrix: writtenRows(preferences),
      ...described,
    }),
  };
}
