import { Command } from 'commander';
import { type GameProperties, inspectGame } from '../../games/inspection/summary.ts';
import type { AnyGame } from '../../games/operators/operator-game.ts';
import { isNormalForm } from '../../games/players/normal-form.ts';
import { formatNumber } from '../../reports/number.ts';
import { certificateLimit, rationalEquilibrium } from '../exact/certificate.ts';
import { exactNumber, nearestDouble } from '../exact/fractions.ts';
import { zeroSumEquilibrium } from '../exact/zero-sum.ts';
import { isMatrixGame } from '../solve/game.ts';
import { correlatedWelfare, welfareText } from './correlated-row.ts';
import { gameLine, gameSummary } from './describe.ts';
import { equilibriaText, listedEquilibria, severalEquilibria } from './equilibria-text.ts';
import { exitCode } from './exit.ts';
import { type GameOptions, openGameArgument, withComparisonRules } from './open.ts';
import { print } from './streams.ts';
import { textTable } from './tables.ts';
import { writeGame } from './write-game.ts';

interface Equilibrium {
  /** One row per seat for games of several roles, else one. */
  readonly profile: readonly (readonly number[])[];
  readonly value: number;
  readonly method: string;
  /** Largest best-response gain of the profile, in payoff units. */
  readonly regret: number;
  readonly exact?: readonly (readonly string[])[];
}

/** Exact equilibria are searched for up to this many actions in the supports together. */
const exactSupport = 60;

async function equilibriumOf(game: AnyGame): Promise<Equilibrium | undefined> {
  if (game.sum !== 'constant' || !isMatrixGame(game)) return undefined;
  const { row, column, value, gap, method } = await zeroSumEquilibrium(game);
  const policies = game.actions.length === 1 ? [row] : [row, column];
  const support = policies.reduce((sum, policy) => sum + policy.filter((p) => p > 1e-9).length, 0);
  const small = game.matrices[0].values.length <= certificateLimit && support <= exactSupport;
  const exact = small ? rationalEquilibrium(game, policies) : undefined;
  if (exact === undefined) return { profile: policies.map((policy) => Array.from(policy)), value, method, regret: gap };
  const double = (text: string): number => nearestDouble(exactNumber(text));
  return {
    profile: exact.profile.map((policy) => policy.map(double)),
    value: double(exact.value),
    method: `${method}, then rationals`,
    regret: 0,
    exact: exact.profile,
  };
}

/** Names of properties as the text calls them. */
const spoken: Readonly<Record<string, string>> = {
  smithSet: 'Smith set',
  cyclicTriples: 'exact number of cyclic triples',
  cyclicShare: 'cyclic share',
  bradleyTerry: 'Bradley–Terry fit',
};

/** Pure equilibria that are named; more are counted. */
const namedProfiles = 12;

function pureRow({ pureEquilibria: pure }: GameProperties): string | undefined {
  if (pure === undefined) return undefined;
  if (pure.count === 0) return 'none';
  const names = pure.profiles.slice(0, namedProfiles).map((labels) => `(${labels.join(', ')})`);
  return `${formatNumber(pure.count)}: ${names.join(', ')}${pure.count > names.length ? ', …' : ''}`;
}

function propertyRows(game: AnyGame, properties: GameProperties): [string, string][] {
  const { condorcetWinner, smithSet, cyclicTriples, cyclicShare, bradleyTerry, sampledTriples, notMeasured } =
    properties;
  const rows: [string, string][] = [
    ['sum', properties.sum],
    ['symmetric', properties.symmetric ? 'yes' : 'no'],
    [
      'payoff span',
      `${properties.payoffSpanIs === 'upper bound' ? 'at most ' : ''}${formatNumber(properties.payoffSpan)}`,
    ],
  ];
  const pure = pureRow(properties);
  if (pure !== undefined) rows.push(['pure equilibria', pure]);
  if (game.kind !== 'preference') return rows;
  rows.push(['Condorcet winner', condorcetWinner ?? 'none: every action loses to, or ties with, another']);
  if (smithSet !== undefined) {
    const names = smithSet.length > 12 ? `${smithSet.slice(0, 12).join(', ')}, …` : smithSet.join(', ');
    rows.push(['Smith set', `${formatNumber(smithSet.length)} of ${formatNumber(game.actions[0])}: ${names}`]);
  }
  if (cyclicTriples !== undefined)
    rows.push(['cyclic triples', `${formatNumber(cyclicTriples.count)} of ${formatNumber(cyclicTriples.total)}`]);
  if (sampledTriples !== undefined) {
    const { cyclic, sample, seed } = sampledTriples;
    const share = cyclic / sample;
    const error = Math.sqrt((share * (1 - share)) / sample);
    // Three in the sample's size bounds what was never seen, with 95 % confidence.
    const estimate =
      cyclic === 0
        ? `below ${formatNumber(300 / sample)} %`
        : `about ${formatNumber(100 * share)} % ± ${formatNumber(100 * error)}`;
    rows.push([
      'cyclic triples',
      `${estimate} (${formatNumber(cyclic)} of ${formatNumber(sample)} drawn at random, seed ${seed})`,
    ]);
  }
  if (cyclicShare !== undefined)
    rows.push([
      'cyclic share',
      `${formatNumber(100 * cyclicShare)} % of the margins' energy is beyond any score (Hodge split)`,
    ]);
  if (bradleyTerry !== undefined)
    rows.push([
      'Bradley–Terry fit',
      `error ${formatNumber(bradleyTerry.maxError)} at most, ${formatNumber(bradleyTerry.meanError)} on average${bradleyTerry.finite ? '' : ' (strengths diverge)'}`,
    ]);
  if (notMeasured !== undefined)
    rows.push([
      'not measured',
      Object.entries(notMeasured)
        .map(([name, why]) => `${spoken[name] ?? name}: ${why}`)
        .join('\n'),
    ]);
  return rows;
}

function equilibriumText(game: AnyGame, equilibrium: Equilibrium | undefined): string {
  if (game.roleOf.length > 2)
    return `${isNormalForm(game) ? 'mixed equilibria' : 'equilibrium'}: not computed for more than two players; nashlab solve --solver newton --temperature τ finds a quantal response equilibrium`;
  if (!isMatrixGame(game))
    return 'equilibrium: not computed, the game has no matrix; nashlab solve gives one with a certified gap';
  if (equilibrium === undefined) return equilibriaText(game, listedEquilibria(game));
  const { profile, value, method, regret, exact } = equilibrium;
  const lists = profile.map((policy, role) => {
    const rows = policy
      .map((p, a) => ({
        p,
        cells: [game.labels[role][a], formatNumber(p), ...(exact === undefined ? [] : [exact[role][a]])],
      }))
      .filter(({ p }) => p > 1e-12)
      .sort((a, b) => b.p - a.p)
      .map(({ cells }) => cells);
    const cut = rows.slice(0, 40);
    if (rows.length > 40) cut.push([`… ${rows.length - 40} more`, '']);
    const head = [
      profile.length === 1 ? 'equilibrium' : `equilibrium, player ${role + 1}`,
      'probability',
      ...(exact === undefined ? [] : ['exactly']),
    ];
    return textTable(head, cut, ['left', 'right', 'right']);
  });
  const proof = exact === undefined ? `regret ${formatNumber(regret)}` : 'regret 0 in exact arithmetic';
  return [...lists, `value ${formatNumber(value)} · ${proof} · ${method}`].join('\n\n');
}

interface InspectFlags extends GameOptions {
  readonly json?: boolean;
  readonly write?: string;
}

async function runInspect(source: string, flags: InspectFlags): Promise<number> {
  const game = await openGameArgument(source, flags);
  if (flags.write !== undefined) writeGame(game, flags.write);
  const properties = inspectGame(game);
  const equilibrium = await equilibriumOf(game);
  const correlated = await correlatedWelfare(game);
  const several = equilibrium !== undefined && isMatrixGame(game) ? severalEquilibria(game) : undefined;
  if (flags.json) {
    const base = { schema: 'nashlab-inspection/1', game: gameSummary(game), properties };
    const found =
      equilibrium !== undefined
        ? { equilibrium, ...(several && { equilibria: several }) }
        : game.sum === 'general' && isMatrixGame(game)
          ? { equilibria: listedEquilibria(game) }
          : {};
    print(JSON.stringify({ ...base, ...found, ...(correlated && { correlated }) }, null, 1));
  } else {
    const about = game.description === undefined ? [] : [game.description];
    const rows = propertyRows(game, properties);
    if (correlated !== undefined) rows.push(['largest welfare', welfareText(correlated)]);
    const table = textTable(['property', ''], rows);
    const more =
      several === undefined || !isMatrixGame(game) ? [] : [`not the only one:\n\n${equilibriaText(game, several)}`];
    print([gameLine(game), ...about, table, equilibriumText(game, equilibrium), ...more].join('\n\n'));
  }
  return equilibrium === undefined || equilibrium.regret <= 1e-9 * Math.max(game.payoffSpan, Number.MIN_VALUE)
    ? exitCode.certified
    : exitCode.uncertified;
}

export function inspectCommand(finish: (code: number) => void): Command {
  const command = new Command('inspect')
    .description(
      'what kind of game is this: sum, symmetry, Condorcet winner or cycle, cyclic share, exact equilibrium, Bradley–Terry fit',
    )
    .argument('<game>', 'a file, - for stdin, or a catalogue name');
  return withComparisonRules(command)
    .option('--json', 'print one JSON object (schema nashlab-inspection/1)')
    .option('--write <file>', 'write the game, too: .nfg (Gambit), .gam (GameTracer) or .json (native)')
    .action(async (source: string, flags: InspectFlags) => finish(await runInspect(source, flags)));
}
