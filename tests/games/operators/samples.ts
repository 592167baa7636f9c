import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completePreferences } from '../../../games/complete.ts';
import { bradleyTerryGame } from '../../../games/operators/bradley-terry.ts';
import type { Embeddings } from '../../../games/operators/embeddings.ts';
import { lowRankGame } from '../../../games/operators/low-rank.ts';
import { type BinaryFormat, numberFile } from '../../../games/operators/matrix-file.ts';
import type { OperatorGame } from '../../../games/operators/operator-game.ts';
import { type ComparedPair, sparseGame } from '../../../games/operators/sparse.ts';
import { streamedGame } from '../../../games/operators/streamed.ts';
import { stream } from '../../../src/random/streams.ts';

/** Embeddings of normal numbers. */
export function normalEmbeddings(actions: number, rank: number): Embeddings {
  const { normal } = stream('operators', 'embeddings', actions, rank);
  return { actions, rank, values: Float64Array.from({ length: actions * rank }, normal) };
}

/** Writes numbers as they are: a raw binary file. */
export function writeNumbers(path: string, values: readonly number[], format: BinaryFormat): string {
  writeFileSync(path, Buffer.from((format === 'f64' ? Float64Array : Float32Array).from(values).buffer));
  return path;
}

function comparedPairs(actions: number): ComparedPair[] {
  const { uniform, integer } = stream('operators', 'pairs', actions);
  const seen = new Set<string>();
  return Array.from({ length: 5 * actions }, () => [integer(actions), integer(actions), uniform()] as const).filter(
    ([a, b]) => {
      const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
      if (a === b || seen.has(key)) return false;
      seen.add(key);
      return true;
    },
  );
}

/** A random preference matrix in a file. */
export function matrixFile(folder: string, actions: number, format: BinaryFormat): OperatorGame {
  const { uniform } = stream('operators', 'matrix', actions);
  const path = join(folder, `${actions}.${format}`);
  writeNumbers(path, completePreferences(actions, uniform).flat(), format);
  return streamedGame(numberFile(path, path, format));
}

/** Every kind of game without a matrix, of about `actions` actions. */
export function operatorSamples(folder: string, actions: number, rank = 4): Readonly<Record<string, OperatorGame>> {
  const { normal } = stream('operators', 'scores', actions);
  const scores = Float64Array.from({ length: actions }, () => 2 * normal());
  const embeddings = normalEmbeddings(actions, rank);
  return {
    'low rank, sigmoid': lowRankGame(embeddings, { scale: 1.5 }),
    'low rank, linear': lowRankGame(embeddings, { scale: 0.01, link: 'linear' }),
    'Bradley–Terry by nodes': bradleyTerryGame(scores),
    'Bradley–Terry in blocks': bradleyTerryGame(scores.map((score) => 200 * score)),
    sparse: sparseGame(actions, comparedPairs(actions)),
    'a file of float64': matrixFile(folder, actions, 'f64'),
  };
}
