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

/** Exponentiated ascent on the groups' losses, pair by pair, and then a gradient step on their mixture's. */
const groupRobust = (loss: 'ipo' | 'dpo', law: (rho: Policy) => Policy) => (setting: Setting) => {
  const { rho } = setting;
  const groups = setting.groups as readonly (readonly Policy[])[];
  const mu = law(rho[0]);
  const margin = (x: Policy, a: number, b: number): number => Math.log((x[a] * rho[0][b]) / (x[b] * rho[0][a]));
  const sigma = (value: number): number => 1 / (1 + Math.exp(-value));
  const pairs = <T>(visit: (a: number, b: number) => T): T[] => mu.flatMap((_, a) => mu.map((__, b) => visit(a, b)));
  /** Loss of one labelled pair: the winner against the loser. */
  const pairLoss = (x: Policy, a: number, b: number): number =>
    loss === 'ipo' ? (margin(x, a, b) - 1 / (2 * tau)) ** 2 : -Math.log(sigma(tau * margin(x, a, b)));
  const lossOf = (p: readonly Policy[], x: Policy): number =>
    pairs((a, b) => mu[a] * mu[b] * 2 * p[a][b] * pairLoss(x, a, b)).reduce((sum, value) => sum + value, 0);
  /** −∂loss/∂logits, of a loss Σ_ab μ_a μ_b 2P_ab ℓ(margin_ab). */
  const descent = (p: readonly Policy[], x: Policy): number[] => {
    const push = mu.map(() => 0);
    pairs((a, b) => {
      const h = margin(x, a, b);
      const slope = loss === 'ipo' ? 2 * (h - 1 / (2 * tau)) : -tau * sigma(-tau * h);
      push[a] -= mu[a] * mu[b] * 2 * p[a][b] * slope;
      push[b] += mu[a] * mu[b] * 2 * p[a][b] * slope;
    });
    return push;
  };
  // Learning rates of the losses that η and γ stand for.
  const rate = loss === 'ipo' ? tau / 4 : 1 / (2 * tau);
  const ascent = groupStep * (loss === 'ipo' ? tau ** 2 / 4 : 1 / 2);
  let alpha: Policy = groups.map(() => 1 / groups.length);
  return iterate(setting, ([x], t) => {
    alpha = normalise(alpha.map((weight, g) => weight * Math.exp(ascent * lossOf(groups[g], x))));
    const pushes = groups.map((p) => descent(p, x));
    const push = x.map((_, a) => alpha.reduce((sum, weight, g) => sum + weight * pushes[g][a], 0));
    return [normalise(x.map((p, a) => p * Math.exp(eta(t) * rate * push[a])))];
  });
};

const groupStep = 3;

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
  'group-robust': {
    temperature: tau,
    params: { loss: 'ipo', sampling: 'reference', groupStep },
    groupsOnly: true,
    path: groupRobust('ipo', (rho) => rho),
  },
  'group-robust (uniform pairs)': {
    temperature: tau,
    params: { loss: 'ipo', sampling: 'uniform', groupStep },
    groupsOnly: true,
    path: groupRobust('ipo', uniform),
  },
  'group-robust (DPO)': {
    temperature: tau,
    params: { loss: 'dpo', sampling: 'reference', groupStep },
    groupsOnly: true,
    path: groupRobust('dpo', (rho) => rho),
  },
};
