import { z } from 'zod';

/** More actions than this are refused: the matrix alone takes 200 MB. */
export const largestGame = 5000;

/** Number of actions of a generated game. */
export function actionCount(smallest: number, otherwise: number) {
  return z
    .number()
    .int()
    .min(smallest)
    .max(largestGame)
    .default(otherwise)
    .describe(`number of actions, an integer in ${smallest} … ${largestGame}; ${otherwise} if not given`);
}

/** Name of a random draw. */
export const seedParameter = z
  .string()
  .min(1)
  .default('0')
  .describe('seed of the draw, a number or a word; 0 if not given');

/** Most actions of a game without a matrix. */
const largestOperator = 10_000_000;

/** Number of actions of a generated game that needs no matrix. */
export function operatorCount(smallest: number, otherwise: number) {
  return z
    .number()
    .int()
    .min(smallest)
    .max(largestOperator)
    .default(otherwise)
    .describe(`number of actions, an integer in ${smallest} … ${largestOperator}; ${otherwise} if not given`);
}

/** Number of players. */
export function playerCount(largest: number, otherwise: number) {
  return z
    .number()
    .int()
    .min(2)
    .max(largest)
    .default(otherwise)
    .describe(`number of players, an integer in 2 … ${largest}; ${otherwise} if not given`);
}

/** Whether all players play one policy. */
export const rolesParameter = z
  .enum(['shared', 'own'])
  .default('shared')
  .describe('shared (all players play one policy) or own (each a policy of its own); shared if not given');
