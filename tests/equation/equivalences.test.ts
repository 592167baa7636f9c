import { describe, expect, it } from 'vitest';
import { totalVariation } from '../reference.ts';
import { move, type Seats } from './plain.ts';
import { mixed, type RandomSetting, randomSetting, reached, response } from './random-settings.ts';

/** Methods that are one another, on random games (preferences and zero-sum), references, starts and temperatures. */
const trials = 300;
const steps = 12;
const exactly = 1e-12;

function onEach(name: string, distance: (setting: RandomSetting) => number): void {
  it(name, () => {
    const apart = [];
    for (let trial = 0; trial < trials; trial++) {
      const found = distance(randomSetting(name, trial));
      if (!(found <= exactly)) apart.push({ trial, found });
    }
    expect(apart).toEqual([]);
  });
}

/** A proximal step γ, the explicit η that is the same map. */
function stepsOf({ span, draw }: RandomSetting, tau: number) {
  const gamma = (draw.uniform() * 2) / span;
  return { gamma, eta: gamma / (1 + gamma * tau) };
}

const apart = (a: Seats, b: Seats): number => totalVariation(a, b);

describe('one map in two forms: η = γ/(1 + γτ)', () => {
  onEach('EGPO is Nash mirror prox', (s) => {
    const { gamma, eta } = stepsOf(s, s.tau);
    return apart(
      reached('extragradient', s, { stepSize: eta }, steps),
      reached('mirror-prox', s, { stepSize: gamma }, steps),
    );
  });

  onEach('EGPO with η = 2/(s + 2τ) is Nash mirror prox with γ = 2/s', (s) =>
    apart(
      reached('extragradient', s, { stepSize: 2 / (s.span + 2 * s.tau) }, steps),
      reached('mirror-prox', s, { stepSize: 2 / s.span }, steps),
    ),
  );

  onEach('explicit mirror descent is proximal mirror descent', (s) => {
    const { gamma, eta } = stepsOf(s, s.tau);
    return apart(
      reached('mirror-descent', s, { form: 'explicit', stepSize: eta }, steps),
      reached('mirror-descent', s, { form: 'proximal', stepSize: gamma }, steps),
    );
  });
});

describe('one method under several names', () => {
  const decaying = '2/(tau*(t+3))';

  for (const name of ['online-ipo', 'inpo', 'mtpo', 'mirror-descent'])
    onEach(`MMD with γ_t = 2/(τ(t+1)) is ${name} with η_t = 2/(τ(t+3))`, (s) =>
      apart(reached('mmd', s, { stepSize: '2/(tau*(t+1))' }, steps), reached(name, s, { stepSize: decaying }, steps)),
    );

  onEach('MTPO-τ, which plays the mixture for both players, is Nash-MD', (s) => {
    let policy: Seats = s.start;
    for (let t = 0; t < steps; t++) {
      const eta = 1 / (s.tau * (t + 2));
      const both = mixed(policy, s.rho, eta * s.tau);
      policy = move(policy, 1 - eta * s.tau, s.rho, eta * s.tau, eta, s.payoff(both));
    }
    return Math.max(
      apart(policy, reached('mtpo-tau', s, { stepSize: '1/(tau*(t+2))' }, steps)),
      apart(policy, reached('nash-md', s, { stepSize: '1/(tau*(t+2))' }, steps)),
    );
  });

  onEach('a moving average without memory is mirror descent', (s) => {
    const { eta } = stepsOf(s, s.tau);
    return apart(
      reached('nash-ema', s, { memory: 0, stepSize: eta }, steps),
      reached('mirror-descent', s, { stepSize: eta }, steps),
    );
  });

  for (const name of ['nash-md-pg', 'ipo-md'])
    onEach(`${name} without a mixture is online-ipo-2`, (s) => {
      const stepSize = s.draw.uniform() / s.span;
      return apart(reached(name, s, { mixture: 0, stepSize }, steps), reached('online-ipo-2', s, { stepSize }, steps));
    });
});

describe('limits and transformations', () => {
  onEach('with ητ = 1 mirror descent answers itself, and Nash-MD answers the reference', (s) => {
    const stepSize = 1 / s.tau;
    const answer = response(s, s.payoff(s.start));
    return Math.max(
      ...['mirror-descent', 'online-ipo', 'inpo', 'best-response'].map((name) =>
        apart(reached(name, s, { stepSize }, 1), answer),
      ),
      apart(reached('nash-md', s, { stepSize }, 1), response(s, s.payoff(s.rho))),
    );
  });

  onEach('the mixture of Nash-MD is mirror descent with η′ = (1 − ητ)η at τ′ = τ/(1 − ητ)', (s) => {
    const { eta } = stepsOf(s, s.tau);
    const weight = eta * s.tau;
    const warmer = { ...s, tau: s.tau / (1 - weight), start: mixed(s.start, s.rho, weight) };
    return apart(
      mixed(reached('nash-md', s, { stepSize: eta }, steps), s.rho, weight),
      reached('mirror-descent', warmer, { stepSize: (1 - weight) * eta }, steps),
    );
  });
});
