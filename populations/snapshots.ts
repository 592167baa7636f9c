import type { Profile } from '../src/solve/problem.ts';

/** A profile that was kept, and when. */
export interface Snapshot {
  readonly name: string;
  readonly profile: Profile;
}

/** Adds a snapshot in front of others and lets the oldest go beyond `size`. */
export function snapshots(size: number) {
  return (kept: readonly Snapshot[], name: string, profile: Profile): Snapshot[] =>
    [{ name, profile }, ...kept].slice(0, size);
}
