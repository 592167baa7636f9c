import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { normalisedLog } from '../src/numerics/normalise.ts';
import {
  bestResponses,
  type DoubleOracleAnswer,
  type DoubleOracleRules,
  doubleOracle,
  pureMember,
  type Situation,
} from '../src/solve/double-oracle.ts';
import type { RosterMember } from '../src/solve/game-of-members.ts';
import { type Instance, stepSpan } from '../src/solve/problem.ts';
import { restrictedTo } from '../src/solve/roster.ts';
import type { AnswerRound, AnySolver, DirectDefinition } from '../src/solve/solver.ts';
import { expectation, supportOf } from '../src/solve/support.ts';
import { checkMetaSolver, type MetaOptions, metaSolver, usualMetaSolver } from './parts/meta-game.ts';
import { requireOneRun } from './parts/one-run.ts';

export type PsroParams = z.infer<typeof params>;

const params = z.strictObject({
  meta: z
    .string()
    .optional()
    .describe(
      'meta-solver, any solver; by default exact for two players with constant sum, else newton, and regret-matching-plus where newton loses its way',
    ),
  metaSteps: z.int().min(1).default(2000).describe('step limit of a meta-solver that iterates; 2000 if not given'),
  metaTemperature: z
    .number()
    .min(0)
    .optional()
    .describe(
      'temperature of the meta-game in payoff spans; by default 0 where it can be, for newton as low as the tolerance needs, for steps 0.01',
    ),
  oracle: z
    .enum(['exact', 'logit'])
    .default('exact')
    .describe('responses: exact (best actions, the default) or logit (softmax around the reference)'),
  oracleTemperature: z
    .number()
    .positive()
    .default(0.05)
    .describe('temperature of the logit oracle in payoff spans; 0.05 if not given'),
  responses: z
    .int()
    .min(1)
    .optional()
    .describe('best responses that join per role and round; by default 1, and 1 more for every 8 members'),
  rounds: z.int().min(1).default(1000).describe('round limit; 1000 if not given'),
  firstMember: z
    .enum(['start', 'action'])
    .default('start')
    .describe('who is there at first: start (the policy the run starts from, the default) or action (the first one)'),
});

/** More than rounding, in payoff spans. */
const rounding = 1e-13;

/** ρ·exp(u/T) as a member, unless it earns no more than the mixture. */
function logitResponse({ reference }: Instance, temperature: number, slack: number, facing: Situation): RosterMember[] {
  const { role, payoffs, value, round } = facing;
  const policy = supportOf(normalisedLog(payoffs.map((u, a) => reference[role][a] + u / temperature)).map(Math.exp));
  return expectation(policy, payoffs) > value + slack ? [{ name: `(response ${round})`, policy }] : [];
}

function responder(instance: Instance, given: PsroParams): DoubleOracleRules['respond'] {
  const { game } = instance;
  const span = stepSpan(game);
  if (given.oracle === 'logit')
    return (facing) => logitResponse(instance, given.oracleTemperature * span, rounding * span, facing);
  return (facing) =>
    bestResponses(game, facing, given.responses ?? 1 + Math.floor(facing.members / 8), rounding * span);
}

function firstMembers({ game, start }: Instance, { firstMember }: PsroParams): RosterMember[][] {
  return start.map((log, role) =>
    firstMember === 'action'
      ? [pureMember(game, role, 0)]
      : [{ name: '(start)', policy: supportOf(log.map(Math.exp)) }],
  );
}

function metaOptions({ game }: Instance, { metaSteps: steps, metaTemperature: temperature }: PsroParams): MetaOptions {
  return { steps, temperature, span: stepSpan(game) };
}

const endings: Record<DoubleOracleAnswer['ended'], string> = {
  tolerance: 'nash-conv is within the tolerance',
  'no response': 'no response that is not a member earns more',
  rounds: 'round limit',
  enough: 'enough members',
  halted: 'stopped',
};

function roundsOf({ rounds, members }: DoubleOracleAnswer): AnswerRound[] {
  return rounds.map(({ nashConv, mixtures, evaluations }) => ({
    nashConv,
    oracleCalls: evaluations,
    population: mixtures.map((mixture, role) =>
      Array.from(mixture, (weight, k) => ({ name: members[role][k], weight })).filter(({ weight }) => weight > 0),
    ),
  }));
}

/**
 * Policy-space response oracles: every role has a population of policies; a meta-solver solves the game restricted to them, an
 * oracle answers its solution, and what it answers joins the populations.
 *
 *   σ_t = meta(game restricted to Π_t);   Π_{t+1} = Π_t ∪ oracle(u(σ_t))
 *
 * With exact responses and an exact meta-solver it ends at an equilibrium of the full game after at most as many rounds as there
 * are actions; of any other meta-solver it is as good as the certificate says. The answer is the round of the smallest nash-conv.
 * @param named the solver catalogue, which holds this method too.
 */
export function psroOver(named: (name: string, where: string) => AnySolver): DirectDefinition<PsroParams> {
  const chosen = (name: string): AnySolver => named(name, 'parameter "meta" of solver "psro"');
  return {
    name: 'psro',
    summary: 'policy-space response oracles: solve the game among the members, let responses to it join, repeat',
    source: citations.lanctot2017,
    aliases: ['policy-space-response-oracles'],
    conversion:
      'the meta-solver is `meta`, the oracle `oracle`; `responses=1` adds one policy per round as in the paper',
    family: 'exact',
    rate: 'finite with exact meta-games',
    iterate: 'last',
    equilibrium: 'original',
    params,
    check(instance, given) {
      requireOneRun(instance, '"psro" on');
      if (given.meta === undefined) return;
      const first = restrictedTo(instance.game, firstMembers(instance, given));
      checkMetaSolver(chosen(given.meta), first, metaOptions(instance, given));
    },
    async answer(instance, given, limits) {
      const { game } = instance;
      const { solveMeta, used } =
        given.meta === undefined
          ? usualMetaSolver(chosen, metaOptions(instance, given), limits)
          : { solveMeta: metaSolver(chosen(given.meta), metaOptions(instance, given), limits), used: () => given.meta };
      const found = await doubleOracle(game, {
        first: firstMembers(instance, given),
        meta: solveMeta,
        respond: responder(instance, given),
        tolerance: limits.tolerance,
        rounds: given.rounds,
        halted: limits.halted,
      });
      const { policies, ended, reason, rounds, members } = found;
      const cut = ended === 'rounds' ? 'step-limit' : ended === 'halted' ? 'aborted' : undefined;
      const counts = members.map(({ length }) => length).join(' and ');
      return {
        profile: policies.map((policy) => policy.map(Math.log)),
        method: `${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'} with meta-solver ${used()}, ${counts} members: ${reason ?? endings[ended]}`,
        rounds: roundsOf(found),
        ...(cut === undefined ? {} : { cut }),
      };
    },
  };
}
