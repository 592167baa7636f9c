import { expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { rememberedPerGame, rowKey } from '../../src/solve/remembered.ts';

const [rps, other] = [catalogueGame('rps'), catalogueGame('cyclic:5')];

/** How often something is computed when keys are asked for, twice over. */
function computed(keys: number, most: number): number {
  const remembered = rememberedPerGame<number>(most);
  let count = 0;
  const compute = (): number => count++;
  for (let pass = 0; pass < 2; pass++) for (let key = 0; key < keys; key++) remembered(rps, String(key), compute);
  return count;
}

it('computes once what fits, the last key that fits included', () => {
  expect(computed(7, 8)).toBe(7);
  expect(computed(8, 8)).toBe(8);
});

it('forgets all when there is no room, and keeps games apart', () => {
  const remembered = rememberedPerGame<string>(1);
  expect(remembered(rps, 'a', () => 'first')).toBe('first');
  expect(remembered(other, 'a', () => 'of another game')).toBe('of another game');
  expect(remembered(rps, 'b', () => 'second')).toBe('second');
  expect(remembered(rps, 'a', () => 'first again')).toBe('first again');
});

it('tells rows apart by every bit, views of one buffer included', () => {
  const rows = Float64Array.of(1, 2, 1, 2 + Number.EPSILON * 2);
  expect(rowKey(rows.subarray(0, 2))).toBe(rowKey(Float64Array.of(1, 2)));
  expect(rowKey(rows.subarray(0, 2))).not.toBe(rowKey(rows.subarray(2)));
});
