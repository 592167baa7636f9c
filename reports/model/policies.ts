import type { IterateName } from '../../experiments/stored.ts';
import { bestSeed, policiesOf } from './answer.ts';
import type { GameFacts } from './game.ts';
import type { Bundle, FigureGroup } from './groups.ts';
import type { Series } from './series.ts';

export interface FinalPolicy {
  readonly series: Series;
  readonly temperature: number;
  readonly seed: string;
  readonly iterate: IterateName;
  /** Probability of each shown action, in the order of `actions`; NaN where it is not finite. */
  readonly probabilities: readonly number[];
  /** Probability of all actions that are not shown. */
  readonly rest: number;
}

/** The policies one role's runs ended with. */
export interface RolePolicies {
  readonly roleName: string;
  /** Labels of the shown actions, in the order of the answer. */
  readonly actions: readonly string[];
  /** How many actions are not shown. */
  readonly hidden: number;
  readonly policies: readonly FinalPolicy[];
}

export interface FinalPolicies {
  /** Absent when the figure holds several temperatures. */
  readonly temperature?: number;
  readonly roles: readonly RolePolicies[];
}

/** Actions shown at most. */
export const shownPolicyActions = 40;

function policyOf({ series, temperature, runs }: Bundle, role: number, order: readonly number[]): FinalPolicy[] {
  const run = bestSeed(runs);
  const policy = run === undefined ? undefined : policiesOf(run)?.[role];
  if (run === undefined || policy === undefined) return [];
  const at = (action: number) => policy[action] ?? Number.NaN;
  const rest = order.slice(shownPolicyActions).reduce((total, action) => total + at(action), 0);
  const probabilities = order.slice(0, shownPolicyActions).map(at);
  return [{ series, temperature, seed: run.cell.seed, iterate: run.cell.iterate, probabilities, rest }];
}

/** The certified policies of a group of runs; `orders` holds the actions of each role in the order of the answer. */
export function finalPolicies(
  game: GameFacts,
  group: FigureGroup,
  orders: readonly (readonly number[])[],
): FinalPolicies {
  const roles = game.labels.map((labels, role): RolePolicies => {
    const order = orders[role];
    return {
      roleName: game.roleNames[role],
      actions: order.slice(0, shownPolicyActions).map((action) => labels[action]),
      hidden: Math.max(0, order.length - shownPolicyActions),
      policies: group.bundles.flatMap((bundle) => policyOf(bundle, role, order)),
    };
  });
  const drawn = roles.filter(({ policies }) => policies.length > 0);
  return group.temperature === undefined ? { roles: drawn } : { temperature: group.temperature, roles: drawn };
}
