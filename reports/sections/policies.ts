import { heatMapChart } from '../charts/heat-map.ts';
import { policyBars } from '../charts/policy-bars.ts';
import { figure, type Panel } from '../html/figure.ts';
import { barKey, colourScale, legend } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { FinalPolicies, FinalPolicy, RolePolicies } from '../model/policies.ts';
import { capitalised, counted, formatNumber, formatProbability, listed, partText } from '../number.ts';
import { sequentialColours, toldApart } from '../palette.ts';
import { curveName, temperatureText } from '../words.ts';

const mostBars = 12;

function restLabel(hidden: number): string {
  return `${counted(hidden, 'other')}, summed`;
}

function largest(policies: readonly FinalPolicy[]): number {
  return Math.max(0, ...policies.flatMap(({ probabilities }) => probabilities.filter(Number.isFinite)));
}

function isSmall({ actions, hidden }: RolePolicies): boolean {
  return actions.length + hidden <= mostBars;
}

/** How many policies before the `i`-th are of its series, at other temperatures. */
function sameBefore(policies: readonly FinalPolicy[], i: number): number {
  return policies.slice(0, i).filter(({ series }) => series.slot === policies[i].series.slot).length;
}

function bars(
  { actions, policies, roleName }: RolePolicies,
  names: readonly string[],
  description: string,
  most: number,
): Panel {
  const drawn = policies.map(({ series, probabilities }, i) => ({
    name: names[i],
    slot: series.slot,
    before: sameBefore(policies, i),
    probabilities,
  }));
  return { ...titled(roleName), maxWidth: 780, chart: policyBars(actions, drawn, description, most) };
}

function titled(roleName: string): { title?: string } {
  return roleName === '' ? {} : { title: capitalised(roleName) };
}

function heatMap(role: RolePolicies, most: number, names: readonly string[], description: string): Panel {
  const { actions, hidden, policies, roleName } = role;
  const values = actions.map((_, i) => policies.map(({ probabilities }) => probabilities[i]));
  return {
    ...titled(roleName),
    maxWidth: 320 + 90 * names.length,
    chart: heatMapChart({
      rows: hidden === 0 ? actions : [...actions, restLabel(hidden)],
      columns: names,
      values: hidden === 0 ? values : [...values, policies.map(({ rest }) => rest)],
      rowTitle: 'action',
      columnTitle: 'solver',
      colours: sequentialColours,
      domain: [0, most],
      numberText: formatProbability,
      strong: [-1, most * 0.55],
      description,
    }),
  };
}

function table({ actions, hidden, policies, roleName }: RolePolicies, names: readonly string[]): Markup {
  const rows = actions.map((action, i) => [
    isolated(action),
    ...policies.map(({ probabilities }) => formatProbability(probabilities[i])),
  ]);
  const rest = hidden === 0 ? [] : [[restLabel(hidden), ...policies.map((policy) => formatProbability(policy.rest))]];
  return dataTable(
    [
      { name: capitalised(`${roleName} action`.trim()) },
      ...names.map((name) => ({ name: isolated(name), numeric: true })),
    ],
    [...rows, ...rest],
    undefined,
    roleName,
  );
}

function caption(roles: readonly RolePolicies[], names: readonly string[], small: boolean): string {
  const policies = roles.flatMap((role) => role.policies);
  const iterates = listed([...new Set(policies.map(({ iterate }) => iterate))]);
  const seeds = [...new Set(policies.map(({ seed }) => seed))];
  const seed = seeds.length === 1 ? `seed ${seeds[0]}` : 'of each solver the seed with the smallest gap';
  const cut = roles.find(({ hidden }) => hidden > 0);
  const rest =
    cut === undefined
      ? ''
      : ` The ${cut.actions.length} most probable actions of ${formatNumber(cut.actions.length + cut.hidden)} are shown; the last row sums the others.`;
  const broken = names.filter((_, i) => roles.some((role) => !role.policies[i].probabilities.every(Number.isFinite)));
  const missing = broken.length === 0 ? '' : ` Not drawn, because not finite: ${listed(broken)}.`;
  return `Probability of each action in the certified iterate (${iterates}), ${seed}. Actions stand in the order of their probability in the answer${small ? ', bars in that of the legend' : ''}.${rest}${missing}`;
}

/** The roles of a figure with the policies of a few series only. */
function ofSeries(roles: readonly RolePolicies[], slots: readonly number[]): RolePolicies[] {
  return roles.map((role) => ({
    ...role,
    policies: role.policies.filter(({ series }) => slots.includes(series.slot)),
  }));
}

/** Roles with as many series at a time as bars can tell apart by their colours; a heat map names its columns. */
function partsOf(roles: readonly RolePolicies[]): readonly (readonly RolePolicies[])[] {
  if (!roles.every(isSmall)) return [roles];
  const parts = toldApart(roles[0].policies, ({ series }) => series.slot);
  return parts.map((policies) =>
    ofSeries(
      roles,
      policies.map(({ series }) => series.slot),
    ),
  );
}

/** The policies the runs ended with, one panel per role: bars for up to a dozen actions, else a heat map. */
export function policyFigures(game: GameFacts, { temperature, roles }: FinalPolicies): Markup[] {
  if (roles.length === 0) return [];
  const most = largest(roles.flatMap(({ policies }) => policies)) || 1;
  const parts = partsOf(roles);
  return parts.map((own, part) => partFigure(game, temperature, own, most, partText(part, parts.length)));
}

function partFigure(
  game: GameFacts,
  temperature: number | undefined,
  roles: readonly RolePolicies[],
  most: number,
  part: string,
): Markup {
  const several = temperature === undefined;
  const title = `${several ? 'Final policies' : `Final policies, ${temperatureText(temperature)}`}${part}`;
  const names = roles[0].policies.map((policy) => curveName(policy.series, policy.temperature, several));
  const small = roles.every(isSmall);
  return figure({
    title,
    legend: small
      ? legend(
          roles[0].policies.map(({ series }, i) => barKey(series.slot, sameBefore(roles[0].policies, i), names[i])),
        )
      : colourScale(sequentialColours, [
          '0',
          'probability',
          formatNumber(largest(roles.flatMap(({ policies }) => policies))),
        ]),
    panelWidth: 400,
    panels: roles.map((role) => {
      const description = `${title} on ${game.name} ${role.roleName}`.trim();
      return small ? bars(role, names, description, most) : heatMap(role, most, names, description);
    }),
    caption: caption(roles, names, small),
    table: roles.map((role) => table(role, names)),
  });
}
