import seedrandom from 'seedrandom';

export interface RandomStream {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, by the polar method. */
  normal(): number;
  /** Uniform integer in 0 … n − 1. */
  integer(n: number): number;
}

/**
 * The random stream of a name: `stream(seed, 'start', 0)`. Streams of different names are independent, and a stream
 * depends on nothing but its name, so results do not depend on batch size or order of execution.
 */
export function stream(...name: readonly (string | number)[]): RandomStream {
  const generator = seedrandom(JSON.stringify(name.map(String)));
  const uniform = (): number => generator.double();
  return {
    uniform,
    normal: () => {
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
      }
    },
    integer: (n) => Math.floor(uniform() * n),
  };
}
