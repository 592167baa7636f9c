/**
 * Copies `count` numbers of `source`, from its `first` on, to `target` from `offset` on; for a few numbers a loop takes a
 * fraction of the time of a call to `set`.
 */
export function copyInto(
  target: Float64Array,
  source: Float64Array,
  offset: number,
  first = 0,
  count = source.length,
): void {
  if (count > 64) target.set(count === source.length ? source : source.subarray(first, first + count), offset);
  else for (let i = 0; i < count; i++) target[offset + i] = source[first + i];
}
