import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchedule } from '../../src/core/schedule.ts';

const at = { t: 3, tau: 0.1, T: 1000, span: 2, n: 5 };

describe('schedules', () => {
  it('a number is itself at every step', () => {
    const schedule = compileSchedule(0.25);
    expect(schedule.constant).toBe(true);
    expect(schedule.at(at)).toBe(0.25);
  });

  it.each([
    ['2/(tau*(t+2))', 4, false],
    ['4*tau/span^2', 0.1, true],
    ['sqrt(8*log(n)/T)/span', Math.sqrt((8 * Math.log(5)) / 1000) / 2, true],
    ['-min(t, 1) + max(2, 3)', 2, false],
    ['pow(2, 3) * exp(0) - abs(-1)', 7, true],
  ])('%s has the value written', (text, value, constant) => {
    const schedule = compileSchedule(text);
    expect(schedule.at(at)).toBeCloseTo(value, 14);
    expect(schedule.constant).toBe(constant);
  });

  it.each([
    'import("fs")',
    'evaluate("1")',
    'f(x) = x',
    'x + 1',
    't = 4',
    '[1, 2]',
    '"text"',
    't; 2',
    't ? 1 : 2',
    't > 1',
    'random()',
    'createUnit("foo")',
    't.constructor',
    '1 +',
    '2 % 3',
    '5!',
    '{a: 1}',
    'sqrt',
    'log()',
    'max()',
    'sqrt(1, 2, 3)',
    'pow(2)',
    '',
  ])('"%s" is refused with what is allowed', (text) => {
    expect(() => compileSchedule(text)).toThrow(expect.objectContaining({ code: 'bad-schedule' }));
  });

  it('the root of a negative number is no number', () => {
    expect(compileSchedule('sqrt(1-t)').at(at)).toBeNaN();
  });

  it('arbitrary text either compiles to a function of the variables or is refused, and never runs', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(typeof compileSchedule(text).at(at)).toBe('number');
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-schedule' });
        }
      }),
    ));
});
