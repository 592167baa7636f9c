import { describe, expect, it } from 'vitest';
import { normalise, type Policy, product } from './plain.ts';
import { mixed, type RandomSetting, randomSetting, reached } from './random-settings.ts';

/** Losses over pairs, summed pair by pair, against the steps that the catalogue says they are. */

const settings: readonly RandomSetting[] = Array.from({ length: 450 }, (_, k) =>
  randomSetting('pair losses', k),
).filter(({ game }) => game.actions.length === 1);
const logsOf = (x: Policy): number[] => x.map((p) => Math.log(p));
const centred = (x: Policy): number[] => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
};

/** Gradient in the logits of Σ w_y·w_y'·E[(h(y, y') − target)²], h the difference of log(π/ρ), by pairs. */
function pairGradient(
  x: Policy,
  rho: Policy,
  law: Policy,
  terms: (y: number, other: number) => readonly [number, number][],
) {
  const away = x.map((p, a) => Math.log(p / rho[a]));
  const gradient = x.map(() => 0);
  for (let y = 0; y < x.length; y++)
    for (let other = 0; other < x.length; other++)
      for (const [probability, target] of terms(y, other)) {
        const pull = 2 * law[y] * law[other] * probability * (away[y] - away[other] - target);
        gradient[y] += pull;
        gradient[other] -= pull;
      }
  return gradient;
}

/** What a solver adds to the logits in its first step, per unit of step size, centred. */
function direction(name: string, s: RandomSetting, params: Readonly<Record<string, number>> = {}): number[] {
  const [next] = reached(name, s, { ...params, stepSize: 1 }, 1);
  const before = logsOf(s.start[0]);
  return centred(logsOf(next).map((log, a) => log - before[a]));
}

/** Distance of two vectors, relative to the larger one. */
function apart(a: Policy, b: Policy): number {
  const size = Math.max(...a.map(Math.abs), ...b.map(Math.abs), Number.MIN_VALUE);
  return Math.max(...a.map((value, k) => Math.abs(value - b[k]))) / Math.max(1, size);
}

function onEach(name: string, distance: (setting: RandomSetting) => number, allowed = 1e-12): void {
  it(`${name} (${settings.length} games)`, () => {
    expect(settings.map(distance).filter((found) => !(found <= allowed))).toEqual([]);
  });
}

describe('the IPO loss on pairs from a law is a policy gradient under that law', () => {
  const laws = {
    'online-ipo-2': (s: RandomSetting) => ({ law: s.start[0], params: {} }),
    'ipo-md': (s: RandomSetting) => ({ law: mixed(s.start, s.rho, 0.35)[0], params: { mixture: 0.35 } }),
  };
  for (const [name, choose] of Object.entries(laws)) {
    onEach(`${name}: soft targets (P − ½)/τ; the gradient is −4/τ times the direction`, (s) => {
      const { law, params } = choose(s);
      const gradient = pairGradient(s.start[0], s.rho[0], law, (y, other) => [[1, (s.rows[y][other] - 0.5) / s.tau]]);
      const expected = gradient.map((value) => (-s.tau / 4) * value);
      return apart(expected, direction(name, s, params));
    });

    onEach(`${name}: hard labels ±1/(2τ), averaged over who wins, give the same gradient`, (s) => {
      const { law, params } = choose(s);
      const won = 1 / (2 * s.tau);
      const gradient = pairGradient(s.start[0], s.rho[0], law, (y, other) => [
        [s.rows[y][other], won],
        [1 - s.rows[y][other], -won],
      ]);
      const expected = gradient.map((value) => (-s.tau / 4) * value);
      return apart(expected, direction(name, s, params));
    });
  }

  onEach('nash-md-pg: the score function times P(y ≻ y′) − ½ − τ·log(π/ρ), pair by pair', (s) => {
    const [x] = s.start;
    const [opponent] = mixed(s.start, s.rho, 0.35);
    const gradient = x.map(() => 0);
    for (let y = 0; y < x.length; y++)
      for (let other = 0; other < x.length; other++) {
        const gain = s.rows[y][other] - 0.5 - s.tau * Math.log(x[y] / s.rho[0][y]);
        for (let a = 0; a < x.length; a++) gradient[a] += x[y] * opponent[other] * gain * ((a === y ? 1 : 0) - x[a]);
      }
    return apart(gradient, direction('nash-md-pg', s, { mixture: 0.35 }));
  });

  onEach(
    'online-ipo-2: the slope of P(π ≻ π_t) − τ·KL(π‖ρ) at π_t, by differences',
    (s) => {
      const payoff = product(s.rows, s.start[0]);
      const value = (logits: Policy): number => {
        const x = normalise(logits.map(Math.exp));
        return x.reduce((sum, p, a) => sum + p * (payoff[a] - s.tau * Math.log(p / s.rho[0][a])), 0);
      };
      const logits = logsOf(s.start[0]);
      const slope = logits.map((_, a) => {
        const shifted = (by: number): number[] => logits.map((log, k) => (k === a ? log + by : log));
        return (value(shifted(1e-5)) - value(shifted(-1e-5))) / 2e-5;
      });
      return apart(slope, direction('online-ipo-2', s));
    },
    1e-8,
  );
});

describe('gradient descent on the loss over all pairs is a mirror step with η = 4·lr/(τN)', () => {
  const rate = (s: RandomSetting): number => 0.1 / s.span;
  const stepSize = (s: RandomSetting): number => (4 * rate(s)) / (s.tau * s.rho[0].length);
  /** Logits after one step from `logits` with the win rates of a frozen opponent. */
  const descend = (s: RandomSetting, logits: Policy, opponent: Policy): number[] => {
    const x = normalise(logits.map(Math.exp));
    const q = product(s.rows, opponent);
    const uniform = x.map(() => 1 / x.length);
    const gradient = pairGradient(x, s.rho[0], uniform, (y, other) => [[1, (q[y] - q[other]) / s.tau]]);
    return logits.map((value, a) => value - rate(s) * gradient[a]);
  };

  onEach('Online IPO 1 is online-ipo, step after step', (s) => {
    let logits = logsOf(s.start[0]);
    for (let t = 0; t < 5; t++) logits = descend(s, logits, normalise(logits.map(Math.exp)));
    return apart(normalise(logits.map(Math.exp)), reached('online-ipo', s, { stepSize: stepSize(s) }, 5)[0]);
  });

  onEach('EGPO: one gradient step, the win rates anew, and the gradient at the first point again', (s) => {
    let logits = logsOf(s.start[0]);
    for (let t = 0; t < 5; t++) {
      const half = descend(s, logits, normalise(logits.map(Math.exp)));
      logits = descend(s, logits, normalise(half.map(Math.exp)));
    }
    return apart(normalise(logits.map(Math.exp)), reached('extragradient', s, { stepSize: stepSize(s) }, 5)[0]);
  });
});
