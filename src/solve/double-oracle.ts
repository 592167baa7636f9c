import { breathe } from './breathe.ts';
import { type Game, seatsPerRole } from './game.ts';
import type { Members, RosterMember } from './game-of-members.ts';
import { type Roster, rosterOf } from './roster.ts';
import { expectation, pure, supportOf } from './support.ts';

/** What a role faces when all play the mixture that solves the restricted game. */
export interface Situation {
  readonly role: number;
  /** Payoff of each action, `[A_role]`. */
  readonly payoffs: Float64Array;
  /** Payoff of the role's own mixture. */
  readonly value: number;
  /** Members of the role so far. */
  readonly members: number;
  readonly round: number;
  /** Whether an action is a member of its own. */
  has(action: number): boolean;
}

export interface DoubleOracleRules {
  /** The first members, at least one per role. */
  readonly first: Members;
  /** The meta-solver: probabilities of the members of a restricted game, per role. */
  meta(restricted: Game, round: number): Promise<readonly Float64Array[]>;
  /** The oracle: new members for a role, none where nothing gains. */
  respond(situation: Situation): RosterMember[];
  /** nash-conv in the full game at which it is done, in payoff units. */
  readonly tolerance: number;
  /** Rounds at most; no limit where absent. */
  readonly rounds?: number;
  /** Whether to give up, having so many members per role. */
  enough?(members: readonly number[]): boolean;
  /** Why to stop now: a time limit, an interruption. Asked after every round. */
  halted?(): string | undefined;
}

/** Why it ended: at the tolerance, with no response that gains, at a limit, given up, or told to stop. */
export type DoubleOracleEnd = 'tolerance' | 'no response' | 'rounds' | 'enough' | 'halted';

export interface DoubleOracleRound {
  /** In the full game, in payoff units. */
  readonly nashConv: number;
  /** Probabilities of the members that there were, per role. */
  readonly mixtures: readonly Float64Array[];
  /** Payoff evaluations until then, one per role and evaluation. */
  readonly evaluations: number;
}

export interface DoubleOracleAnswer {
  /** The round of the smallest nash-conv: probabilities over the full game's actions, per role. */
  readonly policies: readonly Float64Array[];
  /** Measured in the full game, in payoff units. */
  readonly nashConv: number;
  readonly ended: DoubleOracleEnd;
  /** What `halted` said. */
  readonly reason?: string;
  /** Names of all members, per role. */
  readonly members: readonly (readonly string[])[];
  readonly rounds: readonly DoubleOracleRound[];
}

/** Single actions that are members, per role. */
function actionsOf(members: Members): Set<number>[] {
  return members.map(
    (list) => new Set(list.flatMap(({ policy: { actions } }) => (actions.length === 1 ? [actions[0]] : []))),
  );
}

/** Mixtures, what they earn in the full game, and what deviating from them gains: Σ over seats of max u − ⟨π, u⟩. */
function measured(roster: Roster, seats: readonly number[], mixtures: readonly Float64Array[]) {
  const policies = roster.mixed(mixtures);
  const payoffs = roster.payoffs(mixtures);
  const values = payoffs.map((u, role) => expectation(supportOf(policies[role]), u));
  const gains = payoffs.map((u, role) => Math.max(0, u.reduce((top, value) => Math.max(top, value)) - values[role]));
  return { policies, payoffs, values, nashConv: gains.reduce((sum, gain, role) => sum + seats[role] * gain, 0) };
}

/**
 * Double oracle, and policy-space response oracles in general, for any number of players: solve the game restricted to the
 * members there are, let responses to its solution join, repeat. With an exact solver and exact responses it ends, after at
 * most as many rounds as there are actions, at an equilibrium of the full game.
 */
export async function doubleOracle(game: Game, rules: DoubleOracleRules): Promise<DoubleOracleAnswer> {
  const roster = rosterOf(game);
  const seats = seatsPerRole(game);
  const single = actionsOf(rules.first);
  const rounds: DoubleOracleRound[] = [];
  let best: { readonly policies: readonly Float64Array[]; readonly nashConv: number } | undefined;
  try {
    roster.join(rules.first);
    for (let round = 1; ; round++) {
      const mixtures = await rules.meta(roster.restricted(), round);
      const { policies, payoffs, values, nashConv } = measured(roster, seats, mixtures);
      rounds.push({ nashConv, mixtures, evaluations: roster.evaluations() });
      if (best === undefined || nashConv < best.nashConv) best = { policies, nashConv };
      await breathe();
      const names = roster.names();
      const ending = (ended: DoubleOracleEnd, reason?: string): DoubleOracleAnswer => ({
        ...(best as NonNullable<typeof best>),
        ended,
        ...(reason === undefined ? {} : { reason }),
        members: names,
        rounds,
      });
      if (nashConv <= rules.tolerance) return ending('tolerance');
      const reason = rules.halted?.();
      if (reason !== undefined) return ending('halted', reason);
      if (round >= (rules.rounds ?? Number.POSITIVE_INFINITY)) return ending('rounds');
      const newcomers = payoffs.map((u, role) =>
        rules.respond({
          role,
          payoffs: u,
          value: values[role],
          members: names[role].length,
          round,
          has: (action) => single[role].has(action),
        }),
      );
      if (newcomers.every(({ length }) => length === 0)) return ending('no response');
      roster.join(newcomers);
      actionsOf(newcomers).forEach((actions, role) => {
        for (const action of actions) single[role].add(action);
      });
      if (rules.enough?.(roster.names().map(({ length }) => length))) return ending('enough');
    }
  } finally {
    roster.dispose();
  }
}

/** The member that plays one action, under its label. */
export function pureMember(game: Game, role: number, action: number): RosterMember {
  return { name: game.labels[role][action], policy: pure(action) };
}

/** The oracle of best responses: the `count` best actions that earn more than the mixture by `slack` and are no members yet. */
export function bestResponses(game: Game, situation: Situation, count: number, slack: number): RosterMember[] {
  const { role, payoffs, value } = situation;
  const found: number[] = [];
  payoffs.forEach((payoff, action) => {
    if (payoff > value + slack && !situation.has(action)) found.push(action);
  });
  return found
    .sort((a, b) => payoffs[b] - payoffs[a])
    .slice(0, count)
    .map((action) => pureMember(game, role, action));
}
