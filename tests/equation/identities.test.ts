import { describe, expect, it } from 'vitest';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { evaluator } from '../../src/metrics/evaluation.ts';
import { place } from '../place.ts';
import type { Seats } from './plain.ts';
import { divergence, logs, type RandomSetting, randomSetting, response } from './random-settings.ts';

/** The two identities behind every gap and every theorem, on random games; values are game values, computed as such. */
const settings = Array.from({ length: 300 }, (_, k) => randomSetting('identities', k, 0.02));

const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k], 0);

/** Σ over seats of a deviation's payoff against `others`, minus τ·KL to the reference. */
const value = ({ payoff, rho, tau }: RandomSetting, deviation: Seats, others: Seats): number => {
  const u = payoff(others);
  return deviation.reduce((sum, x, seat) => sum + inner(x, u[seat]), 0) - tau * divergence(deviation, rho);
};

/** Identities lose digits with the values that they are differences of. */
const rounding = ({ span, tau }: RandomSetting): number => 1e-12 * (1 + span + tau * 30);

const equilibriumOf = ({ game, tau, rho }: RandomSetting): number[][] =>
  quantalResponse(game, tau, logs(rho)).profile.map((row) => Array.from(row, Math.exp));

function regularisedGap({ game, tau, rho }: RandomSetting, policies: Seats): number {
  const setting = { game, runs: 1, temperature: tau, reference: logs(rho), start: logs(rho) };
  const problem = place(setting);
  const placed = logs(policies).map((row) => problem.ops.tensor(row, [1, row.length]));
  const into = new Float64Array(1);
  metrics['regularized-gap'].evaluate(evaluator(setting, problem)(placed).evaluation, into);
  return into[0];
}

describe('identities of regularised games', () => {
  it('the gap, what the best deviations gain, is τ·KL(π‖BR_τ(π)) over seats (D.1)', () => {
    const broken = settings.flatMap((s) => {
      const best = response(s, s.payoff(s.start));
      const seats = s.game.actions.length === 1 ? 2 : 1;
      const gain = seats * (value(s, best, s.start) - value(s, s.start, s.start));
      const byDivergence = seats * s.tau * divergence(s.start, best);
      const measured = regularisedGap(s, s.start);
      const apart = Math.max(Math.abs(gain - byDivergence), Math.abs(gain - measured));
      return apart <= rounding(s) ? [] : [{ gain, byDivergence, measured }];
    });
    expect(broken).toEqual([]);
  });

  it('what the equilibrium gains against π is τ·KL(π‖π*) (D.2)', () => {
    const broken = settings.flatMap((s) => {
      const equilibrium = equilibriumOf(s);
      const gain = value(s, equilibrium, s.start) - value(s, s.start, s.start);
      const byDivergence = s.tau * divergence(s.start, equilibrium);
      return Math.abs(gain - byDivergence) <= rounding(s) ? [] : [{ gain, byDivergence }];
    });
    expect(broken).toEqual([]);
  });

  it('so the gap lies between KL(π‖π*) and what the distance to π* allows (B.1)', () => {
    const outside = settings.flatMap((s) => {
      const equilibrium = equilibriumOf(s);
      const seats = s.game.actions.length === 1 ? 2 : 1;
      const least = seats * s.tau * divergence(s.start, equilibrium);
      const distance = s.start.map((row, seat) =>
        row.reduce((sum, p, a) => sum + Math.abs(p - equilibrium[seat][a]), 0),
      );
      const most = least + (seats * s.span ** 2 * inner(distance, distance)) / (8 * s.tau);
      const gap = regularisedGap(s, s.start);
      return gap >= least - rounding(s) && gap <= most + rounding(s) ? [] : [{ least, gap, most }];
    });
    expect(outside).toEqual([]);
  });
});
