import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, inlineJson, isolated } from '../../reports/html/markup.ts';
import { distinctLabels } from '../../reports/model/labels.ts';
import { formatNumber, formatProbability, listed } from '../../reports/number.ts';

const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<script>', '</script>', '"><img>', "' onload='x", '<!--', '&lt;', '__proto__'),
);

describe('markup', () => {
  it('never lets text from data open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(html`<p title="${text}">${text}</p>`.markup).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
        expect(html`${[isolated(text), text]}`.markup).toMatch(/^<bdi>[^<>]*<\/bdi>[^<>]*$/);
      }),
    );
  });

  it('carries any JSON through a script element unharmed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { markup } = inlineJson({ value, text: '</script><!--' });
        expect(markup).not.toContain('<');
        expect(JSON.stringify(JSON.parse(markup).value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('makes labels distinct, on one line and never empty', () => {
    fc.assert(
      fc.property(fc.array(hostile), (labels) => {
        const distinct = distinctLabels(labels);
        expect(new Set(distinct).size).toBe(labels.length);
        for (const label of distinct) expect(label).toMatch(/^[^\n]+$/);
        expect(distinct).not.toContain('__proto__');
      }),
    );
    expect(distinctLabels(['a', 'a', 'a (2)', ' \n'])).toEqual(['a', 'a (2)', 'a (2) (2)', '(empty)']);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1 / 3, '0.333'],
    [0.5, '0.5'],
    [1.2345e-14, '1.23e−14'],
    [-0.25, '−0.25'],
    [20000, '20,000'],
    [1234.5, '1,235'],
    [999.6, '1,000'],
    [1.5e7, '15,000,000'],
    [1.25e12, '1.25e12'],
    [0.0010004, '0.001'],
    [Number.NaN, 'not finite'],
    [Infinity, '∞'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('stays within three significant digits of any number and never writes NaN or -0', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = formatNumber(value);
        expect(text).not.toMatch(/NaN|undefined|^[-−]0$/);
        const back = Number(text.replaceAll('−', '-').replaceAll(',', ''));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(0.00501 * Math.abs(value) + Number.MIN_VALUE);
      }),
    );
  });

  it('says of a probability below rounding no more than that', () => {
    expect([0, 2.48e-203, 1e-12, 0.25].map(formatProbability)).toEqual(['0', '<1e−12', '1e−12', '0.25']);
  });

  it('lists words', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});
