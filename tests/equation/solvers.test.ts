import { describe, expect, it } from 'vitest';
import { solvers } from '../../solvers/catalogue.ts';
import { isDirect, type SolverDefinition, seenBy } from '../../src/solve/solver.ts';
import { temperatureFor } from '../applicable.ts';
import { place, probabilities } from '../place.ts';
import { baselines } from './baselines.ts';
import { original } from './original.ts';
import type { Seats } from './plain.ts';
import { regularised } from './regularised.ts';
import { unregularised } from './unregularised.ts';
import { groupSetting, schedule, settings, steps, tau, type WrittenSolvers } from './written.ts';

const written: WrittenSolvers = { ...unregularised, ...regularised, ...original, ...baselines };

describe('every solver is the algorithm it says', () => {
  it('each iterative solver of the catalogue is written out here', () => {
    const iterative = Object.values(solvers).filter((solver) => !isDirect(solver) && solver.choiceOf === undefined);
    expect(iterative.map(({ name }) => name).filter((name) => !(name in written))).toEqual([]);
  });

  for (const setting of [...settings, groupSetting])
    it.each(
      Object.entries(written).filter(
        ([, { groupsOnly = false, preferencesOnly = false }]) =>
          groupsOnly === (setting.groups !== undefined) && (!preferencesOnly || setting.rho.length === 1),
      ),
    )(`%s follows its equations for ${steps} steps on ${setting.name}`, (name, entry) => {
      const definition = solvers[name.split(' ')[0]] as SolverDefinition;
      const log = (policies: Seats): Float64Array[] => policies.map((row) => Float64Array.from(row, Math.log));
      const problem = place({
        game: seenBy(definition, { game: setting.game, reference: log(setting.rho) }, entry.params),
        runs: 1,
        temperature: entry.temperature,
        reference: log(setting.rho),
        start: log(setting.start),
      });
      const solver = definition.make({ stepSize: schedule, ...entry.params });
      let state = solver.init(problem);
      entry.path(setting).forEach((expected, t) => {
        if (t > 0) state = solver.step(problem, state, t - 1);
        probabilities(solver.profile(state)).forEach((policy, role) => {
          policy.forEach((value, action) => {
            expect(Math.abs(value - expected[role][action])).toBeLessThanOrEqual(entry.tolerance ?? 2e-15);
          });
        });
      });
    });

  const choices = Object.values(solvers).filter(
    (solver): solver is SolverDefinition => !isDirect(solver) && solver.choiceOf !== undefined,
  );
  for (const setting of settings)
    it.each(choices.map((choice) => [choice.name, choice] as const))(
      `%s is the step of the solver it is a choice of, on ${setting.name}`,
      (_, choice) => {
        const base = solvers[choice.choiceOf as string] as SolverDefinition;
        const log = (policies: Seats): Float64Array[] => policies.map((row) => Float64Array.from(row, Math.log));
        const temperature = temperatureFor(choice, tau);
        const reached = (definition: SolverDefinition): number[][] => {
          const params = { ...base.params.parse({}), ...choice.fixed, stepSize: schedule };
          const problem = place({
            game: seenBy(definition, { game: setting.game, reference: log(setting.rho) }, params),
            runs: 1,
            temperature,
            reference: log(setting.rho),
            start: log(setting.start),
          });
          const solver = definition.make(params);
          let state = solver.init(problem);
          for (let t = 0; t < steps; t++) state = solver.step(problem, state, t);
          return probabilities(solver.profile(state)).map((row) => [...row]);
        };
        expect(reached(choice)).toEqual(reached(base));
      },
    );
});
