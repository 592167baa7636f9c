import { NashlabError } from '../core/errors.ts';
import { type HostProfile, type Instance, temperatureOf } from './problem.ts';

/** Checks an instance at the boundary; throws `bad-parameter` or `bad-policy`. */
export function checkInstance(instance: Instance): void {
  const { game, runs } = instance;
  if (game.draws !== 1 && game.draws !== runs)
    throw new NashlabError('bad-parameter', {
      what: `${game.draws} game draws for ${runs} runs`,
      expected: '1 draw, or one per run',
    });
  for (let run = 0; run < runs; run++) {
    const tau = temperatureOf(instance, run);
    if (!(tau >= 0) || !Number.isFinite(tau))
      throw new NashlabError('bad-parameter', {
        what: `temperature ${tau}`,
        expected: 'a finite number ≥ 0, in payoff units',
      });
    if (tau > 0 !== temperatureOf(instance, 0) > 0)
      throw new NashlabError('bad-parameter', {
        what: `temperatures 0 and ${Math.max(tau, temperatureOf(instance, 0))} in one batch`,
        expected: 'all 0 or all above 0: their runs are certified by different gaps; solve them in two batches',
      });
  }
  const { roleTemperatures: factors } = instance;
  if (factors !== undefined && factors.length !== game.actions.length)
    throw new NashlabError('bad-parameter', {
      what: `${factors.length} role temperatures`,
      expected: `${game.actions.length}, one per role`,
    });
  factors?.forEach((factor, role) => {
    if (!(factor > 0 && Number.isFinite(factor)))
      throw new NashlabError('bad-parameter', {
        what: `role temperature ${factor}`,
        where: `role ${role}`,
        expected: 'a finite number above 0, a factor of the temperature',
      });
  });
  if (temperatureOf(instance, 0) === 0 && factors?.some((factor) => factor !== 1))
    throw new NashlabError('bad-parameter', {
      what: `role temperatures ${factors.join(', ')} at temperature 0`,
      expected: 'a temperature above 0 that they are factors of',
    });
  const check = (word: string, profile: HostProfile): void => {
    profile.forEach((values, role) => {
      const rows = values.length / game.actions[role];
      if (rows !== 1 && rows !== runs)
        throw new NashlabError('bad-policy', {
          what: `${word} policy of ${values.length} numbers`,
          where: `role ${role}`,
          expected: `${game.actions[role]} per run, for 1 or ${runs} runs`,
        });
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0)
        throw new NashlabError('bad-policy', {
          what: `${word} policy gives action "${game.labels[role][bad % game.actions[role]]}" probability 0`,
          where: `role ${role}`,
          expected: 'full support: every probability above 0',
        });
    });
    if (profile.length !== game.actions.length)
      throw new NashlabError('bad-policy', {
        what: `${profile.length} ${word} policies`,
        expected: `${game.actions.length}, one per role`,
      });
  };
  check('reference', instance.reference);
  check('start', instance.start);
}
