import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueGame, gameCatalogue, gameParameterNames, withSeed } from '../../games/catalogue.ts';
import { playersKinds } from '../../games/game-document.ts';
import { cyclicShare } from '../../games/inspection/hodge.ts';
import { rowsOf } from '../../games/rows.ts';
import { gameDocument } from '../../games/write-json.ts';
import { withMatrix } from '../with-matrix.ts';
import { referenceGame } from './reference.ts';
import { thrown } from './thrown.ts';

const seeds = fc.integer({ min: 0, max: 1e9 });

function preferences(text: string): number[][] {
  return rowsOf(withMatrix(catalogueGame(text)).matrices[0]);
}

describe('every family', () => {
  const families = Object.values(gameCatalogue);

  test('is listed under its own name, and its examples are games of that family', () => {
    for (const [name, family] of Object.entries(gameCatalogue)) {
      expect(family.name).toBe(name);
      for (const example of family.examples) expect(catalogueGame(example).name.split(':')[0]).toBe(name);
    }
  });

  test('describes every parameter, and works without any', () => {
    for (const family of families) {
      for (const schema of Object.values(family.parameters.shape))
        expect((schema as { description?: string }).description).toBeTruthy();
      expect(['preference', 'bimatrix', ...playersKinds]).toContain(catalogueGame(family.name).kind);
    }
  });

  test('of two players satisfies P + Pᵀ = 1 with entries in [0, 1], for any seed and size', () => {
    const pairs = families.filter((family) => family.make({}).kind === 'preference');
    expect(pairs.length).toBeGreaterThanOrEqual(11);
    for (const family of pairs) {
      const parameters = Object.keys(family.parameters.shape);
      fc.assert(
        fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, size) => {
          const given = {
            ...(parameters.includes('n') ? { n: 2 * size + 1 } : {}),
            ...(parameters.includes('seed') ? { seed } : {}),
          };
          const [{ values, rows: n }] = withMatrix(family.make(given)).matrices;
          for (let a = 0; a < n; a++)
            for (let b = 0; b < n; b++) {
              const [own, other] = [values[a * n + b], values[b * n + a]];
              if (!(own >= 0 && own <= 1 && Math.abs(own + other - 1) <= 1e-15))
                throw new Error(`${family.name} at ${a}, ${b}: ${own} + ${other}`);
            }
        }),
        { numRuns: parameters.includes('n') ? 30 : 1 },
      );
    }
  });

  test('has one name for all spellings of a game, and that name gives the game back bit for bit', () => {
    for (const [text, same] of [
      ['random:6,7', 'random:seed=7, n=6'],
      ['blotto', 'blotto:10,3'],
      ['transitive-cyclic:5,.25,x', 'transitive-cyclic:5,seed=x,share=0.25'],
      ['movies:director=Tim Burton,items=8', 'movies:items=8,director=Tim Burton'],
    ]) {
      const game = catalogueGame(text);
      expect(catalogueGame(same).name).toBe(game.name);
      expect(withMatrix(catalogueGame(game.name)).matrices).toEqual(withMatrix(game).matrices);
    }
  });

  test('that is drawn at random differs between seeds, and is the same for the same seed', () => {
    for (const { name, randomness } of families) {
      if (randomness === undefined) continue;
      const numbers = (seed: number) => {
        const { name: _, description: __, ...rest } = gameDocument(catalogueGame(`${name}:seed=${seed}`));
        return rest;
      };
      expect(numbers(1)).toEqual(numbers(1));
      expect(numbers(1)).not.toEqual(numbers(2));
    }
  });
});

describe('families', () => {
  test('rps is the reference game pref_rps_n2', () => {
    const expected = referenceGame('pref_rps_n2').preference_matrix.map((row) =>
      row.map((entry) => (entry === '1/2' ? 0.5 : entry)),
    );
    expect(preferences('rps')).toEqual(expected);
  });

  test('blotto:3,3 is (M + 1)/2 of the reference game blotto_3_3, actions in the same order', () => {
    const reference = referenceGame('blotto_3_3');
    const game = catalogueGame('blotto:3,3');
    expect(game.labels[0]).toEqual(reference.action_labels[0]);
    expect(rowsOf(game.matrices[0])).toEqual(reference.payoffs[0].map((row) => row.map((m) => (m + 1) / 2)));
  });

  test('cyclic: every action certainly beats exactly the next (n − 1)/2', () => {
    for (const n of [3, 5, 9])
      preferences(`cyclic:${n}`).forEach((row, a) => {
        for (let ahead = 1; ahead < n; ahead++) expect(row[(a + ahead) % n]).toBe(ahead <= (n - 1) / 2 ? 1 : 0);
      });
  });

  test('tournament entries are certain, random ones are not', () => {
    const off = (text: string) => preferences(text).flatMap((row, a) => row.filter((_, b) => a !== b));
    expect(new Set(off('tournament:12,5'))).toEqual(new Set([0, 1]));
    expect(off('random:12,5').every((p) => p > 0 && p < 1)).toBe(true);
  });

  test('bradley-terry log-odds are additive: no cycle', () => {
    const odds = preferences('bradley-terry:6,3').map((row) => row.map((p) => Math.log(p / (1 - p))));
    for (let a = 0; a < 6; a++) for (let b = 0; b < 6; b++) expect(odds[a][b] + odds[b][0]).toBeCloseTo(odds[a][0], 10);
  });

  test('transitive-cyclic has exactly the cyclic share that was asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        seeds,
        (n, share, seed) => {
          const game = gameCatalogue['transitive-cyclic'].make({ n, share, seed });
          expect(cyclicShare(withMatrix(game).matrices[0])).toBeCloseTo(share, 10);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('text of a game', () => {
  test('an unknown game names the nearest ones', async () => {
    const error = await thrown(() => catalogueGame('bloto:10,3'));
    expect(error.code).toBe('unknown-name');
    expect(error.message).toContain('nearest: blotto');
  });

  test('an unknown parameter names the known ones', async () => {
    const error = await thrown(() => catalogueGame('blotto:soldier=3'));
    expect(error.code).toBe('unknown-name');
    expect(error.message).toMatch(/unknown parameter "soldier".*nearest: soldiers/);
  });

  test.each([
    ['random:0', 'n', '1 … 5000'],
    ['random:n=ten', 'n', '1 … 5000'],
    ['random:2.5', 'n', '1 … 5000'],
    ['random:0x10', 'n', '1 … 5000'],
    ['cyclic:4', 'n', 'odd integer'],
    ['blotto:3,0', 'fields', '1 … 20'],
    ['transitive-cyclic:5,1.5', 'share', '[0, 1]'],
    ['transitive-cyclic:5,NaN', 'share', '[0, 1]'],
    ['cars:year=1960', 'year', '1970 … 1982'],
  ])('%s: the error names the parameter %s and its range', async (text, parameter, range) => {
    const error = await thrown(() => catalogueGame(text));
    expect(error.code).toBe('bad-parameter');
    expect(error.parts.what).toContain(`parameter ${parameter} =`);
    expect(error.parts.expected).toContain(range);
  });

  test.each([
    'random:',
    'random:n=',
    'random:3,n=3',
    'random:n=3,4',
    'random:seed=3,4',
    'random:n=3,n=3',
    'random:1,2,3',
    'rps:3/4',
    'movies:Musical',
    'rps:x=1',
  ])('%s is refused', async (text) => {
    expect((await thrown(() => catalogueGame(text))).code).toBe('bad-parameter');
  });

  test('a parameter without a value is called that', async () => {
    expect((await thrown(() => catalogueGame('random:n='))).message).toContain('no value for parameter "n"');
    expect((await thrown(() => catalogueGame('random:3,'))).message).toContain('an empty parameter');
  });

  test('a blotto game that is too large is refused with the number of its actions', async () => {
    const error = await thrown(() => catalogueGame('blotto:100,10'));
    expect(error.code).toBe('too-large');
    expect(error.message).toContain('4263421511271');
  });

  test('withSeed gives a seed exactly where the family takes one and the text gives none', () => {
    expect(withSeed('random', 7)).toBe('random:seed=7');
    expect(withSeed('random:n=5', '7')).toBe('random:n=5,seed=7');
    expect(withSeed('random:5,3', '7')).toBe('random:5,3');
    expect(withSeed('random:seed=3', '7')).toBe('random:seed=3');
    expect(withSeed('rps', '7')).toBe('rps');
    expect(catalogueGame(withSeed('tournament:5', 7)).name).toBe('tournament:n=5,seed=7');
  });

  test('parameter names come in the order of the family', async () => {
    expect(gameParameterNames('transitive-cyclic')).toEqual(['n', 'share', 'seed']);
    expect((await thrown(() => gameParameterNames('nim'))).code).toBe('unknown-name');
  });
});
