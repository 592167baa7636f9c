import { describe, expect, it } from 'vitest';
import { readNfg } from '../../games/gambit/read-nfg.ts';
import { nfgText } from '../../games/gambit/write-game.ts';
import { inspectGame } from '../../games/inspection/summary.ts';
import { isNormalForm } from '../../games/players/normal-form.ts';
import { metrics } from '../../src/metrics/catalogue.ts';
import { evaluator } from '../../src/metrics/evaluation.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { placeProblem } from '../../src/solve/problem.ts';
import { doubles, playersGameOf, reference, rows } from '../reference.ts';

const entries = reference.games.filter(({ players }) => players > 2);

/** A metric of a profile that may hold probabilities 0. */
function measured(
  game: ReturnType<typeof playersGameOf>,
  profile: readonly (readonly number[])[],
  metric: string,
): number {
  const backend = cpuBackend();
  return backend.scope(() => {
    const whole = instance(game);
    const problem = placeProblem(backend.ops, whole, 1);
    const log = profile.map((policy) => backend.ops.tensor(policy.map(Math.log), [1, policy.length]));
    const value = new Float64Array(1);
    metrics[metric].evaluate(evaluator(whole, problem)(log).evaluation, value);
    return value[0];
  });
}

describe('published games of three and four players', () => {
  it('are all there', () => {
    expect(entries.filter(({ kind }) => kind === 'nfg').map(({ players }) => players)).toEqual([3, 3, 4, 3, 3, 4]);
  });

  it.each(entries.flatMap((entry) => entry.equilibria.map((one, k) => [`${entry.id} #${k + 1}`, entry, one] as const)))(
    '%s has nash-conv 0, and a profile beside it has not',
    (_, entry, { profile }) => {
      const game = playersGameOf(entry);
      const policies = rows(profile);
      expect(measured(game, policies, 'nash-conv')).toBeLessThanOrEqual(1e-12 * game.payoffSpan);
      expect(measured(game, policies, 'max-regret')).toBeLessThanOrEqual(1e-12 * game.payoffSpan);
      const beside = policies.map((policy, player) =>
        player === 0 ? policy.map((p, k) => 0.9 * p + (k === 0 ? 0.1 : 0)).reverse() : policy,
      );
      if (beside[0].some((p, k) => Math.abs(p - policies[0][k]) > 0.05))
        expect(measured(game, beside, 'nash-conv')).toBeGreaterThan(1e-3);
    },
  );

  it.each(
    entries.flatMap((entry) =>
      entry.equilibria
        .filter(({ payoffs }) => payoffs !== undefined)
        .map((one, k) => [`${entry.id} #${k + 1}`, entry, one] as const),
    ),
  )('%s pays every player what is published', (_, entry, { profile, payoffs }) => {
    const game = playersGameOf(entry);
    const { ops } = cpuBackend();
    const placed = game.place(ops);
    const policies = rows(profile).map((policy) => ops.tensor(policy, [1, policy.length]));
    doubles(payoffs ?? []).forEach((expected, seat) => {
      const vector = placed.payoffs(seat, policies);
      const [value] = (ops.sum(ops.mul(vector, policies[seat])) as unknown as { data: Float64Array }).data;
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
    });
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))('%s: pure equilibria are those listed', (_, entry) => {
    const pure = inspectGame(playersGameOf(entry)).pureEquilibria;
    const listed = entry.equilibria
      .map(({ profile }) => rows(profile))
      .filter((profile) => profile.every((policy) => policy.includes(1)))
      .map((profile) => profile.map((policy) => String(policy.indexOf(1) + 1)).join(' '));
    expect(new Set(pure?.profiles.map((profile) => profile.join(' ')))).toEqual(new Set(listed));
    expect(pure?.count).toBe(listed.length);
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))('%s goes through Gambit’s format', (_, entry) => {
    const game = playersGameOf(entry);
    const back = readNfg(nfgText(game), 'game.nfg', 'game');
    if (!isNormalForm(back)) throw new Error(back.kind);
    expect(back.payoffs.map(({ values }) => values)).toEqual(game.payoffs.map(({ values }) => values));
    expect(back.sum).toBe(entry.kind === 'preference' ? 'constant' : game.sum);
  });
});
