import type { RationalCertificate } from '../exact/certificate.ts';
import type { BackendInfo } from '../numerics/backend.ts';
import type { Game } from '../solve/game.ts';
import { type Instance, temperatureOf } from '../solve/problem.ts';
import type { RunSolution, Solution } from '../solve/solution.ts';
import type { AnySolver } from '../solve/solver.ts';
import { gameSummary } from './describe.ts';

/** All that the printed forms of one solved game draw on. */
export interface SolveReport {
  readonly game: Game;
  readonly definition: AnySolver;
  readonly instance: Instance;
  readonly solution: Solution;
  readonly run: RunSolution;
  readonly backend: BackendInfo;
  readonly seed: string;
  readonly certificate: RationalCertificate | undefined;
}

function backendJson({ build: _build, ...info }: BackendInfo): Record<string, unknown> {
  return info;
}

/** The object of `solve --json`, schema `nashlab-solution/1`; fields that do not apply are absent. */
export function solutionJson(report: SolveReport): Record<string, unknown> {
  const { game, definition, instance, solution, run, backend, seed, certificate } = report;
  const { profile, logProfile, metrics } = run.answer;
  const finite = logProfile.every((row) => row.every(Number.isFinite));
  return {
    schema: 'nashlab-solution/1',
    game: gameSummary(game),
    solver: { name: definition.name, params: solution.params[0] },
    ...(run.population === undefined ? {} : { population: run.population }),
    temperature: temperatureOf(instance, 0),
    ...(instance.roleTemperatures === undefined ? {} : { roleTemperatures: instance.roleTemperatures }),
    backend: backendJson(backend),
    seed,
    result: run.result,
    ...(run.reason === undefined ? {} : { reason: run.reason }),
    ...(run.polish === undefined ? {} : { polish: { ...run.polish, backend: backendJson(run.polish.backend) } }),
    iterate: run.iterate,
    tolerance: solution.tolerance,
    gap: run.gap,
    ...(run.regulariser === undefined ? {} : { regulariser: run.regulariser }),
    steps: run.steps,
    oracleCalls: run.oracleCalls,
    profile,
    ...(finite ? { logProfile } : {}),
    metrics,
    ...(run.againstPopulation === undefined ? {} : { againstPopulation: run.againstPopulation }),
    ...(run.guarantee === undefined ? {} : { guarantee: run.guarantee }),
    ...(run.dynamics === undefined ? {} : { dynamics: run.dynamics }),
    ...(run.joint === undefined ? {} : { joint: run.joint }),
    ...(run.ratings === undefined ? {} : { ratings: run.ratings }),
    ...(run.equilibriumPath === undefined ? {} : { equilibriumPath: run.equilibriumPath }),
    ...(certificate === undefined ? {} : { exact: certificate }),
    wallSeconds: solution.wallSeconds,
  };
}
