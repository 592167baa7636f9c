import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import type { Game } from '../src/solve/game.ts';
import { profileFrom, readPolicyFile, uniformProfile } from '../src/solve/policies.ts';
import type { HostProfile, Instance } from '../src/solve/problem.ts';
import { meanParameter, populationFamily, requireOverlap, type Setting, sharesOf, weightsParameter } from './family.ts';

/** A frozen policy: where it is by word, or probabilities per role. */
const member = z.union([
  z.string().min(1),
  z.strictObject({ name: z.string(), profile: z.array(z.array(z.number())).min(1) }),
]);

type Given = z.output<typeof member>;

const words = ['reference', 'uniform'];

/** A file's policies in place of its name, so that what was met does not depend on the file any more. */
function read(given: Given, { game, folder }: Setting): Given {
  if (typeof given !== 'string' || words.includes(given)) return given;
  const profile = readPolicyFile(resolve(folder, given), game, 'opponent');
  return { name: basename(given), profile: profile.map((log) => Array.from(log, Math.exp)) };
}

function profileOf(given: Given, { game, reference }: Pick<Instance, 'game' | 'reference'>): HostProfile {
  if (given === 'reference') return reference;
  if (typeof given !== 'string') return profileFrom(given.profile, game, `external policy "${given.name}"`, 'any');
  return uniformProfile(game);
}

function nameOf(given: Given): string {
  return typeof given === 'string' ? given : given.name;
}

/** Frozen policies, as members with weights: external opponents (EO-MNPO), teachers, the reference. */
export const external = populationFamily({
  name: 'external',
  summary: 'frozen policies: files, the reference, the uniform policy; with weights',
  source: citations.wu2026,
  parameters: z.strictObject({
    policies: z
      .union([z.array(member).min(1), z.string().transform((text) => text.split('+').map((name) => name.trim()))])
      .default(['reference'])
      .describe('policy files, or the words reference and uniform, joined by +; reference if not given'),
    weights: weightsParameter,
    mean: meanParameter,
  }),
  positional: ['policies'],
  examples: ['external:reference', 'external:teacher.json+reference,weights=2/1'],
  check(_game: Game, { policies, weights }) {
    sharesOf('external', weights, policies.length);
    const empty = policies.indexOf('');
    if (empty < 0) return;
    throw new NashlabError('bad-parameter', {
      what: `no name for policy ${empty + 1}`,
      where: 'population "external"',
      expected: 'policy files, or the words reference and uniform, joined by +',
    });
  },
  settle: (parameters, setting) => ({
    ...parameters,
    policies: parameters.policies.map((given) => read(given, setting)),
  }),
  rule({ policies, weights, mean }, instance) {
    const { actions } = instance.game;
    const shares = sharesOf('external', weights, policies.length);
    const profiles = policies.map((given) => profileOf(given, instance));
    const present = policies.map((_, k) => k).filter((k) => shares[k] > 0);
    if (mean === 'geometric')
      for (const [role, count] of actions.entries())
        requireOverlap(
          'external',
          present.map((k) => profiles[k][role]),
          count,
        );
    return {
      mean,
      init: ({ ops }) =>
        profiles.map((profile) =>
          profile.map((values, role) => ops.tensor(values, [values.length / actions[role], actions[role]])),
        ),
      members: (_problem, memory, _present, role) =>
        present.map((k) => ({ name: nameOf(policies[k]), weight: shares[k], policy: memory[k][role] })),
      next: (_problem, memory) => memory,
    };
  },
});
