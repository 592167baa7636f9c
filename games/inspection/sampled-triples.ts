import { stream } from '../../src/random/streams.ts';

/** How many of some triples drawn at random are cyclic: an estimate, its standard error at most 1/(2√sample). */
export interface SampledTriples {
  readonly cyclic: number;
  /** Triples drawn, uniformly and independently. */
  readonly sample: number;
  /** Name of the draw. */
  readonly seed: string;
}

const sample = 20_000;

/** Three different actions. */
function triple(n: number, integer: (n: number) => number): [number, number, number] {
  for (;;) {
    const [a, b, c] = [integer(n), integer(n), integer(n)];
    if (a !== b && b !== c && a !== c) return [a, b, c];
  }
}

/** Draws triples of actions and counts those that beat each other in a circle; undefined below three actions. */
export function sampledTriples(
  n: number,
  wins: (a: number, b: number) => boolean,
  seed = '0',
): SampledTriples | undefined {
  if (n < 3) return undefined;
  const { integer } = stream(seed, 'inspect', 'triples', n);
  let cyclic = 0;
  for (let drawn = 0; drawn < sample; drawn++) {
    const [a, b, c] = triple(n, integer);
    const circle = wins(a, b) ? wins(b, c) && wins(c, a) : wins(b, a) && wins(a, c) && wins(c, b);
    if (circle) cyclic++;
  }
  return { cyclic, sample, seed };
}
