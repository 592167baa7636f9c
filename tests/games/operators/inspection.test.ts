import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import { condorcetWinner as matrixWinner } from '../../../games/inspection/condorcet.ts';
import { cyclicTriples } from '../../../games/inspection/cyclic-triples.ts';
import { inspectGame } from '../../../games/inspection/summary.ts';
import { bradleyTerryGame } from '../../../games/operators/bradley-terry.ts';
import { formedGame } from '../../../games/operators/formed.ts';
import { largestScore } from '../../../games/operators/largest-score.ts';
import { isOperatorGame } from '../../../games/operators/operator-game.ts';
import { temporaryFolder } from '../files.ts';
import { normalEmbeddings, operatorSamples } from './samples.ts';

const { folder } = temporaryFolder();

describe('inspection without a matrix', () => {
  test.each(Object.entries(operatorSamples(folder, 450)))('%s: agrees with that of the matrix', (_name, game) => {
    const { condorcetWinner, sampledTriples, payoffSpan, notMeasured } = inspectGame(game);
    const formed = formedGame(game);
    const winner = matrixWinner(formed.matrices[0]);
    expect(condorcetWinner).toBe(winner === undefined ? undefined : String(winner + 1));
    expect(payoffSpan).toBeGreaterThanOrEqual(formed.payoffSpan * (1 - 1e-14));
    const { count, total } = cyclicTriples(formed.matrices[0]) as NonNullable<ReturnType<typeof cyclicTriples>>;
    const { cyclic, sample } = sampledTriples as NonNullable<typeof sampledTriples>;
    // Five standard errors of a share of 20,000 triples.
    expect(Math.abs(cyclic / sample - count / total)).toBeLessThan(5 / (2 * Math.sqrt(sample)));
    expect(Object.keys(notMeasured ?? {})).toEqual(expect.arrayContaining(['smithSet', 'cyclicShare', 'equilibrium']));
  });

  test('finds the winner of a transitive game wherever it stands', () => {
    for (const best of [0, 7, 499]) {
      const scores = Float64Array.from({ length: 500 }, (_, a) => (a === best ? 1 : -((a * 37) % 500)));
      expect(inspectGame(bradleyTerryGame(scores)).condorcetWinner).toBe(String(best + 1));
    }
  });

  test('works on one and two actions', () => {
    expect(inspectGame(bradleyTerryGame(Float64Array.of(3)))).toMatchObject({ condorcetWinner: '1', payoffSpan: 0 });
    expect(inspectGame(bradleyTerryGame(Float64Array.of(3, 3))).condorcetWinner).toBeUndefined();
  });
});

describe('the largest score', () => {
  test('beyond the budget is a bound above the exact one', () => {
    for (const rank of [2, 4, 8]) {
      const embeddings = normalEmbeddings(60, rank);
      const [exact, bound] = [largestScore(embeddings), largestScore(embeddings, 0)];
      expect([exact.exact, bound.exact]).toEqual([true, false]);
      expect(bound.value).toBeGreaterThan(exact.value);
      expect(bound.value).toBeLessThan(4 * exact.value);
    }
  });

  test('the bound is attained by two embeddings at right angles', () => {
    const embeddings = { actions: 2, rank: 4, values: Float64Array.of(3, 0, 4, 0, 0, 3, 0, 4) };
    expect([largestScore(embeddings).value, largestScore(embeddings, 0).value]).toEqual([25, 25]);
  });
});

describe('the family low-rank', () => {
  test.each([
    ['linear', 2],
    ['linear', 8],
    ['sigmoid', 4],
  ])('%s, rank %d: has preferences in [0, 1], below and above the size that is formed', (link, rank) => {
    for (const n of [400, 401]) {
      const game = catalogueGame(`low-rank:n=${n},rank=${rank},link=${link},seed=1`);
      expect(isOperatorGame(game)).toBe(n > 400);
      expect(game.payoffSpan).toBeGreaterThan(0.5);
      expect(game.payoffSpan).toBeLessThanOrEqual(1);
    }
  });

  test('of many actions keeps its payoffs and span when it is formed', () => {
    const large = catalogueGame('low-rank:n=401,rank=4,seed=5');
    if (!isOperatorGame(large)) throw new Error('a matrix');
    const formed = formedGame(large);
    expect(formed.payoffSpan).toBeCloseTo(large.payoffSpan, 14);
    expect(formed.name).toBe('low-rank:n=401,rank=4,link=sigmoid,seed=5');
  });
});
