import type { Schedule } from '../core/schedule.ts';
import type { Ops } from '../numerics/ops.ts';
import type { Scalar, Tensor } from '../numerics/tensor.ts';
import type { Game, PayoffOracle, Probs } from './game.ts';
import { seatOfRole } from './game.ts';
import type { Member } from './population.ts';
import { type PerRunSchedule, type RowSchedule, rowSchedule } from './row-schedule.ts';

/** Log-probabilities of one policy per role, `[B, A_role]` each. */
export type Profile = readonly Tensor[];

/** Log-probabilities on the host, per role, row-major `[B|1, A_role]`. */
export type HostProfile = readonly Float64Array[];

/** What to solve, on the host: a game and the choices that define its regularisation and its start. */
export interface Instance {
  readonly game: Game;
  /** Runs B that share the leading axis. */
  readonly runs: number;
  /** Temperature τ ≥ 0 in payoff units, shared or one per run; 0 = unregularised. */
  readonly temperature: number | readonly number[];
  /** Temperature of each role as a factor above 0 of that one; 1 where absent. */
  readonly roleTemperatures?: readonly number[];
  /** Reference ρ; needs full support. */
  readonly reference: HostProfile;
  readonly start: HostProfile;
}

/** An instance placed on a backend: all that a solver sees. */
export interface Problem {
  readonly ops: Ops;
  readonly runs: number;
  /** Actions per role. */
  readonly actions: readonly number[];
  readonly roleOf: readonly number[];
  /** What step sizes refer to; the temperature of every role unless `temperatures` says otherwise. */
  readonly temperature: Scalar;
  /** Temperature of each role, where one differs. */
  readonly temperatures?: readonly Scalar[];
  /** log ρ per role. */
  readonly reference: Profile;
  readonly start: Profile;
  /** The oracle of one seat, whoever plays the others: one oracle call. */
  readonly payoffs: PayoffOracle;
  /** Payoff vector of every role, `[B, A_role]`, when all seats play these policies (probabilities per role). */
  payoffsOf(policies: readonly Probs[]): Tensor[];
  /** The same for policies given as log-probabilities; what a check has just evaluated is not evaluated again. */
  payoffsAt(log: Profile): Tensor[];
  /** The same, where each role meets others than its rivals do: probabilities per role, as `role` sees them. */
  payoffsSeen(by: (role: number) => readonly Probs[]): Tensor[];
  /** Who is in the population of a role when the solver asks about these log-probabilities; with a population only. */
  members?(present: Profile, role: number): readonly Member[];
  /** The same as `payoffsOf`, not counted as an oracle call: for measuring. */
  payoffVectors(policies: readonly Probs[]): Tensor[];
  /** Keeps the payoff vectors at these tensors for `payoffsAt`, until forgotten; both must live that long. */
  remember(log: Profile, payoffs: Tensor[]): void;
  /** @returns the payoff vectors that were kept. */
  remembered(): readonly Tensor[] | undefined;
  forget(): void;
  /** Value of a schedule at a step (from 0): a number where all runs agree, else `[B, 1]`. */
  at(schedule: Schedule | PerRunSchedule, step: number): Scalar;
  /** Oracle calls made so far: one per role and evaluation. */
  oracleCalls(): number;
  /** Every tensor the problem itself owns. */
  readonly tensors: readonly Tensor[];
}

/** Temperature of run r. */
export function temperatureOf(instance: Pick<Instance, 'temperature'>, run: number): number {
  const { temperature } = instance;
  return typeof temperature === 'number' ? temperature : temperature[run];
}

/** Factors of the temperatures of the roles, where there is a temperature and any of them is not 1. */
export function temperatureFactors(
  instance: Pick<Instance, 'temperature' | 'roleTemperatures'>,
): readonly number[] | undefined {
  const { roleTemperatures: factors } = instance;
  return temperatureOf(instance, 0) > 0 && factors?.some((factor) => factor !== 1) ? factors : undefined;
}

/** Temperature of a role in run r. */
export function roleTemperatureOf(
  instance: Pick<Instance, 'temperature' | 'roleTemperatures'>,
  run: number,
  role: number,
): number {
  return temperatureOf(instance, run) * (instance.roleTemperatures?.[role] ?? 1);
}

/** Row of one run in a host profile, per role and without a copy; a single row serves all runs. */
export function rowsOfRun(profile: HostProfile, actions: readonly number[], run: number): Float64Array[] {
  return profile.map((values, role) => {
    const count = actions[role];
    return values.length === count ? values : values.subarray(run * count, (run + 1) * count);
  });
}

/** The payoff span schedules and step sizes are measured in; 1 for a constant game, where any step will do. */
export function stepSpan(game: Pick<Game, 'payoffSpan'>): number {
  return game.payoffSpan > 0 ? game.payoffSpan : 1;
}

function placeProfile(ops: Ops, profile: HostProfile, actions: readonly number[]): Tensor[] {
  return profile.map((values, role) => ops.tensor(values, [values.length / actions[role], actions[role]]));
}

/**
 * Places an instance on a backend.
 * @param steps the step limit T that schedules may refer to.
 * @param schedules the ones that `at` will be asked for at every step.
 */
export function placeProblem(
  ops: Ops,
  instance: Instance,
  steps: number,
  schedules: readonly (Schedule | PerRunSchedule)[] = [],
): Problem {
  const { game, runs } = instance;
  const placed = game.place(ops);
  const seats = seatOfRole(game);
  /** The usual case, without a list of its own made at every evaluation. */
  const symmetricPair = seats.length === 1 && game.roleOf.length === 2;
  const bothSeats: Probs[] = [];
  const reference = placeProfile(ops, instance.reference, game.actions);
  const start = placeProfile(ops, instance.start, game.actions);
  const temperature: Scalar =
    typeof instance.temperature === 'number' ? instance.temperature : ops.tensor(instance.temperature, [runs, 1]);
  const tensors: Tensor[] = [...placed.tensors, ...reference, ...start];
  if (typeof temperature !== 'number') tensors.push(temperature);
  const temperatures = temperatureFactors(instance)?.map((factor): Scalar => {
    if (typeof instance.temperature === 'number') return factor * instance.temperature;
    const own = ops.tensor(
      instance.temperature.map((tau) => factor * tau),
      [runs, 1],
    );
    tensors.push(own);
    return own;
  });

  const fixed = { T: steps, span: stepSpan(game), n: Math.max(...game.actions) };
  const ofRuns = Array.from({ length: runs }, (_, run) => temperatureOf(instance, run));
  const compile = (schedule: Schedule | PerRunSchedule): RowSchedule => rowSchedule(schedule, ofRuns, fixed);
  const evaluate = (rows: RowSchedule, step: number): Scalar => {
    const value = rows.at(step);
    return typeof value === 'number' ? value : ops.tensor(value, [runs, 1]);
  };
  /** A value that no step changes is made once, here, and lives as long as the problem. */
  const compiled = new Map<Schedule | PerRunSchedule, { readonly rows: RowSchedule; readonly value?: Scalar }>();
  for (const schedule of schedules) {
    const rows = compile(schedule);
    const value = rows.constant ? evaluate(rows, 0) : undefined;
    compiled.set(schedule, value === undefined ? { rows } : { rows, value });
    if (typeof value === 'object') tensors.push(value);
  }

  let calls = 0;
  let rememberedAt: Profile | undefined;
  let remembered: Tensor[] | undefined;
  const isRemembered = (log: Profile): boolean => {
    if (rememberedAt === undefined) return false;
    for (let role = 0; role < log.length; role++) if (rememberedAt[role] !== log[role]) return false;
    return true;
  };
  const payoffVectors = (policies: readonly Probs[]): Tensor[] => {
    if (symmetricPair) {
      bothSeats[0] = policies[0];
      bothSeats[1] = policies[0];
      return [placed.payoffs(0, bothSeats)];
    }
    const seated = game.roleOf.map((role) => policies[role]);
    const everyone = seats.length > 1 ? placed.everyone?.(seated) : undefined;
    return seats.map((seat) => everyone?.[seat] ?? placed.payoffs(seat, seated));
  };
  const payoffsOf = (policies: readonly Probs[]): Tensor[] => {
    calls += seats.length;
    return payoffVectors(policies);
  };
  return {
    ops,
    runs,
    actions: game.actions,
    roleOf: game.roleOf,
    temperature,
    ...(temperatures === undefined ? {} : { temperatures }),
    reference,
    start,
    payoffs(seat, policies) {
      calls += 1;
      return placed.payoffs(seat, policies);
    },
    payoffsOf,
    payoffsAt(log) {
      if (isRemembered(log)) {
        calls += seats.length;
        return remembered as Tensor[];
      }
      return payoffsOf(log.length === 1 ? [ops.exp(log[0])] : log.map((tensor) => ops.exp(tensor)));
    },
    payoffsSeen(by) {
      calls += seats.length;
      return seats.map((seat, role) => {
        const policies = by(role);
        return placed.payoffs(
          seat,
          game.roleOf.map((other) => policies[other]),
        );
      });
    },
    payoffVectors,
    remember(log, payoffs) {
      rememberedAt = log;
      remembered = payoffs;
    },
    remembered: () => remembered,
    forget() {
      rememberedAt = undefined;
      remembered = undefined;
    },
    at(schedule, step) {
      if (typeof schedule === 'number') return schedule;
      const entry = compiled.get(schedule);
      return entry?.value ?? evaluate(entry?.rows ?? compile(schedule), step);
    },
    oracleCalls: () => calls,
    tensors,
  };
}
