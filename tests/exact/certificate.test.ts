import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { rationalCertificate, rationalEquilibrium } from '../../src/exact/certificate.ts';
import { exactNumber, fractionText, nearestDouble, ratio, solveExactly } from '../../src/exact/fractions.ts';
import { zeroSumEquilibrium } from '../../src/exact/zero-sum.ts';

describe('exact numbers', () => {
  it.each([
    ['1/3', '1/3'],
    ['-2/4', '-1/2'],
    ['0.25', '1/4'],
    ['.5', '1/2'],
    ['1e-7', '1/10000000'],
    ['2.5E3', '2500'],
    [0.1, '1/10'],
    [1e21, '1000000000000000000000'],
    [5e-324, `1/${2n * 10n ** 323n}`],
    ['0', '0'],
  ])('%s is %s', (written, text) => expect(fractionText(exactNumber(written))).toBe(text));

  it('every double survives the way to a fraction and back', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Math.abs(nearestDouble(exactNumber(x)) - x)).toBeLessThanOrEqual(Number.EPSILON * Math.abs(x));
      }),
    ));

  it.each(['', 'abc', '1/0x', '1.2.3', '.', '1//2'])('"%s" is refused', (text) => {
    expect(() => exactNumber(text)).toThrow();
  });

  it('linear systems are solved exactly, and contradictions are found', () => {
    const r = (...row: number[]) => row.map((value) => ratio(BigInt(value)));
    expect(solveExactly([r(2, 1, 5), r(1, -1, 1)], 2)?.map(fractionText)).toEqual(['2', '1']);
    expect(solveExactly([r(1, 1, 1), r(1, 1, 2)], 2)).toBeUndefined();
    expect(solveExactly([r(0, 3, 1), r(0, 6, 2)], 2)?.map(fractionText)).toEqual(['0', '1/3']);
  });
});

describe('rational certificates', () => {
  const rps = catalogueGame('rps');

  it('uniform play of rock, paper, scissors has regret exactly 0; a third in doubles nearly so', () => {
    expect(rationalEquilibrium(rps, [[0.3, 0.4, 0.3]])).toEqual({ profile: [['1/3', '1/3', '1/3']], value: '1/2' });
    const { nashConv } = rationalCertificate(rps, [[1, 1, 1]]);
    expect(nashConv).toBe('0');
  });

  it('the regret of a wrong policy is the fraction it must be', () => {
    // Against (1/2, 1/4, 1/4): scissors get 1/2·0 + 1/4·1 + 1/4·1/2 = 3/8, paper 1/2·1 + 1/4·1/2 + 0 = 5/8; value 1/2.
    const { regrets, nashConv, nashConvValue } = rationalCertificate(rps, [[0.5, 0.25, 0.25]]);
    expect(regrets).toEqual(['1/8', '1/8']);
    expect(nashConv).toBe('1/4');
    expect(nashConvValue).toBe(0.25);
  });

  it('supports without an equilibrium give none', () => {
    expect(rationalEquilibrium(rps, [[1, 0, 0]])).toBeUndefined();
    expect(rationalEquilibrium(rps, [[0.5, 0.5, 0]])).toBeUndefined();
  });

  it('the exact equilibrium of a random game of decimals is the one of the linear program', async () => {
    const p = [
      [0.5, 0.71, 0.12, 0.9],
      [0.29, 0.5, 0.83, 0.35],
      [0.88, 0.17, 0.5, 0.66],
      [0.1, 0.65, 0.34, 0.5],
    ];
    const game = preferenceGame(p);
    const { row } = await zeroSumEquilibrium(game);
    const exactly = rationalEquilibrium(game, [row]);
    exactly?.profile[0].forEach((text, a) => {
      expect(nearestDouble(exactNumber(text))).toBeCloseTo(row[a], 12);
    });
  });

  it('large games are refused by size', () => {
    expect(() => rationalCertificate(catalogueGame('random:101'), [new Array(101).fill(1 / 101)])).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});
