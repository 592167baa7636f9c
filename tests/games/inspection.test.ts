import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { completePreferences } from '../../games/complete.ts';
import { bradleyTerryFit } from '../../games/inspection/bradley-terry-fit.ts';
import { condorcetWinner } from '../../games/inspection/condorcet.ts';
import { cyclicTriples } from '../../games/inspection/cyclic-triples.ts';
import { cyclicShare } from '../../games/inspection/hodge.ts';
import { smithSet } from '../../games/inspection/smith-set.ts';
import { inspectGame } from '../../games/inspection/summary.ts';
import { normalFormGame } from '../../games/players/normal-form.ts';
import type { PayoffTensor } from '../../games/players/payoff-tensor.ts';
import { matrixFromRows } from '../../games/rows.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { fitStrengths } from '../../src/exact/strengths.ts';
import { strongComponents } from '../../src/exact/strong-components.ts';
import { withMatrix } from '../with-matrix.ts';
import { anyOrder, preferenceRows, reordered } from './matrices.ts';
import { ratingReference } from './reference.ts';

const matrix = (rows: number[][]) => matrixFromRows(rows, 'matrix');
const order = (n: number) => completePreferences(n, () => 1);

/** Preference rows together with an order of their actions. */
const relabelled = preferenceRows.chain((rows) => anyOrder(rows.length).map((by) => ({ rows, by })));

describe('majorities', () => {
  test('the Smith set is the smallest set whose members beat all others (by trying all sets)', () => {
    fc.assert(
      fc.property(preferenceRows, (rows) => {
        const n = rows.length;
        const dominant = Array.from({ length: 2 ** n - 1 }, (_, k) =>
          rows.map((_row, a) => a).filter((a) => ((k + 1) >> a) & 1),
        ).filter((set) => set.every((a) => rows.every((_row, b) => set.includes(b) || rows[a][b] > 0.5)));
        const smallest = dominant.reduce((best, set) => (set.length < best.length ? set : best));
        expect(smithSet(matrix(rows))).toEqual(smallest);
      }),
    );
  });

  test('relabelling the actions permutes the Smith set and the Condorcet winner, and keeps every number', () => {
    fc.assert(
      fc.property(relabelled, ({ rows, by }) => {
        const [here, there] = [matrix(rows), matrix(reordered(rows, by))];
        expect(new Set(smithSet(there).map((action) => by[action]))).toEqual(new Set(smithSet(here)));
        const winner = condorcetWinner(there);
        expect(winner === undefined ? undefined : by[winner]).toBe(condorcetWinner(here));
        expect(cyclicTriples(there)).toEqual(cyclicTriples(here));
        const [share, other] = [cyclicShare(here), cyclicShare(there)];
        if (share === undefined) expect(other).toBeUndefined();
        else expect(other).toBeCloseTo(share, 12);
        const [fit, same] = [bradleyTerryFit(here), bradleyTerryFit(there)];
        expect(same.finite).toBe(fit.finite);
        expect(same.maxError).toBeCloseTo(fit.maxError, 8);
        expect(same.meanError).toBeCloseTo(fit.meanError, 8);
      }),
    );
  });

  test('a Condorcet winner is exactly a Smith set of one, and a tie is no win', () => {
    fc.assert(
      fc.property(preferenceRows, (rows) => {
        const set = smithSet(matrix(rows));
        expect(condorcetWinner(matrix(rows))).toBe(set.length === 1 ? set[0] : undefined);
      }),
    );
    expect(
      condorcetWinner(
        matrix([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ),
    ).toBeUndefined();
  });

  test('a win needs more than ½ one way and less than ½ the other, within the tolerance of P + Pᵀ = 1 too', () => {
    for (const [here, back] of [
      [0.5, 0.5 - 1e-10],
      [0.5 + 1e-10, 0.5],
    ])
      expect(
        condorcetWinner(
          matrix([
            [0.5, here],
            [back, 0.5],
          ]),
        ),
      ).toBeUndefined();
  });

  test('cyclic and decisive triples are those found one by one', () => {
    const rows = completePreferences(40, (a, b) => [0, 0.5, 1, 0.7][(a * 7 + b * b * 3 + a * b) % 4]);
    const wins = (a: number, b: number) => rows[a][b] > 0.5;
    const counted = { count: 0, decisive: 0, total: 0 };
    for (let a = 0; a < 40; a++)
      for (let b = 0; b < a; b++)
        for (let c = 0; c < b; c++) {
          counted.total += 1;
          if (rows[a][b] !== 0.5 && rows[b][c] !== 0.5 && rows[c][a] !== 0.5) counted.decisive += 1;
          if ((wins(a, b) && wins(b, c) && wins(c, a)) || (wins(b, a) && wins(c, b) && wins(a, c))) counted.count += 1;
        }
    expect(cyclicTriples(matrix(rows))).toEqual(counted);
    expect(counted.count).toBeGreaterThan(0);
  });
});

describe('cyclic share', () => {
  test('is 1 for rock–paper–scissors, 0 for additive margins, near 1/3 for a transitive order of certain wins', () => {
    expect(cyclicShare(catalogueGame('rps').matrices[0])).toBe(1);
    expect(cyclicShare(matrix(completePreferences(7, (a, b) => 0.5 + 0.05 * (b - a))))).toBeCloseTo(0, 15);
    // (n − 2) / (3n): energy n(n − 1) against n·Σ (2s_a)² of the mean margins.
    expect(cyclicShare(matrix(order(200)))).toBeCloseTo(198 / 600, 12);
    expect(
      cyclicShare(
        matrix([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('Bradley–Terry fit', () => {
  test('recovers the strengths of a Bradley–Terry game without error', () => {
    const fit = bradleyTerryFit(withMatrix(catalogueGame('bradley-terry:40,3')).matrices[0]);
    expect(fit.finite).toBe(true);
    expect(fit.maxError).toBeLessThan(1e-13);
    expect(fit.strengths?.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 10);
  });

  test('recovers strengths far apart: odds of e^20', () => {
    const strengths = [20, 0, -3, 7];
    const rows = completePreferences(4, (a, b) => 1 / (1 + Math.exp(strengths[b] - strengths[a])));
    const fit = bradleyTerryFit(matrix(rows));
    for (const [a, r] of strengths.entries())
      expect((fit.strengths ?? [])[a] - (fit.strengths ?? [])[1]).toBeCloseTo(r, 5);
    expect(fit.maxError).toBeLessThan(1e-14);
  });

  test('is the stationary point of the likelihood: expected wins equal actual wins', () => {
    // Rounding in the Newton system of this one once stopped the fit at 5e-10.
    const hard = [
      [0.5, 0, 0.5, 0.25, 1, 1],
      [1, 0.5, 0.5, 0.7, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0, 0.5],
      [0.75, 0.30000000000000004, 0.5, 0.5, 1, 0.5],
      [0, 1, 1, 0, 0.5, 1],
      [0, 1, 0.5, 0.5, 0, 0.5],
    ];
    fc.assert(
      fc.property(preferenceRows, (rows) => {
        const { strengths } = bradleyTerryFit(matrix(rows));
        if (strengths === undefined) return;
        for (const [a, row] of rows.entries()) {
          const expected = strengths.reduce((sum, r) => sum + 1 / (1 + Math.exp(r - strengths[a])), 0);
          const actual = row.reduce((sum, p) => sum + p, 0);
          expect(Math.abs(expected - actual)).toBeLessThan(1e-13);
        }
      }),
      { examples: [[hard]] },
    );
  });

  test('agrees with evalica and choix on their published examples', () => {
    const { data, bt_scores_sum1: scores } = ratingReference('evalica_simple');
    const wins = new Float64Array(25);
    for (const { left, right, winner } of data as { left: string; right: string; winner: string }[]) {
      const [a, b] = [Number(left), Number(right)];
      wins[a * 5 + b] += winner === 'left' ? 1 : winner === 'tie' ? 0.5 : 0;
      wins[b * 5 + a] += winner === 'right' ? 1 : winner === 'tie' ? 0.5 : 0;
    }
    const odds = fitStrengths(5, wins).strengths.map(Math.exp);
    const total = odds.reduce((sum, value) => sum + value, 0);
    for (const [k, value] of odds.entries()) expect(value / total).toBeCloseTo(scores[k], 12);
    const choix = ratingReference('choix_testcase-pairwise-1');
    const cycle = new Float64Array(9);
    for (const [a, b] of choix.data as [number, number][]) cycle[a * 3 + b] += 1;
    expect(fitStrengths(3, cycle).strengths).toEqual(choix.ml_est);
  });

  test('says so where no finite fit exists, and measures the limit: certain tiers cost no error', () => {
    expect(bradleyTerryFit(matrix(order(5)))).toEqual({
      finite: false,
      tiers: [[0], [1], [2], [3], [4]],
      maxError: 0,
      meanError: 0,
    });
    // A certain winner over rock–paper–scissors: the error is that of the cycle.
    const rows = completePreferences(4, (a, b) => (a === 0 ? 1 : (b - a) % 2));
    const fit = bradleyTerryFit(matrix(rows));
    expect(fit).toMatchObject({ finite: false, tiers: [[0], [1, 2, 3]], maxError: 0.5, meanError: 0.25 });
    expect(fit.strengths).toBeUndefined();
  });
});

describe('strong components', () => {
  test('are the classes of mutual reachability, those that reach others first', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((n) => fc.array(fc.boolean(), { minLength: n * n, maxLength: n * n }).map((edges) => ({ n, edges })));
    fc.assert(
      fc.property(graph, ({ n, edges }) => {
        const reach = edges.map((edge, k) => edge || Math.floor(k / n) === k % n);
        for (let m = 0; m < n; m++)
          for (let a = 0; a < n; a++)
            for (let b = 0; b < n; b++) reach[a * n + b] ||= reach[a * n + m] && reach[m * n + b];
        const components = strongComponents(n, (a, b) => edges[a * n + b]);
        expect(components.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
        components.forEach((component, k) => {
          for (const a of component)
            components.forEach((other, later) => {
              for (const b of other) {
                if (k === later) expect(reach[a * n + b]).toBe(true);
                if (later < k) expect(reach[a * n + b]).toBe(false);
              }
            });
        });
      }),
    );
  });
});

describe('inspectGame', () => {
  test('counts what is equal up to rounding as equal among pure equilibria, and all actions of a constant game', () => {
    const pure = (payoffs: readonly PayoffTensor[]) => inspectGame(normalFormGame(payoffs)).pureEquilibria;
    const own = [[[0.1 + 0.2]], [[0.3]], [[0.3 - 1e-9]], [[-1]]];
    const others = own.map(() => [[1]]);
    expect(pure([own, others, others])).toEqual({
      count: 2,
      profiles: [
        ['1', '1', '1'],
        ['2', '1', '1'],
      ],
    });
    expect(pure([[[[7, 7]]], [[[7, 7]]], [[[7, 7]]]])?.count).toBe(2);
  });

  test('says labels, symmetry and sum; what does not apply is absent', () => {
    expect(inspectGame(catalogueGame('rps'))).toEqual({
      sum: 'constant',
      symmetric: true,
      payoffSpan: 1,
      smithSet: ['rock', 'paper', 'scissors'],
      cyclicTriples: { count: 1, decisive: 1, total: 1 },
      cyclicShare: 1,
      bradleyTerry: { finite: true, strengths: [0, 0, 0], maxError: 0.5, meanError: 0.5 },
    });
    expect(
      inspectGame(
        zeroSumGame([
          [0, 1],
          [-1, 0],
        ]),
      ),
    ).toEqual({ sum: 'constant', symmetric: true, payoffSpan: 2 });
    expect(
      inspectGame(
        zeroSumGame([
          [1, -1],
          [-1, 1],
        ]),
      ).symmetric,
    ).toBe(false);
    expect(inspectGame(zeroSumGame([[0, 0, 0]])).symmetric).toBe(false);
    const dilemma = bimatrixGame(
      [
        [5, 0],
        [10, 1],
      ],
      [
        [5, 10],
        [0, 1],
      ],
    );
    expect(inspectGame(dilemma)).toEqual({
      sum: 'general',
      symmetric: true,
      payoffSpan: 10,
      pureEquilibria: { count: 1, profiles: [['2', '2']] },
    });
    expect(
      inspectGame(
        bimatrixGame(
          [
            [3, 0],
            [0, 2],
          ],
          [
            [2, 0],
            [0, 3],
          ],
        ),
      ).symmetric,
    ).toBe(false);
  });

  test('works on one action', () => {
    const properties = inspectGame(catalogueGame('random:1'));
    expect(properties).toMatchObject({ condorcetWinner: '1', smithSet: ['1'], cyclicTriples: { count: 0, total: 0 } });
    expect(properties.cyclicShare).toBeUndefined();
  });
});
