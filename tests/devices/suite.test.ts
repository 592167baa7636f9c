import { describe, expect, it } from 'vitest';
import { suite } from './suite.ts';

const limit = 5;

describe('the stand-in for vitest', () => {
  it('counts what passes, fails, throws late or is skipped, with names from the rows', async () => {
    const given = suite();
    given.describeEach([{ name: 'left' }, { name: 'right' }])('on $name', ((row: { name: string }) => {
      given.it('passes', () => undefined);
      given.it('throws', () => {
        throw new Error(`wrong on ${row.name}`);
      });
      given.it('rejects', async () => {
        await Promise.resolve();
        throw new Error('late');
      });
      given.skip('waits for better days');
    }) as (...row: never[]) => unknown);
    const results = await given.run(limit);
    const seen = results.map(({ group, about, name, outcome, message }) => [group, about, name, outcome, message]);
    expect(seen).toEqual(
      ['left', 'right'].flatMap((side) => [
        [`on ${side}`, side, 'passes', 'passed', undefined],
        [`on ${side}`, side, 'throws', 'failed', `wrong on ${side}`],
        [`on ${side}`, side, 'rejects', 'failed', 'late'],
        [`on ${side}`, side, 'waits for better days', 'skipped', undefined],
      ]),
    );
  });

  it('fills the words of a list into a name in order, and hands the list on', async () => {
    const given = suite();
    const handed: unknown[] = [];
    given.describe('lists', () => {
      given.itEach([
        ['hedge', 3],
        ['exact', 4],
      ])('%s with %d actions', ((...row: unknown[]) => handed.push(row)) as (...row: never[]) => unknown);
    });
    const names = (await given.run(limit)).map(({ name }) => name);
    expect(names).toEqual(['hedge with 3 actions', 'exact with 4 actions']);
    expect(handed).toEqual([
      ['hedge', 3],
      ['exact', 4],
    ]);
  });

  it('fails every case behind a beforeAll that fails, reports a failing afterAll, and goes on with the next group', async () => {
    const given = suite();
    const ran: string[] = [];
    given.describe('broken', () => {
      given.beforeAll(() => {
        throw new Error('no device');
      });
      given.it('never runs', () => ran.push('never'));
    });
    given.describe('whole', () => {
      given.it('runs', () => ran.push('runs'));
      given.afterAll(() => Promise.reject(new Error('cannot close')));
    });
    const results = await given.run(limit);
    expect(ran).toEqual(['runs']);
    expect(results.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'beforeAll failed',
      'never runs failed',
      'runs passed',
      'afterAll failed',
    ]);
  });

  it('gives up on a case without an answer', async () => {
    const given = suite();
    given.describe('a device that hangs', () => {
      given.it('waits', () => new Promise(() => undefined));
      given.it('is asked all the same', () => undefined);
    });
    const results = await given.run(0.01);
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'passed']);
    expect(results[0].message).toBe('no answer within 0.01 s');
  });

  it('refuses what it would get wrong: nested groups, groups that wait, cases outside', () => {
    const given = suite();
    const nest = (): void => given.describe('outer', () => given.describe('inner', () => undefined));
    expect(nest).toThrow('inside describe "outer"');
    expect(() => given.describe('waits', async () => undefined)).toThrow('an async describe "waits"');
    expect(() => given.it('alone', () => undefined)).toThrow('it outside describe');
  });
});
