import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Game, Matrix, MatrixGame } from './game.ts';
import { gameOfMembers, type Members, namesOf, type RosterMember, restrictedName } from './game-of-members.ts';
import { instance } from './instance.ts';
import { matrixGameOf } from './matrix-game.ts';
import { memberPayoffs } from './member-payoffs.ts';
import { placeProblem } from './problem.ts';
import { addPolicy } from './support.ts';

/** Policies that a restricted game plays with, in a list per role that grows. */
export interface Roster {
  /** Names per role. */
  names(): readonly (readonly string[])[];
  /** Adds members per role. */
  join(newcomers: Members): void;
  /** The game whose actions are the members. */
  restricted(): Game;
  /** Probabilities over the game's actions, per role, of members mixed so. */
  mixed(mixtures: readonly Float64Array[]): Float64Array[];
  /** Payoff of every action of the game, per role, when all play members mixed so. */
  payoffs(mixtures: readonly Float64Array[]): Float64Array[];
  /** Payoff evaluations so far, one per role and evaluation. */
  evaluations(): number;
  dispose(): void;
}

type Restricted = Pick<Roster, 'restricted' | 'payoffs' | 'evaluations' | 'dispose' | 'join'>;

/** Allowed deviation of P + Pᵀ from 1 and of P from [0, 1], as for games that are read. */
const tolerance = 1e-9;

function isPreference({ rows, values }: Matrix): boolean {
  const mirrored = (k: number): number => values[(k % rows) * rows + Math.floor(k / rows)];
  return values.every((p, k) => Math.abs(p - 0.5) <= 0.5 + tolerance && Math.abs(p + mirrored(k) - 1) <= tolerance);
}

/** The kind of a two-player game of these matrices; none for players who share a role without P + Pᵀ = 1. */
function kindOf(game: Game, matrices: readonly Matrix[]): MatrixGame['kind'] | undefined {
  if (matrices.length === 1) return isPreference(matrices[0]) ? 'preference' : undefined;
  return game.kind === 'zero-sum' ? 'zero-sum' : 'bimatrix';
}

function ofTwo(game: Game, members: Members): Restricted {
  const payoffs = memberPayoffs(game);
  return {
    join: (newcomers) => payoffs.join(newcomers.map((list) => list.map(({ policy }) => policy))),
    restricted() {
      const matrices = payoffs.matrices();
      const kind = kindOf(game, matrices);
      if (kind === undefined) return gameOfMembers(game, members);
      return matrixGameOf({ name: restrictedName(game), kind, labels: namesOf(members), matrices, sum: game.sum });
    },
    payoffs: payoffs.against,
    evaluations: payoffs.evaluations,
    dispose: payoffs.dispose,
  };
}

function ofMany(game: Game, members: Members, mixed: Roster['mixed']): Restricted {
  const backend = cpuBackend({ reproducible: true });
  const { ops, payoffsOf, oracleCalls, tensors } = placeProblem(backend.ops, instance(game), 1);
  return {
    join() {},
    restricted: () => gameOfMembers(game, members),
    payoffs: (mixtures) =>
      backend.scope(() => {
        const policies = mixed(mixtures).map((policy) => ops.tensor(policy, [1, policy.length]));
        return payoffsOf(policies).map((tensor) => hostValues(tensor).slice());
      }),
    evaluations: oracleCalls,
    dispose() {
      backend.release(tensors);
      void backend.dispose();
    },
  };
}

/** An empty roster of a game. Two-player games of one draw get matrices, others are asked anew at every mixture. */
export function rosterOf(game: Game): Roster {
  const members: RosterMember[][] = game.actions.map(() => []);
  const mixed: Roster['mixed'] = (mixtures) =>
    members.map((list, role) => {
      const policy = new Float64Array(game.actions[role]);
      list.forEach((member, k) => {
        if (mixtures[role][k] !== 0) addPolicy(policy, member.policy, mixtures[role][k]);
      });
      return policy;
    });
  const { join, ...rest } =
    game.roleOf.length === 2 && game.draws === 1 ? ofTwo(game, members) : ofMany(game, members, mixed);
  return {
    ...rest,
    names: () => namesOf(members),
    join(newcomers) {
      for (const [role, list] of newcomers.entries()) members[role].push(...list);
      join(newcomers);
    },
    mixed,
  };
}

/** The game restricted to these members. */
export function restrictedTo(game: Game, members: Members): Game {
  const roster = rosterOf(game);
  try {
    roster.join(members);
    return roster.restricted();
  } finally {
    roster.dispose();
  }
}
