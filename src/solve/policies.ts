import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { NashlabError } from '../core/errors.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { stream } from '../random/streams.ts';
import type { Game } from './game.ts';
import type { HostProfile } from './problem.ts';

/** log of the uniform policy of each role. */
export function uniformProfile(game: Pick<Game, 'actions'>): HostProfile {
  return game.actions.map((count) => new Float64Array(count).fill(-Math.log(count)));
}

/** A random policy per role: softmax of N(0, 1) logits from the stream (seed, what it is for, role). */
export function randomProfile(
  game: Pick<Game, 'actions'>,
  seed: string,
  use: 'start' | 'reference' = 'start',
): HostProfile {
  return game.actions.map((count, role) => {
    const draw = stream(seed, use, role);
    return normalisedLog(Array.from({ length: count }, () => draw.normal()));
  });
}

/** Where a run may start by word: at the reference, uniform, or drawn with the seed. */
const startWords = ['reference', 'uniform', 'random'] as const;
export type StartWord = (typeof startWords)[number];

export function isStartWord(text: string): text is StartWord {
  return startWords.some((word) => word === text);
}

/** The start of a word, as log-policies per role. */
export function startProfile(
  word: StartWord,
  game: Pick<Game, 'actions'>,
  reference: HostProfile,
  seed: string,
): HostProfile {
  if (word === 'reference') return reference;
  return word === 'uniform' ? uniformProfile(game) : randomProfile(game, seed);
}

/** Whether every action needs a probability above 0: a reference does, an opponent does not. */
type Support = 'full' | 'any';

function checked(policy: readonly number[], count: number, where: string, support: Support): Float64Array {
  const bad = (what: string, expected: string): NashlabError =>
    new NashlabError('bad-policy', { what, where, expected });
  if (policy.length !== count) throw bad(`a policy of ${policy.length} probabilities`, `${count}, one per action`);
  const negative = policy.findIndex((p) => !(p >= 0) || !Number.isFinite(p));
  if (negative >= 0) throw bad(`probability ${policy[negative]} of action ${negative + 1}`, 'finite numbers ≥ 0');
  const total = policy.reduce((sum, p) => sum + p, 0);
  if (Math.abs(total - 1) > 1e-9) throw bad(`probabilities that sum to ${total}`, 'a sum of 1 within 1e-9');
  const missing = policy.indexOf(0);
  if (missing >= 0 && support === 'full')
    throw bad(`probability 0 of action ${missing + 1}`, 'full support: every probability above 0');
  return normalisedLog(policy.map(Math.log));
}

/**
 * Log-policies from probabilities: one list for a game of one role, else one list per role.
 * @throws `bad-policy` naming `where` and the entry.
 */
export function profileFrom(
  policies: readonly number[] | readonly (readonly number[])[],
  game: Pick<Game, 'actions'>,
  where: string,
  support: Support = 'full',
): HostProfile {
  const nested = policies.length > 0 && typeof policies[0] !== 'number';
  const rows = (nested ? policies : [policies]) as readonly (readonly number[])[];
  if (rows.length !== game.actions.length)
    throw new NashlabError('bad-policy', {
      what: `${rows.length} policies`,
      where,
      expected: `${game.actions.length}, one per role`,
    });
  return rows.map((row, role) =>
    checked(row, game.actions[role], game.actions.length === 1 ? where : `${where}, role ${role}`, support),
  );
}

const row = z.array(z.number());
const entry = z.union([row, z.strictObject({ policy: row }), z.strictObject({ logits: row })]);
/** What `solve --json` prints serves as a policy file, too. */
const solution = z.looseObject({ schema: z.literal('nashlab-solution/1'), profile: z.array(row).min(1) });
const policyFile = z.union([entry, z.array(entry), solution.transform(({ profile }) => profile)]);
type Entry = z.output<typeof entry>;

function fromEntry(given: Entry, count: number, where: string, support: Support): Float64Array {
  if (Array.isArray(given)) return checked(given, count, where, support);
  if ('policy' in given) return checked(given.policy, count, where, support);
  if (given.logits.length !== count || !given.logits.every(Number.isFinite))
    throw new NashlabError('bad-policy', {
      what: `${given.logits.length} logits`,
      where,
      expected: `${count} finite numbers, one per action`,
    });
  return normalisedLog(given.logits);
}

/**
 * Reads a policy file: a list of probabilities, `{ "policy": […] }` or `{ "logits": […] }`, or one such per role. An
 * opponent's needs no full support, and one policy serves all roles where they have the same actions.
 * @throws `bad-file` or `bad-policy` naming the file.
 */
export function readPolicyFile(
  file: string,
  game: Pick<Game, 'actions'>,
  use: 'reference' | 'opponent' = 'reference',
): HostProfile {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new NashlabError('bad-file', {
      what: `the policy file cannot be read: ${(cause as Error).message}`,
      where: file,
      expected: 'JSON: an array of probabilities, {"policy": […]} or {"logits": […]}',
      cause,
    });
  }
  const parsed = policyFile.safeParse(data);
  if (!parsed.success)
    throw new NashlabError('bad-policy', {
      what: 'this is no policy',
      where: file,
      expected: 'an array of probabilities, {"policy": […]} or {"logits": […]}, or one such per role',
    });
  const given = parsed.data;
  const single = !Array.isArray(given) || given.every((value) => typeof value === 'number');
  const listed = (single ? [given] : given) as readonly Entry[];
  const alike = use === 'opponent' && game.actions.every((count) => count === game.actions[0]);
  const entries = alike && listed.length === 1 ? game.actions.map(() => listed[0]) : listed;
  if (entries.length !== game.actions.length)
    throw new NashlabError('bad-policy', {
      what: `${entries.length} policies`,
      where: file,
      expected: `${game.actions.length}, one per role`,
    });
  return entries.map((value, role) =>
    fromEntry(
      value,
      game.actions[role],
      game.actions.length === 1 ? file : `${file}, role ${role}`,
      use === 'opponent' ? 'any' : 'full',
    ),
  );
}
