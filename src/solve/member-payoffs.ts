import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import { type Game, isMatrixGame, type Matrix } from './game.ts';
import { expectation, type Support } from './support.ts';

/** Payoffs among members of a two-player game, in a table that grows as members join. */
export interface MemberPayoffs {
  /** @param newcomers per role. */
  join(newcomers: readonly (readonly Support[])[]): void;
  /** Expected payoffs to the members of each role (rows) against those of the other (columns). */
  matrices(): Matrix[];
  /** Payoff of every action of the game, per role, against the members of the other role mixed so. */
  against(mixtures: readonly Float64Array[]): Float64Array[];
  /** Payoff evaluations so far. */
  evaluations(): number;
  dispose(): void;
}

/** Numbers of a batch of policies that are evaluated at once: 32 MB. */
const batchNumbers = 2 ** 22;

/** Column `action` of a matrix: what each row earns against it. */
function column({ rows, columns, values }: Matrix, action: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns + action]);
}

/** Asks the game for the payoffs of a role against policies of the other, one vector per policy. */
function evaluations(game: Game) {
  const backend = cpuBackend({ reproducible: true });
  let placed: ReturnType<Game['place']> | undefined;
  const together = (role: number, opponents: readonly Support[]): Float64Array[] => {
    placed ??= game.place(backend.ops);
    const { payoffs } = placed;
    const other = game.actions.length - 1 - role;
    const [own, width] = [game.actions[role], game.actions[other]];
    const rows = new Float64Array(opponents.length * width);
    opponents.forEach(({ actions, weights }, k) => {
      actions.forEach((action, i) => {
        rows[k * width + action] = weights[i];
      });
    });
    return backend.scope(() => {
      const policy = backend.ops.tensor(rows, [opponents.length, width]);
      const seat = game.roleOf.indexOf(role);
      // Nobody asks what a seat itself plays, but it plays something.
      const idle = other === role ? policy : backend.ops.fill([opponents.length, own], 1 / own);
      const values = hostValues(
        payoffs(
          seat,
          game.roleOf.map((_, at) => (at === seat ? idle : policy)),
        ),
      );
      return opponents.map((_, k) => values.slice(k * own, (k + 1) * own));
    });
  };
  return {
    of(role: number, opponents: readonly Support[]): Float64Array[] {
      const size = Math.max(1, Math.floor(batchNumbers / Math.max(...game.actions)));
      const found: Float64Array[] = [];
      for (let from = 0; from < opponents.length; from += size)
        found.push(...together(role, opponents.slice(from, from + size)));
      return found;
    },
    dispose(): void {
      if (placed !== undefined) backend.release(placed.tensors);
      void backend.dispose();
    },
  };
}

/**
 * The table of a two-player game of one draw. Each newcomer costs one payoff evaluation for each role it meets, which is a
 * column of the matrix where the newcomer is a single action and the game has one; the payoffs of the actions against every
 * member are kept, 8 bytes for each.
 */
export function memberPayoffs(game: Game): MemberPayoffs {
  const roles = game.actions.map((_, role) => role);
  const opponentOf = (role: number): number => roles.length - 1 - role;
  const evaluate = evaluations(game);
  const members: Support[][] = roles.map(() => []);
  /** Per role and member of the other: payoffs of the role's actions. */
  const vectors: Float64Array[][] = roles.map(() => []);
  /** Per role, own member and member of the other. */
  const table: number[][][] = roles.map(() => []);
  let count = 0;
  const payoffsAgainst = (role: number, newcomers: readonly Support[]): Float64Array[] => {
    const read = isMatrixGame(game) ? game.matrices[role] : undefined;
    const single = ({ weights }: Support): boolean => weights.length === 1 && weights[0] === 1;
    const mixed = read === undefined ? newcomers : newcomers.filter((one) => !single(one));
    const asked = evaluate.of(role, mixed).values();
    return newcomers.map((one) =>
      read !== undefined && single(one) ? column(read, one.actions[0]) : (asked.next().value as Float64Array),
    );
  };
  return {
    join(newcomers) {
      roles.forEach((role) => {
        const arriving = newcomers[opponentOf(role)];
        vectors[role].push(...payoffsAgainst(role, arriving));
        count += arriving.length;
        members[role].push(...newcomers[role]);
      });
      roles.forEach((role) => {
        members[role].forEach((member, i) => {
          table[role][i] ??= [];
          const row = table[role][i];
          while (row.length < vectors[role].length) row.push(expectation(member, vectors[role][row.length]));
        });
      });
    },
    matrices: () =>
      roles.map((role) => ({
        rows: members[role].length,
        columns: members[opponentOf(role)].length,
        values: Float64Array.from(table[role].flat()),
      })),
    against: (mixtures) =>
      roles.map((role) => {
        const sum = new Float64Array(game.actions[role]);
        mixtures[opponentOf(role)].forEach((weight, member) => {
          if (weight === 0) return;
          const values = vectors[role][member];
          for (let a = 0; a < sum.length; a++) sum[a] += weight * values[a];
        });
        return sum;
      }),
    evaluations: () => count,
    dispose: evaluate.dispose,
  };
}
