import type { Game } from './game.ts';

/**
 * Remembers what was computed of a game under a key, for as long as the game lives.
 * @param most of one game; when another comes, all of them are forgotten.
 */
export function rememberedPerGame<Value>(most = 256): (game: Game, key: string, compute: () => Value) => Value {
  const known = new WeakMap<Game, Map<string, Value>>();
  return (game, key, compute) => {
    const ofGame = known.get(game) ?? new Map<string, Value>();
    known.set(game, ofGame);
    const found = ofGame.get(key);
    if (found !== undefined) return found;
    const value = compute();
    if (ofGame.size >= most) ofGame.clear();
    ofGame.set(key, value);
    return value;
  };
}

/** A row of numbers as part of a key. */
export function rowKey(row: Float64Array): string {
  return Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('base64');
}
