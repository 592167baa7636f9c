import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { gameFamily } from './family.ts';
import { actionCount, playerCount, seedParameter } from './parameters.ts';
import { type PolymatrixEdge, polymatrixGame } from './players/polymatrix.ts';

/** Pairs of neighbours: next to each other on a circle, or all pairs. */
function pairsOf(players: number, graph: 'cycle' | 'complete'): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < players; i++)
    for (let j = i + 1; j < players; j++)
      if (graph === 'complete' || j === i + 1 || (i === 0 && j === players - 1)) pairs.push([i, j]);
  return pairs;
}

export const polymatrix = gameFamily({
  name: 'polymatrix',
  summary: 'players on a graph with a random bimatrix game on every edge',
  parameters: z.strictObject({
    players: playerCount(100, 3),
    n: actionCount(1, 3),
    graph: z
      .enum(['cycle', 'complete'])
      .default('cycle')
      .describe('cycle (neighbours on a circle) or complete (all pairs); cycle if not given'),
    sum: z
      .enum(['zero', 'general'])
      .default('zero')
      .describe('payoffs on every edge: zero (what one receives the other pays) or general; zero if not given'),
    seed: seedParameter,
  }),
  positional: ['players', 'n'],
  examples: ['polymatrix:players=4,n=3,seed=1', 'polymatrix:players=3,n=2,graph=complete,sum=general'],
  randomness: 'seed',
  build({ players, n, graph, sum, seed }, name) {
    const edges = pairsOf(players, graph).map((ends): PolymatrixEdge => {
      const { uniform } = stream(seed, 'game', 'polymatrix', n, ...ends);
      const draw = () => Array.from({ length: n }, () => Array.from({ length: n }, () => 2 * uniform() - 1));
      const own = draw();
      return { players: ends, payoffs: [own, sum === 'zero' ? own.map((row) => row.map((x) => 0 - x)) : draw()] };
    });
    const places = graph === 'cycle' ? 'on a circle' : 'who all meet';
    return polymatrixGame(edges, players, {
      name,
      description: `${players} players ${places}, with ${n} actions; ${sum}-sum payoffs of every meeting drawn uniformly from [−1, 1) (seed ${seed}).`,
    });
  },
});
