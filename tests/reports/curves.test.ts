import { describe, expect, it } from 'vitest';
import { curveRows } from '../../reports/charts/curve-rows.ts';
import { nameLayers } from '../../reports/charts/line-names.ts';
import { tightRange, wholeDecades } from '../../reports/charts/log-axis.ts';
import { summarise } from '../../reports/model/curve.ts';
import { median, spreadOf } from '../../reports/model/spread.ts';

const trace = (at: number[], values: number[], broken = false) => ({ at, values, broken });

describe('median and range over seeds', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('counts values that are not finite and leaves them out', () => {
    expect(spreadOf([1, Number.NaN, 3, Infinity])).toEqual({ median: 2, low: 1, high: 3, count: 2, notFinite: 2 });
    expect(spreadOf([Number.NaN])).toMatchObject({ median: Number.NaN, count: 0, notFinite: 1 });
    expect(spreadOf([])).toBeUndefined();
  });

  it('compares runs at the calls they share and holds the last value of a run that stopped', () => {
    const { points } = summarise([
      trace([0, 1, 2, 4], [1, 0.5, 0.25, 0.1]),
      trace([0, 1, 2, 3], [3, 1.5, 0.75, 0.5]),
      trace([0, 1, 2, 4], [2, 1, 0.5, 0.3]),
    ]);
    expect(points).toEqual([
      { at: 0, median: 2, low: 1, high: 3, runs: 3 },
      { at: 1, median: 1, low: 0.5, high: 1.5, runs: 3 },
      { at: 2, median: 0.5, low: 0.25, high: 0.75, runs: 3 },
      { at: 4, median: 0.3, low: 0.1, high: 0.5, runs: 3 },
    ]);
  });

  it('does not hold the last value of a run that broke down', () => {
    const { points } = summarise([trace([0, 1, 2], [1, 1, 1]), trace([0, 1], [5, 4], true)]);
    expect(points.map(({ runs }) => runs)).toEqual([2, 2, 1]);
  });

  it('leaves out and counts values that are not finite', () => {
    const { points, notFinite } = summarise([trace([0, 1, 2], [1, Number.NaN, 3])]);
    expect(points.map(({ at }) => at)).toEqual([0, 2]);
    expect(notFinite).toBe(1);
  });
});

describe('logarithmic axes', () => {
  it('clips values at or below the floor and drops none', () => {
    const points = [1, 1e-5, 1e-30, 0].map((value, i) => ({
      at: i,
      median: value,
      low: value,
      high: value,
      runs: 1,
    }));
    const { rows, y, start } = curveRows([{ slot: 0, name: 'a', line: 'last', points }], 1e-17, []);
    expect(rows.map((row) => row.y)).toEqual([1, 1e-5, 1e-17, 1e-17]);
    expect(rows[0].x).toBe(start);
    expect(start).toBe(0.5);
    expect(y.domain).toEqual([1e-17, 1]);
  });

  it('marks the last point of every curve, so that its end, or a single point, is seen', () => {
    const point = (at: number) => ({ at, median: 0.5, low: 0.5, high: 0.5, runs: 1 });
    const curve = (slot: number, calls: number[]) => ({
      slot,
      name: String(slot),
      line: 'last' as const,
      points: calls.map(point),
    });
    const long = curve(0, [1, 10, 100, 1000]);
    for (let end = 1; end < 20; end++) {
      const { rows } = curveRows([long, curve(1, [1, end + 1])], 1e-17, []);
      expect(rows.filter(({ s, m }) => s === '1' && m === 1).map(({ x }) => x)).toContain(end + 1);
    }
    const { rows, x, y } = curveRows([curve(3, [0])], 1e-17, []);
    expect(rows[0].m).toBe(1);
    expect(x.domain[0]).toBeLessThan(x.domain[1]);
    expect(y.domain[0]).toBeLessThan(y.domain[1]);
  });

  it('names a line beside it: above and to the right where it falls, to the left where it rises; below the other way', () => {
    const line = (s: string, ys: number[]) => ys.map((y, k) => ({ s, l: 'last' as const, x: k + 1, y, lo: y, hi: y }));
    const rows = [...line('bound', [9, 8, 7]), ...line('measured', [5, 4, 1e-9, 1e-9]), ...line('rising', [1, 2, 3])];
    const layers = nameLayers(rows, 1e-6, ['bound', 'rising'], {} as never);
    const placed = layers.map(({ data, mark }) => [
      ...(data as unknown as { values: { s: string; x: number }[] }).values.flatMap(({ s, x }) => [s, x]),
      (mark as { align: string }).align,
      (mark as { baseline: string }).baseline,
    ]);
    expect(placed).toEqual([
      ['bound', 2, 'left', 'bottom'],
      ['measured', 2, 'right', 'top'],
      ['rising', 2, 'right', 'bottom'],
    ]);
  });

  it('keeps few ticks, all inside the domain', () => {
    const wide = wholeDecades([1e-17, 3]);
    expect(wide.domain).toEqual([1e-17, 10]);
    expect(wide.ticks.length).toBeLessThanOrEqual(8);
    expect(tightRange([3, 40]).ticks).toEqual([5, 10, 20]);
  });
});
