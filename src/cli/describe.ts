import { sizesText } from '../core/sizes.ts';
import type { Game } from '../solve/game.ts';

/** The `game` object of `solve --json` and `inspect --json`. */
export interface GameSummary {
  readonly name: string;
  readonly kind: string;
  readonly players: number;
  /** Per role. */
  readonly actions: readonly number[];
  readonly labels: readonly (readonly string[])[];
}

export function gameSummary(game: Game): GameSummary {
  const { name, kind, roleOf, actions, labels } = game;
  return { name, kind, players: roleOf.length, actions, labels };
}

/** `rps · preference game, 2 players, 3 actions`. */
export function gameLine(game: Game): string {
  return `${game.name} · ${game.kind} game, ${game.roleOf.length} players, ${sizesText(game.actions)} actions`;
}
