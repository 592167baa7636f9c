/** Seconds by the clock on the wall, and seconds of the processor that the process used: less when others run too. */
export interface Spent {
  readonly wall: number;
  readonly processor: number;
}

/** Starts a clock for this process. @returns what was spent since. */
export function clock(): () => Spent {
  const processor = process.cpuUsage();
  const wall = performance.now();
  return () => {
    const passed = performance.now() - wall;
    const { user, system } = process.cpuUsage(processor);
    return { wall: passed / 1e3, processor: (user + system) / 1e6 };
  };
}
