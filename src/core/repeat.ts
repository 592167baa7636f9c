/** `next` applied to a value so many times; `round` counts from 0. */
export function repeat<T>(times: number, start: T, next: (value: T, round: number) => T): T {
  let value = start;
  for (let round = 0; round < times; round++) value = next(value, round);
  return value;
}
