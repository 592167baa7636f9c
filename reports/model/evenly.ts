/** At most `room` of the items, evenly spread with the first and the last among them. */
export function evenly<T>(items: readonly T[], room: number): T[] {
  if (items.length <= room) return [...items];
  const stride = (items.length - 1) / (room - 1);
  return Array.from({ length: room }, (_, i) => items[Math.round(i * stride)]);
}
