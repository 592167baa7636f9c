import { expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { normalFormGame } from '../../games/players/normal-form.ts';
import { polymatrixGame } from '../../games/players/polymatrix.ts';

// Payoffs that are played for, beside a constant that nothing depends on.
const small = 1e-4;
const large = 1e9;
const coordinate = [
  [small, 0],
  [0, small],
];
const raised = coordinate.map((row) => row.map((value) => value + large));

it('a large constant does not make a coordination game constant-sum', () => {
  expect(bimatrixGame(raised, coordinate).sum).toBe('general');
  expect(normalFormGame([raised, coordinate]).sum).toBe('general');
  const flat = (value: number) => coordinate.map((row) => row.map(() => value));
  const edges = [
    { players: [0, 1], payoffs: [coordinate, coordinate] },
    { players: [1, 2], payoffs: [flat(large), flat(-large)] },
  ] as never;
  expect(polymatrixGame(edges, 3).sum).toBe('general');
});

it('rounding of a constant sum does not make it general', () => {
  const row = [
    [0.1, 0.7],
    [0.3, 1e6 + 0.2],
  ];
  const rest = row.map((values) => values.map((value) => 1 / 3 - value));
  expect(bimatrixGame(row, rest).sum).toBe('constant');
  expect(normalFormGame([row, rest]).sum).toBe('constant');
});
