import { gradient, move, normalise, type Policy, type Seats } from './plain.ts';
import { eta, iterate, type Setting, steps, tau, type WrittenSolvers } from './written.ts';

/** P(a ≻ b) of the setting, from the payoffs against each action. */
function preferences({ payoff, rho: [rho] }: Setting): Policy[] {
  const against = rho.map((_, b) => payoff([rho.map((_, a) => (a === b ? 1 : 0))])[0]);
  return rho.map((_, a) => rho.map((_, b) => against[b][a]));
}

/** Bradley–Terry rewards under a law of pairs, by minorise–maximise (Hunter 2004): slow, and nothing like Newton's method. */
export function plainRewards(p: readonly Policy[], law: Policy): number[] {
  const n = law.length;
  let odds = new Array<number>(n).fill(1);
  for (let round = 0; round < 20_000; round++)
    odds = normalise(
      odds.map((own, a) => {
        let [wins, meetings] = [0, 0];
        for (let b = 0; b < n; b++) {
          if (a === b) continue;
          wins += law[a] * law[b] * p[a][b];
          meetings += (law[a] * law[b] * (p[a][b] + p[b][a])) / (own + odds[b]);
        }
        return wins / meetings;
      }),
    );
  return odds.map(Math.log);
}

const uniform = (row: Policy): number[] => row.map(() => 1 / row.length);
const lawOf = (setting: Setting, name: string): Policy => (name === 'uniform' ? uniform : normalise)(setting.rho[0]);
const rewards = (setting: Setting, law: string): number[] => plainRewards(preferences(setting), lawOf(setting, law));

/** ρ·exp(r/τ). */
const optimum = (setting: Setting, law: string): Seats =>
  move(setting.rho, 1, setting.rho, 0, 1 / tau, [rewards(setting, law)]);

/** Trust-region DPO with its two policies. */
const trustRegion = (setting: Setting, law: string, mixup: number, period: number): Seats[] => {
  const r = [rewards(setting, law)];
  let reference: Seats = setting.rho;
  const path: Seats[] = [setting.start];
  for (let t = 0; t < steps; t++) {
    path.push(move(reference, 1, reference, 0, eta(t), r));
    if ((t + 1) % period === 0) reference = move(path[t + 1], mixup, reference, 1 - mixup, 0, r);
  }
  return path;
};

const divergence = (slope: (ratio: number) => number) => (setting: Setting) => {
  const [p] = optimum(setting, 'reference');
  return iterate(setting, (x, t) => gradient(x, x, [x[0].map((probability, a) => -slope(probability / p[a]))], eta(t)));
};

const contrastive = (law: (x: Policy, setting: Setting) => Policy, fittedTo: string) => (setting: Setting) => {
  const r = rewards(setting, fittedTo);
  const regularised = (x: Policy): number[] => x.map((p, a) => r[a] - tau * Math.log(p / setting.rho[0][a]));
  return iterate(setting, (x, t) => gradient(x, [law(x[0], setting)], [regularised(x[0])], eta(t)));
};

/** What the slow fit leaves open. */
const shared = { temperature: tau, preferencesOnly: true, tolerance: 1e-13 };

export const baselines: WrittenSolvers = {
  'tr-dpo': {
    ...shared,
    params: { sampling: 'reference', mixup: 0.6, period: 1 },
    path: (setting) => trustRegion(setting, 'reference', 0.6, 1),
  },
  'tr-dpo (hard, every second solve)': {
    ...shared,
    params: { sampling: 'uniform', mixup: 1, period: 2 },
    path: (setting) => trustRegion(setting, 'uniform', 1, 2),
  },
  'f-dpg': {
    ...shared,
    params: { sampling: 'reference', divergence: 'jensen-shannon' },
    path: divergence((ratio) => Math.log((2 * ratio) / (1 + ratio))),
  },
  'f-dpg (reverse KL)': {
    ...shared,
    params: { sampling: 'reference', divergence: 'reverse-kl' },
    path: divergence((ratio) => Math.log(ratio) + 1),
  },
  'f-dpg (forward KL)': {
    ...shared,
    params: { sampling: 'reference', divergence: 'forward-kl' },
    path: divergence((ratio) => -1 / ratio),
  },
  'f-dpg (total variation)': {
    ...shared,
    params: { sampling: 'reference', divergence: 'total-variation' },
    path: divergence((ratio) => Math.sign(ratio - 1) / 2),
  },
  copg: {
    ...shared,
    params: { sampling: 'reference', rewardSampling: 'uniform' },
    path: contrastive((_, { rho: [rho] }) => rho, 'uniform'),
  },
  'copg (uniform pairs)': {
    ...shared,
    params: { sampling: 'uniform', rewardSampling: 'reference' },
    path: contrastive(uniform, 'reference'),
  },
  'copg (pairs from the policy)': {
    ...shared,
    params: { sampling: 'policy', rewardSampling: 'reference' },
    path: contrastive((x) => x, 'reference'),
  },
};
