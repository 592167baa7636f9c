import { describe, expect, test } from 'vitest';
import { interpolationBound, lagrangeRow, logisticNodes } from '../../../games/operators/logistic-nodes.ts';

/** Largest error of Σ_q ℓ_q(r)·σ(x_q − s) against σ(r − s), over a grid of r and s in [low, high]. */
function worst(low: number, high: number): number {
  const nodes = logisticNodes(low, high);
  const row = new Float64Array(nodes.points.length);
  let largest = 0;
  for (let i = 0; i <= 100; i++) {
    const r = low + ((high - low) * i) / 100;
    lagrangeRow(nodes, r, row, 0);
    for (let j = 0; j <= 40; j++) {
      const s = low + ((high - low) * j) / 40;
      const sum = row.reduce((total, value, q) => total + value / (1 + Math.exp(s - nodes.points[q])), 0);
      largest = Math.max(largest, Math.abs(sum - 1 / (1 + Math.exp(s - r))));
    }
  }
  return largest;
}

describe('logistic nodes', () => {
  test.each([0, 1e-9, 0.5, 2, 6, 10, 20, 40, 100])('on a range of %d err by at most 1e-14', (range) => {
    expect(worst(-range / 3, (2 * range) / 3)).toBeLessThan(1e-14);
    expect(worst(1000, 1000 + range)).toBeLessThan(1e-12); // scores themselves are known to 1e-13 there
  });

  test('are as few as the bound allows', () => {
    for (const range of [2, 6, 20]) {
      const degree = logisticNodes(0, range).points.length - 1;
      expect(interpolationBound(degree, range / 2)).toBeLessThanOrEqual(2 ** -54);
      expect(interpolationBound(degree - 1, range / 2)).toBeGreaterThan(2 ** -54);
    }
  });

  test('the bound holds for the interpolants of lower degree, too', () => {
    for (const [degree, halfWidth] of [
      [4, 2],
      [10, 3],
      [20, 5],
    ]) {
      const nodes = {
        points: Float64Array.from({ length: degree + 1 }, (_, q) => halfWidth * Math.cos((q * Math.PI) / degree)),
        weights: Float64Array.from(
          { length: degree + 1 },
          (_, q) => (q % 2 === 0 ? 1 : -1) * (q % degree === 0 ? 0.5 : 1),
        ),
      };
      const row = new Float64Array(degree + 1);
      let largest = 0;
      for (let i = 0; i <= 200; i++)
        for (let j = 0; j <= 40; j++) {
          const [r, s] = [halfWidth * (i / 100 - 1), halfWidth * (j / 20 - 1)];
          lagrangeRow(nodes, r, row, 0);
          const sum = row.reduce((total, value, q) => total + value / (1 + Math.exp(s - nodes.points[q])), 0);
          largest = Math.max(largest, Math.abs(sum - 1 / (1 + Math.exp(s - r))));
        }
      const bound = interpolationBound(degree, halfWidth);
      expect(largest).toBeLessThan(bound);
      expect(largest).toBeGreaterThan(bound / 1000);
    }
  });
});
