import { formatNumber } from '../../reports/number.ts';
import { metrics as metricCatalogue } from '../metrics/catalogue.ts';
import { playerImprovementsDefinition } from '../metrics/player-improvements.ts';
import type { GuaranteeVerdict } from '../solve/guarantee.ts';
import { temperatureOf } from '../solve/problem.ts';
import { gameLine } from './describe.ts';
import type { SolveReport } from './solution-json.ts';
import { textTable } from './tables.ts';

/** Actions printed per role unless asked for all. */
const shown = 20;

function policyTable({ game, run }: SolveReport, role: number, all: boolean): string {
  const order = run.answer.profile[role]
    .map((probability, action) => ({ probability, label: game.labels[role][action] }))
    .sort((a, b) => b.probability - a.probability);
  const top = all ? order : order.slice(0, shown);
  const rest = order.slice(top.length).reduce((sum, { probability }) => sum + probability, 0);
  const rows = top.map(({ label, probability }) => [label, formatNumber(probability)]);
  if (top.length < order.length) rows.push([`… ${order.length - top.length} more, together`, formatNumber(rest)]);
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
  return `theorem: ${words}\n  ${verdict.statement}\n  ${verdict.source}${numbers}`;
}

function resultLine({ run, solution }: SolveReport): string {
  const gap = run.answer.metrics[run.gap] as number;
  const measured = `${run.gap} ${formatNumber(gap)}`;
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
    return verbose ? [name, text, metricCatalogue[name]?.definition ?? playerImprovementsDefinition] : [name, text];
  });
  return textTable(verbose ? ['metric', 'value', 'definition'] : ['metric', 'value'], rows, ['left', 'right', 'left']);
}

/** What `solve` prints for people. */
export function solutionText(report: SolveReport, quiet: boolean, verbose: boolean): string {
  const { game, definition, instance, solution, run, certificate } = report;
  const policies = game.actions.map((_, role) => policyTable(report, role, verbose));
  if (quiet) return policies.join('\n\n');
  const params = Object.entries(solution.params).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? formatNumber(value) : value}`,
  );
  const method = [
    definition.name,
    ...params,
    `τ = ${formatNumber(temperatureOf(instance, 0))}`,
    `${run.iterate} iterate`,
  ];
  const parts = [
    `${gameLine(game)}\n${method.join(' · ')}\n${resultLine(report)}`,
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
