import { z } from 'zod';
import { bimatrixGame } from './bimatrix.ts';
import { gameFamily } from './family.ts';
import { discountedPayoffs, type MemoryOne, type StagePayoffs } from './memory-one.ts';

interface Stage {
  readonly title: string;
  /** Two letters, one per action. */
  readonly letters: string;
  readonly actions: string;
  readonly payoffs: StagePayoffs;
}

/** Payoffs of one round: Axelrod's tournaments for the dilemma, OpenSpiel's matrix games for the others. */
const stages = {
  'prisoners-dilemma': {
    title: 'prisoner’s dilemma',
    letters: 'CD',
    actions: 'C cooperate, D defect',
    payoffs: [
      [
        [3, 0],
        [5, 1],
      ],
      [
        [3, 5],
        [0, 1],
      ],
    ],
  },
  'stag-hunt': {
    title: 'stag hunt',
    letters: 'SH',
    actions: 'S stag, H hare',
    payoffs: [
      [
        [2, 0],
        [1, 1],
      ],
      [
        [2, 1],
        [0, 1],
      ],
    ],
  },
  chicken: {
    title: 'game of chicken',
    letters: 'SD',
    actions: 'S swerve, D dare',
    payoffs: [
      [
        [3, 1],
        [4, 0],
      ],
      [
        [3, 4],
        [1, 0],
      ],
    ],
  },
  'battle-of-the-sexes': {
    title: 'battle of the sexes',
    letters: 'BS',
    actions: 'B Bach, S Stravinsky',
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
  },
} as const satisfies Readonly<Record<string, Stage>>;

const names = Object.keys(stages) as (keyof typeof stages)[];

/** The strategies, in the order of their letters: 16 that open as after both played the first action, or 32 that open freely. */
function strategies(opening: 'trusting' | 'free', letters: string): { label: string; strategy: MemoryOne }[] {
  const bit = (number: number, place: number): number => (number >> place) & 1;
  const all = opening === 'trusting' ? 16 : 32;
  return Array.from({ length: all }, (_, k) => {
    const after = [bit(k, 3), bit(k, 2), bit(k, 1), bit(k, 0)] as const;
    const first = opening === 'trusting' ? after[0] : bit(k, 4);
    const word = after.map((action) => letters[action]).join('');
    return { label: opening === 'trusting' ? word : `${letters[first]}:${word}`, strategy: { first, after } };
  });
}

/** A two-action game played again and again by strategies that remember one round; all deterministic ones of them. */
export const repeated = gameFamily({
  name: 'repeated',
  summary: 'a two-action game repeated for ever, played by the deterministic strategies of memory one',
  parameters: z.strictObject({
    game: z
      .enum(names)
      .default('prisoners-dilemma')
      .describe(`the game of each round: ${names.join(', ')}; prisoners-dilemma if not given`),
    discount: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe(
        'weight δ of a round in that of the round before, a number in 0 … 1 (1: the mean of what comes round); 0.9 if not given',
      ),
    opening: z
      .enum(['trusting', 'free'])
      .default('trusting')
      .describe(
        'trusting: the first move is the one after both played the first action, 16 strategies; free: either move, 32; trusting if not given',
      ),
  }),
  positional: ['game', 'discount'],
  examples: ['repeated', 'repeated:game=stag-hunt,discount=0.5', 'repeated:chicken,0.9,opening=free'],
  build: ({ game, discount, opening }, name) => {
    const { title, letters, actions, payoffs } = stages[game];
    const all = strategies(opening, letters);
    const table = all.map(({ strategy: row }) =>
      all.map(({ strategy: column }) => discountedPayoffs(row, column, payoffs, discount)),
    );
    const labels = all.map(({ label }) => label);
    const [a, b] = letters;
    const order = [a + a, a + b, b + a, b + b].join(', ');
    const start =
      opening === 'trusting' ? `its first move is the one after ${a}${a}` : 'its first move stands before the colon';
    return bimatrixGame(
      table.map((row) => row.map(([own]) => own)),
      table.map((row) => row.map(([, own]) => own)),
      {
        name,
        labels: [labels, labels],
        description: `The ${title} (${actions}) repeated with discount δ = ${discount}: payoffs are (1 − δ)·Σ δ^t·u_t. A strategy is named by its moves after ${order} (own move first); ${start}. ${letters[0]}${letters[1]}${letters[0]}${letters[1]} copies the other's last move.`,
      },
    );
  },
});
