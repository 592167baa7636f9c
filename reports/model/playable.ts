import type { LoadedExperiment, StoredGame } from '../../experiments/stored.ts';
import { readGameDocument } from '../../games/read-json.ts';
import type { Game } from '../../src/solve/game.ts';
import { distinctLabels } from './labels.ts';

/** Actions of a player beyond which a report computes no payoffs. */
const mostActions = 5000;

/** A report is a function of its store alone: games whose numbers lie in files of their own are not read. */
function isWhole({ kind, embeddings, file }: StoredGame): boolean {
  return kind !== 'preference-file' && file === undefined && typeof embeddings !== 'string';
}

/** Its labels as a report shows them: no two alike, whatever the store says. */
function named(stored: StoredGame): StoredGame {
  const { labels } = stored;
  const lists = labels.every((label) => typeof label === 'string')
    ? distinctLabels(labels)
    : labels.map(distinctLabels);
  return { ...stored, labels: lists };
}

/** The stored game of a hash as one that payoffs can be asked of; nothing where it is not whole, or large. */
export function playableGame(experiments: readonly LoadedExperiment[], hash: string): Game | undefined {
  const stored = experiments.find((loaded) => Object.hasOwn(loaded.games, hash))?.games[hash];
  if (stored === undefined || !isWhole(stored)) return undefined;
  const game = readGameDocument(named(stored), stored.name);
  return game.actions.every((count) => count <= mostActions) ? game : undefined;
}
