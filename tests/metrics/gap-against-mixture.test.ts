import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormGame } from '../../games/players/normal-form.ts';
import { preferenceGame } from '../../games/preference.ts';
import { gapAgainstMixture, type MixtureMember } from '../../src/metrics/gap-against-mixture.ts';
import { thrown } from '../games/thrown.ts';

const rps = preferenceGame([
  [0.5, 0, 1],
  [1, 0.5, 0],
  [0, 1, 0.5],
]);

/** Player 1 wins 1 where all three choose alike; the others are paid the opposite. Each has actions of its own. */
const alike = normalFormGame([
  [
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 1],
    ],
  ],
  [
    [
      [-1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, -1],
    ],
  ],
  [
    [
      [-1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, -1],
    ],
  ],
]);

describe('gap-against-mixture with any number of players', () => {
  it('draws one member for all other seats: what they play is not independent', () => {
    const both = {
      name: 'together',
      members: [
        { name: 'first', weight: 3, policy: [1, 0] },
        { name: 'second', weight: 1, policy: [0, 1] },
      ],
    };
    const gap = gapAgainstMixture(alike, [0, 1], both);
    // The first action wins with ¾, not with (¾)² as it would against independent averages.
    expect(gap).toEqual({
      gain: 0.5,
      bestResponse: 0,
      bestResponsePayoff: 0.75,
      gainAgainst: { first: 1, second: -1 },
    });
  });

  it('takes a policy per role, and does not look at that of a role which nobody else plays', () => {
    const apart = (own: number[]): MixtureMember[] => [
      { name: 'apart', weight: 2, policy: [own, [1, 0], [0.25, 0.75]] },
    ];
    for (const own of [[], [9, 9, 9]])
      expect(gapAgainstMixture(alike, [0, 1], { name: 'm', members: apart(own) })).toMatchObject({
        gain: 0.25,
        bestResponse: 0,
      });
    const seen = gapAgainstMixture(alike, [0.5, 0.5], { name: 'm', members: apart([1, 0]) }, 2);
    // Seat 2 loses with its first action where seats 0 and 1 play theirs.
    expect(seen).toMatchObject({ gain: 0.5, bestResponse: 1, bestResponsePayoff: 0 });
  });

  it('is that of the two-player game where players meet in pairs', () => {
    const three = catalogueGame('polymatrix-preference:players=4,n=5');
    const two = catalogueGame('polymatrix-preference:players=2,n=5');
    const members = [
      { name: 'a', weight: 0.2, policy: [0.2, 0.2, 0.2, 0.2, 0.2] },
      { name: 'b', weight: 0.6, policy: [0, 0, 1, 0, 0] },
    ];
    const [some, pair] = [three, two].map((game) =>
      gapAgainstMixture(game, [0.5, 0, 0, 0.5, 0], { name: 'm', members }),
    );
    expect(some.bestResponse).toBe(pair.bestResponse);
    expect(some.gain).toBeCloseTo(pair.gain, 14);
    expect(some.gainAgainst.b).toBeCloseTo(pair.gainAgainst.b, 14);
    expect(pair.gain).toBeGreaterThan(0.01);
  });

  it('divides weights by their sum, and has the same gain whatever they add up to', () => {
    const gap = (weight: number) =>
      gapAgainstMixture(rps, [0, 1, 0], {
        name: 'm',
        members: [
          { name: 'rock', weight, policy: [1, 0, 0] },
          { name: 'scissors', weight: 3 * weight, policy: [0, 0, 1] },
        ],
      }).gain;
    // Rock earns ⅛ + ¾, paper ¼.
    expect(gap(1)).toBe(0.625);
    expect(gap(1e-30)).toBe(0.625);
  });

  it.each([
    ['no members', [], 'a population of zero weight: no members'],
    [
      'weights of 0',
      [{ name: 'rock', weight: 0, policy: [1, 0, 0] }],
      'a population of zero weight: 1 members, all of weight 0',
    ],
    ['a weight below 0', [{ name: 'rock', weight: -1, policy: [1, 0, 0] }], 'member "rock" has weight -1'],
    [
      'a weight that is no number',
      [{ name: 'rock', weight: Number.NaN, policy: [1, 0, 0] }],
      'member "rock" has weight NaN',
    ],
    [
      'another size',
      [{ name: 'rock', weight: 1, policy: [1, 0] }],
      'a policy of 2 probabilities, at member "rock" of mixture "bad"; expected 3, one per action',
    ],
    ['no policy', [{ name: 'rock', weight: 1, policy: [0.5, 0, 0] }], 'probabilities that sum to 0.5'],
    [
      'policies of too many roles',
      [
        {
          name: 'rock',
          weight: 1,
          policy: [
            [1, 0, 0],
            [1, 0, 0],
          ],
        },
      ],
      '2 policies, at member "rock" of mixture "bad"; expected one policy for all other seats, or 1, one per role',
    ],
  ])('names %s', async (_, members, message) => {
    const error = await thrown(() => gapAgainstMixture(rps, [1, 0, 0], { name: 'bad', members }));
    expect(error.code).toBe('bad-policy');
    expect(error.message).toContain(message);
  });

  it('names a member of another size with its role, the player’s own policy, and a seat that is none', async () => {
    const members = [{ name: 'short', weight: 1, policy: [[], [1], [1, 0]] }];
    const size = await thrown(() => gapAgainstMixture(alike, [1, 0], { name: 'bad', members }));
    expect(size.message).toContain(
      'a policy of 1 probabilities, at member "short" of mixture "bad", role 1; expected 2',
    );
    const good = { name: 'good', members: [{ name: 'rock', weight: 1, policy: [1, 0, 0] }] };
    const own = await thrown(() => gapAgainstMixture(rps, [1, 0], good));
    expect(own.message).toContain('a policy of 2 probabilities, at the policy of seat 0');
    expect((await thrown(() => gapAgainstMixture(rps, [1, 0, 0], good, 2))).message).toContain('a seat from 0 to 1');
  });
});
