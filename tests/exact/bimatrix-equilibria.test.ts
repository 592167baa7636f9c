import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { effort, polytopeVertices } from '../../src/exact/best-response-polytope.ts';
import { type BimatrixEquilibria, bimatrixEquilibria } from '../../src/exact/bimatrix-equilibria.ts';
import { components } from '../../src/exact/equilibrium-components.ts';
import { stream } from '../../src/random/streams.ts';
import { type ReferenceGame, reference } from '../reference.ts';
import { referenceGame } from './reference-arrays.ts';

/** An entry as a game that keeps its fractions. */
const exactGame = ({ id, payoffs }: ReferenceGame) => readGameDocument({ kind: 'bimatrix', payoffs }, id);
const found = (id: string) => bimatrixEquilibria(exactGame(referenceGame(id)));

const twoPlayer = reference.games.filter(({ players }) => players === 2);
type Listed = { payoffs: (string | number)[]; profile: (string | number)[][] };
const text = (profile: readonly (readonly (string | number)[])[], payoffs: readonly (string | number)[]): string =>
  JSON.stringify([profile.map((policy) => policy.map(String)), payoffs.map(String)]);

/** Solves a square system by Gauss–Jordan elimination in doubles; undefined when it is singular. */
function solved(system: number[][]): number[] | undefined {
  const work = system.map((row) => [...row]);
  const n = work.length;
  for (let c = 0; c < n; c++) {
    const pivot = work
      .slice(c)
      .reduce((best, row, k) => (Math.abs(row[c]) > Math.abs(work[best][c]) ? c + k : best), c);
    if (Math.abs(work[pivot][c]) < 1e-9) return undefined;
    [work[c], work[pivot]] = [work[pivot], work[c]];
    for (let r = 0; r < n; r++)
      if (r !== c) {
        const factor = work[r][c] / work[c][c];
        work[r] = work[r].map((value, k) => value - factor * work[c][k]);
      }
  }
  return work.map((row, c) => row[n] / row[c]);
}

function subsets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, k) => k).flatMap((last) =>
    subsets(last, size - 1).map((rest) => [...rest, last]),
  );
}

/** Vertices (x, v) of {x ≥ 0, Σ x = 1, Σ_i reply[j][i]·x_i ≤ v}: every choice of n tight conditions, solved in doubles. */
function verticesByChoice(reply: readonly (readonly number[])[]): number[][] {
  const n = reply[0].length;
  const conditions = [
    ...Array.from({ length: n }, (_, i) => Array.from({ length: n + 2 }, (_, c) => (c === i ? 1 : 0))),
    ...reply.map((row) => [...row.map((u) => -u), 1, 0]),
  ];
  const sum = [...Array.from({ length: n }, () => 1), 0, 1];
  const points = subsets(conditions.length, n)
    .map((tight) => solved([...tight.map((k) => conditions[k]), sum]))
    .filter((point) => point !== undefined)
    .filter((point) => conditions.every((row) => point.reduce((total, x, c) => total + row[c] * x, 0) > -1e-9));
  return points.filter(
    (point, k) => points.findIndex((other) => other.every((x, c) => Math.abs(x - point[c]) < 1e-9)) === k,
  );
}

/** All extreme equilibria from those vertices: pairs without regret. */
function equilibriaByChoice(a: number[][], b: number[][]): number[][][] {
  const turned = b[0].map((_, j) => b.map((row) => row[j]));
  const pairs = verticesByChoice(turned).flatMap((x) =>
    verticesByChoice(a).map((y) => [x.slice(0, -1), y.slice(0, -1)]),
  );
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((total, value, k) => total + value * y[k], 0);
  const regret = (own: number[], other: number[], payoffs: number[][]): number => {
    const earned = payoffs.map((row) => dot(row, other));
    return Math.max(...earned) - dot(own, earned);
  };
  return pairs.filter(([x, y]) => regret(x, y, a) < 1e-9 && regret(y, x, turned) < 1e-9);
}

const rounded = (profiles: readonly (readonly (readonly number[])[])[]): string[] =>
  profiles
    .map((profile) => profile.map((policy) => policy.map((p) => Math.abs(p).toFixed(8)).join(' ')).join(' | '))
    .sort();

describe('all equilibria of reference games', () => {
  it('there are at least 33 bimatrix and 23 zero-sum games', () => {
    expect(twoPlayer.filter(({ kind }) => kind === 'bimatrix').length).toBeGreaterThanOrEqual(33);
    expect(twoPlayer.filter(({ kind }) => kind === 'zero_sum').length).toBeGreaterThanOrEqual(23);
  });

  it.each(twoPlayer.map((entry) => [entry.id, entry] as const))(
    '%s: exactly those listed, with their payoffs',
    (_, entry) => {
      const { extremes } = bimatrixEquilibria(exactGame(entry));
      const computed = extremes.map(({ exactProfile, exactPayoffs }) => text(exactProfile, exactPayoffs));
      const listed = (entry.equilibria as unknown as Listed[]).map(({ profile, payoffs }) => text(profile, payoffs));
      const { extreme_equilibria_count: count } = entry as { extreme_equilibria_count?: number };
      // One entry names an equilibrium of many and no count.
      if (count === undefined) expect(computed).toEqual(expect.arrayContaining(listed));
      else expect([...computed].sort()).toEqual([...listed].sort());
      expect(computed).toHaveLength(count ?? computed.length);
    },
  );

  const parts = ({ components }: BimatrixEquilibria) => components.map(({ extremes }) => extremes);

  it('degenerate ones fall into isolated equilibria and continua', () => {
    const degenerate = found('vonstengel_3x2_degenerate');
    expect(parts(degenerate)).toEqual([[0, 1], [2]]);
    expect(degenerate.components.map(({ continuum }) => continuum)).toEqual([true, false]);
    expect(parts(found('vonstengel_6x6_75eq_small'))).toHaveLength(75);
    // By hand: row policies A = (1, 0, 0), B = (½, ½, 0), C = (0, 0, 1), the column's mirrored; {A, B, C} × {C}, {B, C} × {B, C}
    // and {C} × {A, B, C} are the maximal products.
    const { components } = found('gambit_deg1');
    expect(components).toHaveLength(1);
    expect(components[0].products.map((corners) => corners.length).sort()).toEqual([3, 3, 4]);
  });

  it.each(twoPlayer.map((entry) => [entry.id, entry] as const))(
    '%s: any two policies of a product of its equilibria go together',
    (_, entry) => {
      const { extremes, components } = bimatrixEquilibria(exactGame(entry));
      const policy = (k: number, seat: number): string => extremes[k].exactProfile[seat].join();
      expect(components.flatMap((component) => component.extremes).sort((a, b) => a - b)).toEqual([...extremes.keys()]);
      for (const { products, extremes: members } of components) {
        expect(new Set(products.flat())).toEqual(new Set(members));
        for (const corners of products) {
          const [rowPolicies, columnPolicies] = [0, 1].map((seat) => new Set(corners.map((k) => policy(k, seat))));
          expect(corners).toHaveLength(rowPolicies.size * columnPolicies.size);
        }
      }
    },
  );
});

describe('all equilibria', () => {
  it.each(Array.from({ length: 60 }, (_, trial) => trial))(
    'are those of all choices of tight conditions: random game %i',
    (trial) => {
      const { integer } = stream('bimatrix', trial);
      const [m, n] = [1 + integer(4), 1 + integer(4)];
      const values = trial % 2 === 0 ? 3 : 50;
      const draw = () => Array.from({ length: m }, () => Array.from({ length: n }, () => integer(values) - 1));
      const [a, b] = [draw(), draw()];
      const { extremes } = bimatrixEquilibria(bimatrixGame(a, b));
      expect(extremes.length).toBeGreaterThan(0);
      expect(rounded(extremes.map(({ profile }) => profile))).toEqual(rounded(equilibriaByChoice(a, b)));
    },
  );

  it.each(Array.from({ length: 10 }, (_, trial) => trial))(
    'and in degenerate games of 0 and 1: random game %i',
    (trial) => {
      const { integer } = stream('bimatrix of 0 and 1', trial);
      const draw = () => Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => integer(2)));
      const [a, b] = [draw(), draw()];
      const { extremes } = bimatrixEquilibria(bimatrixGame(a, b));
      expect(rounded(extremes.map(({ profile }) => profile))).toEqual(rounded(equilibriaByChoice(a, b)));
    },
  );

  it('of the coordination game of n actions are 2ⁿ − 1', () => {
    const identity = Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (_, j) => (i === j ? 1 : 0)));
    expect(bimatrixEquilibria(bimatrixGame(identity, identity)).extremes).toHaveLength(511);
  });

  it('take decimals as they are written, and seat a preference game twice', () => {
    const third = bimatrixEquilibria(
      preferenceGame([
        [0.5, 0.4, 0.9],
        [0.6, 0.5, 0.3],
        [0.1, 0.7, 0.5],
      ]),
    );
    expect(third.extremes.map(({ exactProfile }) => exactProfile)).toEqual([
      [
        ['2/7', '4/7', '1/7'],
        ['2/7', '4/7', '1/7'],
      ],
    ]);
    expect(third.extremes[0].exactPayoffs).toEqual(['1/2', '1/2']);
  });

  it('are refused beyond 24 actions, beyond too much work, and without a matrix', () => {
    const wide = Array.from({ length: 2 }, () => new Array<number>(23).fill(0));
    expect(() => bimatrixEquilibria(bimatrixGame(wide, wide))).toThrow(/2 × 23 actions; expected .* at most 24/);
    const { spend } = effort('this game');
    expect(() => spend(1e9)).toThrow(/this game: .* too many vertices/);
    expect(() => bimatrixEquilibria(catalogueGame('blotto:8,4'))).toThrow(/all equilibria of/);
  });

  it('fall into maximal products: two rows that share only one of their columns have it in common', () => {
    const [component, alone] = components([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 2],
      [5, 5],
    ]);
    expect(component.extremes).toEqual([0, 1, 2, 3]);
    expect(component.products.map((corners) => corners.join()).sort()).toEqual(['0,1', '1,2', '2,3']);
    expect(alone).toEqual({ continuum: false, extremes: [4], products: [[4]] });
  });

  it('come from polytopes whose vertices are tight where they say', () => {
    const vertices = polytopeVertices(
      [
        [3n, 1n],
        [1n, 3n],
      ],
      effort('a test'),
    );
    expect(vertices.map(({ weights, value, tight }) => [weights.join(), value, tight])).toEqual(
      expect.arrayContaining([
        ['1,0', 3n, 0b0110],
        ['0,1', 3n, 0b1001],
        ['1,1', 4n, 0b1100],
      ]),
    );
    expect(vertices).toHaveLength(3);
  });
});
