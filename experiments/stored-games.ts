import { readGameDocument } from '../games/read-json.ts';
import type { Game } from '../src/solve/game.ts';
import type { StoredGame } from './stored.ts';

/** Games read from their documents; batches of one game follow each other, so the last one is enough. */
export interface StoredGames {
  has(hash: string): boolean;
  /** @param name used where the document has none. */
  game(hash: string, document: StoredGame | undefined, name: string): Game;
}

export function storedGames(): StoredGames {
  let last: { readonly hash: string; readonly game: Game } | undefined;
  return {
    has: (hash) => last?.hash === hash,
    game(hash, document, name) {
      const known = last?.hash === hash ? last : { hash, game: readGameDocument(document, name) };
      last = known;
      return known.game;
    },
  };
}
