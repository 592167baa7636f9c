import { counted } from '../../games/counted.ts';
import { formatNumber } from '../../reports/number.ts';
import type { Dynamics } from '../dynamics/dynamics.ts';
import { metrics as metricCatalogue } from '../metrics/catalogue.ts';
import { groupWinRatesDefinition } from '../metrics/group-win-rates.ts';
import { playerImprovementsDefinition } from '../metrics/player-improvements.ts';
import type { BackendInfo } from '../numerics/backend.ts';
import { type Game, isGroupedGame } from '../solve/game.ts';
import type { GuaranteeVerdict } from '../solve/guarantee.ts';
import { type Instance, temperatureOf } from '../solve/problem.ts';
import type { RunSolution } from '../solve/solution.ts';
import { gameLine } from './describe.ts';
import { jointLine, jointTable } from './joint-text.ts';
import type { SolveReport } from './solution-json.ts';
import { textTable } from './tables.ts';

/** Actions printed per role, and where all are asked for: a table of a million rows would take minutes. */
const shown = 20;
const shownAtMost = 10_000;
/** Groups named, the worst first. */
const groupsShown = 12;

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
  const ratings = run.ratings?.[role];
  const rated = (action: number): string[] => (ratings === undefined ? [] : [formatNumber(ratings[action])]);
  const rows = top.map((action) => [game.labels[role][action], formatNumber(policy[action]), ...rated(action)]);
  if (top.length < policy.length) {
    const inside = new Set(top);
    const rest = policy.reduce((sum, probability, action) => (inside.has(action) ? sum : sum + probability), 0);
    rows.push([
      `… ${policy.length - top.length} more, together`,
      formatNumber(rest),
      ...(ratings === undefined ? [] : ['']),
    ]);
  }
  const head = game.actions.length === 1 ? 'action' : `action of player ${role + 1}`;
  const heads = [
    head,
    run.joint === undefined ? 'probability' : 'marginal',
    ...(ratings === undefined ? [] : ['rating']),
  ];
  return textTable(heads, rows, ['left', 'right', 'right']);
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

/** `cycles with period 132 steps (largest exponent 0.0000 ± 0.0001 per step)`. */
function dynamicsText({ label, unit, exponent, error, period }: Dynamics): string {
  const turn =
    period === undefined
      ? ''
      : ` with period ${formatNumber(period)}${unit === 'step' ? ' steps' : ', in sums of step sizes'}`;
  if (exponent === undefined) return `${label}${turn}`;
  const digits = error === undefined ? 4 : Math.min(12, Math.max(0, Math.ceil(-Math.log10(error))));
  const within = error === undefined ? '' : ` ± ${error.toFixed(digits)}`;
  const per = unit === 'step' ? 'per step' : 'per unit of the step size';
  return `${label}${turn} (largest exponent ${exponent.toFixed(digits)}${within} ${per})`;
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

/** Definitions of what is measured for each player, or for each group. */
const listDefinitions: Readonly<Record<string, string>> = {
  'player-improvements': playerImprovementsDefinition,
  'group-win-rates': groupWinRatesDefinition,
};

/** Names before the numbers of a list, for the groups; the least of them is marked. */
function listText(game: Game, name: string, values: readonly number[]): string {
  if (name !== 'group-win-rates' || !isGroupedGame(game)) return values.map(formatNumber).join(', ');
  const worst = values.reduce((low, value, g) => (value < values[low] ? g : low), 0);
  const named = values.map(
    (value, g) => `${game.groups[g].name} ${formatNumber(value)}${g === worst ? ' (worst)' : ''}`,
  );
  const order = values.map((_, g) => g).sort((a, b) => values[a] - values[b]);
  const shownFirst = order.slice(0, groupsShown).map((g) => named[g]);
  return `${shownFirst.join(', ')}${values.length > groupsShown ? `, … ${values.length - groupsShown} more` : ''}`;
}

function metricTable({ run, game }: SolveReport, verbose: boolean): string {
  const rows = Object.entries(run.answer.metrics).map(([name, value]) => {
    const text = typeof value === 'number' ? formatNumber(value) : listText(game, name, value);
    const definition = metricCatalogue[name]?.definition ?? listDefinitions[name];
    return verbose ? [nameOf(name, run), text, definition] : [nameOf(name, run), text];
  });
  return textTable(verbose ? ['metric', 'value', 'definition'] : ['metric', 'value'], rows, ['left', 'right', 'left']);
}

const mostMembers = 6;

/** How far the last iterate can be beaten by a best response to whom it met, and where that gain comes from. */
function populationLines({ game, run }: SolveReport): string[] {
  return (run.againstPopulation ?? []).map(({ role, gain, bestResponse, members }) => {
    const whose = game.actions.length === 1 ? '' : ` of player ${role + 1}`;
    const head = `against its population ${run.population}: the best response${whose}, "${game.labels[role][bestResponse]}", gains ${formatNumber(gain)} on the last iterate`;
    const top = [...members].sort((a, b) => b.weight - a.weight).slice(0, mostMembers);
    const rows = top.map((member) => [member.name, ...[member.weight, member.gain, member.alone].map(formatNumber)]);
    const columns = ['member', 'share', 'gain of that response', 'gain of its own best'];
    return `${head}\n${textTable(columns, rows, ['left', 'right', 'right', 'right'])}`;
  });
}

/** `wasm, float32 (tfjs 4.22.0; cpu, 1 thread)`. */
function backendText({ name, dtype, library, device, threads, software }: BackendInfo): string {
  const threaded = threads === undefined ? '' : `, ${counted(threads, 'thread')}`;
  return `${name}, ${dtype} (${library}; ${device}${threaded}${software ? ', a program on the CPU' : ''})`;
}

/** `τ = 0.1`, or `τ = 0.1 × 1, 0.5` where roles have temperatures of their own. */
function temperatureText(instance: Instance): string {
  const { roleTemperatures: factors } = instance;
  const common = `τ = ${formatNumber(temperatureOf(instance, 0))}`;
  return factors === undefined ? common : `${common} × ${factors.map(formatNumber).join(', ')}`;
}

/** What `solve` prints for people. */
export function solutionText(report: SolveReport, quiet: boolean, verbose: boolean): string {
  const { game, definition, instance, solution, run, backend, certificate } = report;
  const joint = run.joint === undefined ? [] : [jointTable(game, run.joint, verbose)];
  const policies = [...joint, ...game.actions.map((_, role) => policyTable(report, role, verbose))];
  if (quiet) return policies.join('\n\n');
  const params = Object.entries(solution.params[0]).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? formatNumber(value) : value}`,
  );
  const method = [
    definition.name,
    ...params,
    ...(run.population === undefined ? [] : [`population ${run.population}`]),
    temperatureText(instance),
    `${run.iterate} iterate`,
    ...(verbose || backend.name !== 'cpu' ? [backendText(backend)] : []),
  ];
  const parts = [
    [
      gameLine(game),
      method.join(' · '),
      resultLine(report),
      ...(definition.target === undefined ? [] : [`approaches ${definition.target}`]),
      ...(run.joint === undefined ? [] : [jointLine(game, run.joint)]),
    ].join('\n'),
    ...policies,
    metricTable(report, verbose),
    ...populationLines(report),
    ...(run.guarantee === undefined ? [] : [guaranteeText(run.guarantee)]),
    ...(run.dynamics === undefined ? [] : [`dynamics: ${dynamicsText(run.dynamics)}`]),
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
