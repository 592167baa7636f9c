import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';
import { suite } from './suite.ts';

/*
 * What stands where a test file imports from 'vitest' when it is bundled for a machine without vitest; the matchers are
 * vitest's own.
 */

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

/** The suite that bundled test files fill as they are loaded. */
export const collected = suite();

export const expect = (value: unknown, message?: string): unknown => chai.expect(value, message);
export const describe = Object.assign(collected.describe, { each: collected.describeEach });
export const it = Object.assign(collected.it, {
  each: collected.itEach,
  skip: collected.skip,
  skipIf: (condition: unknown) => (condition ? collected.skip : collected.it),
});
export const test = it;
export const { beforeAll, afterAll } = collected;
