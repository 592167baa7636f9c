import { measuredOfGroups } from '../metrics/group-win-rates.ts';
import { roundsHistory } from './answer-rounds.ts';
import { type GuaranteeVerdict, problemFacts } from './guarantee.ts';
import { deviationsOf, jointDistribution } from './joint.ts';
import { defaultTolerance } from './options.ts';
import { placeProblem } from './problem.ts';
import { iterateSolution, recorder } from './recorder.ts';
import { gaugeOf, haltedBy, type Setting } from './setting.ts';
import type { IterateSolution, MetricValues, RunSolution } from './solution.ts';
import type { DirectDefinition } from './solver.ts';
import { chooseClaim, judge } from './verdict.ts';

/** The theorem of an answer that was found at once, held against what was measured on it. */
function verdictAtOnce(
  definition: DirectDefinition,
  { instance, plan, params: { perRun } }: Setting,
  metrics: MetricValues,
): GuaranteeVerdict | undefined {
  const facts = problemFacts(instance, 0, plan.steps);
  const claim = chooseClaim(definition.guarantees ?? [], perRun[0], facts);
  if (claim === undefined) return undefined;
  const { guarantee, premise } = claim;
  const measured = metrics[guarantee.metric] as number | undefined;
  const bounds = premise === true ? [guarantee.bound(0, perRun[0] as never, facts)] : [];
  return judge(claim, facts, bounds, measured === undefined ? undefined : [measured], undefined);
}

/** The answer of a method that does not iterate, measured like any other. */
export async function answerAtOnce(definition: DirectDefinition, setting: Setting): Promise<RunSolution[]> {
  const { home, instance, plan, params } = setting;
  const { actions, roleOf } = instance.game;
  // Tolerance 0 asks iterative solvers for all their steps; an answer at once has none to run.
  const tolerance = plan.tolerance > 0 ? plan.tolerance : defaultTolerance(instance);
  const limits = { tolerance: plan.tolerance, halted: haltedBy(setting) };
  const found = await definition.answer(instance, params.shared as never, limits);
  const { profile, method, path, rounds = [], cut, joint, ratings } = found;
  const problem = placeProblem(home.ops, instance, plan.steps);
  const deviations = joint && deviationsOf(joint);
  const measuring = gaugeOf(setting, problem, { kind: plan.deviations, of: () => deviations });
  const book = recorder(actions, 1, measuring.names);
  const answer = home.scope((): IterateSolution => {
    const placed = profile.map((values, role) => home.ops.tensor(values, [1, actions[role]]));
    const reading = measuring.measure(placed, 'last');
    book.open([{ step: 0, oracleCalls: 0 }]);
    book.note('last', reading, 0, 1);
    const gains = roleOf.map((role) => reading.gains[role][0]);
    const metrics = { ...book.metrics('last', 0, 0), ...measuredOfGroups(instance, 0, profile) };
    return iterateSolution(profile, metrics, gains);
  });
  home.release(problem.tensors);
  const gap = book.value('last', plan.gap, 0, 0);
  const short = cut ?? (definition.equilibrium === 'none' ? 'answered' : 'stalled');
  const history = rounds.length > 0 ? roundsHistory(rounds, plan.gap) : book.history(0, 1);
  const guarantee = verdictAtOnce(definition, setting, answer.metrics);
  return [
    {
      result: gap <= tolerance ? 'converged' : short,
      reason: method,
      steps: rounds.length,
      oracleCalls: rounds.at(-1)?.oracleCalls ?? 0,
      iterate: 'last',
      gap: plan.gap,
      answer,
      iterates: { last: answer },
      ...(guarantee === undefined ? {} : { guarantee }),
      history,
      ...(path === undefined ? {} : { equilibriumPath: path }),
      ...(joint === undefined ? {} : { joint: jointDistribution(joint) }),
      ...(ratings === undefined ? {} : { ratings: ratings.map((row) => Array.from(row)) }),
    },
  ];
}
