import { counted } from '../../games/counted.ts';
import { formatNumber } from '../../reports/number.ts';
import { metrics as metricCatalogue } from '../metrics/catalogue.ts';
import { playerImprovementsDefinition } from '../metrics/player-improvements.ts';
import type { BackendInfo } from '../numerics/backend.ts';
import type { GuaranteeVerdict } from '../solve/guarantee.ts';
import { temperatureOf } from '../solve/problem.ts';
import type { RunSolution } from '../solve/solution.ts';
import { gameLine } from './describe.ts';
import type { SolveReport } from './solution-json.ts';
import { textTable } from './tables.ts';

/** Actions printed per role, and where all are asked for: a table of a million rows would take minutes. */
const shown = 20;
const shownAtMost = 10_000;

/** The `count` likeliest actions, best first; of equals the first. Among a million, only those that may be in it are sorted. */
function likeliest(policy: readonly number[], count: number): number[] {
  const least = count < policy.length ? Float64Array.from(policy).sort()[policy.length - count] : -Infinity;
  const candidates: number[] = [];
  for (let action = 0; action < policy.length; action++) if (!(policy[action] < least)) candidates.push(action);
  return candidates.sort((a, b) => policy[b] - policy[a] || a - b).slice(0, count);
}

function policyTable({ game, run }: SolveReport, role: number, all: boolean): string {
  const policy = run.answer.profile[role];
  const top = likeliest(policy, all ? shownAtMost : shown);
  const rows = top.map((action) => [game.labels[role][action], formatNumber(policy[action])]);
  if (top.length < policy.length) {
    const inside = new Set(top);
    const rest = policy.reduce((sum, probability, action) => (inside.has(action) ? sum : sum + probability), 0);
    rows.push([`… ${policy.length - top.length} more, together`, formatNumber(rest)]);
  }
  const head = game.actions.length === 1 ? 'action' : `action of player ${role + 1}`;
  return textTable([head, 'probability'], rows, ['left', 'right']);
}

/** The verdict on a theorem, in the words of the design. */
export function guaranteeText(verdict: GuaranteeVerdict): string {
  const words = {
    within: 'within the bound',
    outside: `outside the theorem's premises: ${verdict.reason}`,
    violated: 'VIOLATED',
    unmeasured: `not measured: ${verdict.reason}`,
  }[verdict.status];
  const numbers =
    verdict.bound === undefined
      ? ''
      : `\n  measured ${formatNumber(verdict.measured as number)}, bound ${formatNumber(verdict.bound)} (${verdict.iterate} iterate)`;
  const missed =
    verdict.missed === undefined ? '' : `\n  the theorem of the default step does not apply: ${verdict.missed}`;
  return `theorem: ${words}\n  ${verdict.statement}\n  ${verdict.source}${numbers}${missed}`;
}

/** `regularized-gap (forward KL)`: which game it is the gap of, where that is not the one with reverse KL. */
function nameOf(metric: string, { regulariser }: RunSolution): string {
  return metric === 'regularized-gap' && regulariser !== undefined ? `${metric} (${regulariser})` : metric;
}

function resultLine({ run, solution }: SolveReport): string {
  const gap = run.answer.metrics[run.gap] as number;
  const measured = `${nameOf(run.gap, run)} ${formatNumber(gap)}`;
  const spent = `${formatNumber(run.steps)} steps, ${formatNumber(run.oracleCalls)} oracle calls`;
  const why = run.reason === undefined ? '' : ` (${run.reason})`;
  if (run.result === 'converged')
    return `converged${why}: ${measured} ≤ ${formatNumber(solution.tolerance)} after ${spent}`;
  const aim = solution.tolerance === 0 ? '' : `, tolerance ${formatNumber(solution.tolerance)}`;
  return `${run.result}${why}: ${measured}${aim} after ${spent}`;
}

function metricTable({ run }: SolveReport, verbose: boolean): string {
  const rows = Object.entries(run.answer.metrics).map(([name, value]) => {
    const text = typeof value === 'number' ? formatNumber(value) : value.map(formatNumber).join(', ');
    const definition = metricCatalogue[name]?.definition ?? playerImprovementsDefinition;
    return verbose ? [nameOf(name, run), text, definition] : [nameOf(name, run), text];
  });
  return textTable(verbose ? ['metric', 'value', 'definition'] : ['metric', 'value'], rows, ['left', 'right', 'left']);
}

/** `wasm, float32 (tfjs 4.22.0; cpu, 1 thread)`. */
function backendText({ name, dtype, library, device, threads, software }: BackendInfo): string {
  const threaded = threads === undefined ? '' : `, ${counted(threads, 'thread')}`;
  return `${name}, ${dtype} (${library}; ${device}${threaded}${software ? ', a program on the CPU' : ''})`;
}

/** What `solve` prints for people. */
export function solutionText(report: SolveReport, quiet: boolean, verbose: boolean): string {
  const { game, definition, instance, solution, run, backend, certificate } = report;
  const policies = game.actions.map((_, role) => policyTable(report, role, verbose));
  if (quiet) return policies.join('\n\n');
  const params = Object.entries(solution.params[0]).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? formatNumber(value) : value}`,
  );
  const method = [
    definition.name,
    ...params,
    `τ = ${formatNumber(temperatureOf(instance, 0))}`,
    `${run.iterate} iterate`,
    ...(verbose || backend.name !== 'cpu' ? [backendText(backend)] : []),
  ];
  const parts = [
    [
      gameLine(game),
      method.join(' · '),
      resultLine(report),
      ...(definition.target === undefined ? [] : [`approaches ${definition.target}`]),
    ].join('\n'),
    ...policies,
    metricTable(report, verbose),
    ...(run.guarantee === undefined ? [] : [guaranteeText(run.guarantee)]),
    ...(certificate === undefined
      ? []
      : [
          `exact regret of this policy: ${certificate.regrets.join(', ')}\n  nash-conv ${certificate.nashConv} ≈ ${formatNumber(certificate.nashConvValue)}`,
        ]),
  ];
  return parts.join('\n\n');
}

/** `NE,p,p,…`: the probabilities of every seat in order, as Gambit prints a mixed profile. */
export function gambitText({ game, run }: SolveReport): string {
  return ['NE', ...game.roleOf.flatMap((role) => run.answer.profile[role].map(String))].join(',');
}
