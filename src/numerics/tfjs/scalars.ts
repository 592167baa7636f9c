import type { Device, Handle } from './device.ts';

/** Numbers kept on a device at most; schedules that change with every step would otherwise fill it. */
const limit = 256;

export interface Scalars {
  /** The number as a `[1, 1]` array of the device. */
  of(value: number): Handle;
  clear(): void;
}

/** Numbers on a device, uploaded once and used again; those unused for longest make room. */
export function deviceScalars(device: Device): Scalars {
  const known = new Map<number, Handle>();
  return {
    of(value) {
      const before = known.get(value);
      if (before !== undefined) {
        // To the end of the queue: an operation that uses several numbers must not lose the first to the last.
        known.delete(value);
        known.set(value, before);
        return before;
      }
      if (known.size >= limit) {
        const [oldest] = known;
        known.delete(oldest[0]);
        device.free(oldest[1]);
      }
      const made = device.write(Float32Array.of(value), [1, 1]);
      known.set(value, made);
      return made;
    },
    clear() {
      for (const handle of known.values()) device.free(handle);
      known.clear();
    },
  };
}
