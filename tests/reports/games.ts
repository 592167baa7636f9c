import type { StoredGame } from '../../experiments/stored.ts';

/** 32-bit linear congruential numbers in (0, 1): enough for plausible data. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

export const rps: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'rps',
  kind: 'preference',
  labels: ['rock', 'paper', 'scissors'],
  matrix: [
    [0.5, 0, 1],
    [1, 0.5, 0],
    [0, 1, '1/2'],
  ],
  description: 'Rock, paper, scissors: each action is beaten by exactly one other. The only equilibrium is uniform.',
};

export const penalty: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'penalty-kick',
  kind: 'zero-sum',
  labels: [
    ['kick left', 'kick right'],
    ['dive left', 'stay', 'dive right'],
  ],
  matrix: [
    [0.3, 0.8, 0.95],
    [0.9, 0.75, 0.4],
  ],
};

/** A preference game of `n` actions with a cyclic part. */
export function manyActions(n: number, label = (i: number) => `strategy ${i + 1}`): StoredGame {
  const next = numbers(n);
  const strength = Array.from({ length: n }, () => 2 * next());
  const margin = Array.from({ length: n }, () => Array.from({ length: n }, () => 3 * (next() - 0.5)));
  const matrix = strength.map((a, i) =>
    strength.map((b, j) =>
      i === j ? 0.5 : 1 / (1 + Math.exp(b - a + margin[Math.max(i, j)][Math.min(i, j)] * Math.sign(j - i))),
    ),
  );
  const symmetric = matrix.map((row, i) => row.map((value, j) => (i <= j ? value : 1 - matrix[j][i])));
  return {
    schema: 'nashlab-game/1',
    name: `transitive-cyclic:${n}`,
    kind: 'preference',
    labels: Array.from({ length: n }, (_, i) => label(i)),
    matrix: symmetric,
  };
}

export const oneAction: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'single',
  kind: 'preference',
  labels: ['only'],
  matrix: [[0.5]],
};

export const bimatrix: StoredGame = {
  schema: 'nashlab-game/1',
  name: 'battle-of-the-sexes',
  kind: 'bimatrix',
  labels: [
    ['opera', 'football'],
    ['opera', 'football'],
  ],
  payoffs: [
    [
      [3, 0],
      [0, 2],
    ],
    [
      [2, 0],
      [0, 3],
    ],
  ],
};

const hostileLabels = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(2)>',
  '"quoted" & \'single\'',
  'a.b[c]["d"]',
  'a label that is so long that no axis of any report could ever hold it in one piece, not even a wide one',
  'مرحبا بالعالم',
  '🪨📄✂️',
  '__proto__',
  '',
  'twice',
  'twice',
];

export const hostileGame: StoredGame = {
  ...manyActions(hostileLabels.length, (i) => hostileLabels[i]),
  name: '<b>game</b> & "co"',
  description: '</script><script>alert(3)</script> <!-- <style>*{display:none}</style>',
};
