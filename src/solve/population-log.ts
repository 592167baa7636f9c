import type { Backend } from '../numerics/backend.ts';
import { hostValues } from '../numerics/cpu/backend.ts';
import type { Scalar } from '../numerics/tensor.ts';
import type { Member } from './population.ts';
import type { PopulationGap, PopulationHistory } from './solution.ts';

/** A member's share at one record: for all runs, or one per run. */
interface Share {
  readonly name: string;
  readonly weight: number | Float64Array;
}

/** Who is met, per role. */
export type Shares = readonly (readonly Share[])[];

/** Who was met at each record, per role. */
interface PopulationLog {
  note(record: number, roles: Shares): void;
  /** Keeps the gaps of runs that have just ended. */
  close(runs: number, ended: (run: number) => boolean, measure: () => (run: number) => readonly PopulationGap[]): void;
  gaps(run: number): readonly PopulationGap[] | undefined;
  /** Of one run, of its first records. */
  history(run: number, records: number): readonly PopulationHistory[];
}

/** Populations of the roles beyond these are not kept: no figure shows them. */
export const rolesKept = 6;

export type Members = readonly (readonly Member[])[];

function weightHere(weight: Scalar): number | Float64Array {
  return typeof weight === 'number' ? weight : Float64Array.from(hostValues(weight));
}

/** Shares of members that lie on a CPU backend; of nobody where nobody is met. */
export function sharesOnHost(roles: Members | undefined): Shares | undefined {
  return roles?.map((members) => members.map(({ name, weight }) => ({ name, weight: weightHere(weight) })));
}

/** The same, read back from a device. */
export async function sharesFrom(backend: Backend, roles: Members | undefined): Promise<Shares | undefined> {
  const read = async ({ name, weight }: Member): Promise<Share> => ({
    name,
    weight: typeof weight === 'number' ? weight : await backend.read(weight),
  });
  return roles && Promise.all(roles.map((members) => Promise.all(members.map(read))));
}

export function populationLog(): PopulationLog {
  const records: Shares[] = [];
  const gaps: (readonly PopulationGap[] | undefined)[] = [];
  return {
    note(record, roles) {
      records[record] = roles;
    },
    close(runs, ended, measure) {
      const closing = Array.from({ length: runs }, (_, run) => run).filter(
        (run) => ended(run) && gaps[run] === undefined,
      );
      if (closing.length === 0) return;
      const gapOf = measure();
      for (const run of closing) gaps[run] = gapOf(run);
    },
    gaps: (run) => gaps[run],
    history(run, count) {
      const roles = records[0]?.length ?? 0;
      return Array.from({ length: roles }, (_, role): PopulationHistory => {
        const names = new Map<string, number>();
        const rows = records.slice(0, count).flatMap((shares, record) =>
          shares[role].map(({ name, weight }) => {
            const member = names.get(name) ?? names.size;
            names.set(name, member);
            const share = typeof weight === 'number' ? weight : weight[weight.length === 1 ? 0 : run];
            return { record, member, share };
          }),
        );
        return {
          role,
          names: [...names.keys()],
          record: rows.map(({ record }) => record),
          member: rows.map(({ member }) => member),
          weight: rows.map(({ share }) => share),
        };
      });
    },
  };
}
