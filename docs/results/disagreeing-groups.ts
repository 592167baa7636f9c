import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { formatNumber } from '../../reports/number.ts';
import { finals, runsOf, type Selection } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const games = ['annotators:groups=3,n=6,seed=4', 'annotators:groups=5,n=8,seed=2'];

const nash: Selection = { solver: 'extragradient' };
const exact: Selection = { solver: 'exact' };
const anywhere: Selection = { solver: 'group-minimax' };
const rewards: Selection = { solver: 'maxmin-rlhf', params: { payoff: 'reward' } };
const winRates: Selection = { solver: 'maxmin-rlhf', params: { payoff: 'win-rate' } };
const anyOpponent: Selection = { solver: 'maxmin-rlhf', params: { payoff: 'any-opponent' } };
const robust: Selection = { solver: 'group-robust', params: { loss: 'ipo' } };
const robustDpo: Selection = { solver: 'group-robust', params: { loss: 'dpo' } };
const constrained: Selection = { solver: 'mixture-of-judges' };
const ensemble: Selection = { solver: 'reward-ensemble' };
const ownChoices: Selection = { solver: 'mirror-descent' };

const methods: readonly (readonly [name: string, selection: Selection])[] = [
  ['pooled Nash, `extragradient`', nash],
  ['pooled Nash, `exact`', exact],
  ['`group-minimax`', anywhere],
  ['`maxmin-rlhf`, rewards', rewards],
  ['`maxmin-rlhf`, win rates', winRates],
  ['`maxmin-rlhf`, any opponent', anyOpponent],
  ['`group-robust`, IPO', robust],
  ['`group-robust`, DPO', robustDpo],
  ['`mixture-of-judges`, ½', constrained],
  ['`reward-ensemble`', ensemble],
  ['`mirror-descent` against the groups’ own choices', ownChoices],
];

/** How often each group prefers the answer of a run to the reference. */
function ratesOf(run: StoredRun): readonly number[] {
  const rates = run.iterates[run.cell.iterate]?.metrics['group-win-rates'];
  if (!Array.isArray(rates)) throw new Error(`run ${run.id} did not measure the win rates of groups`);
  return rates as readonly number[];
}

function answer(loaded: LoadedExperiment): Answer {
  const runs = (selection: Selection): readonly StoredRun[] =>
    games.map((game) => runsOf(loaded, { ...selection, game })[0]);
  const of = (selection: Selection, metric: string): number[] => finals(runs(selection), metric);
  const worst = (selection: Selection): number[] => of(selection, 'worst-group-win-rate');
  const guarded = (selection: Selection): number[] => of(selection, 'worst-group-value');
  const beaten = (selection: Selection): number[] => of(selection, 'duality-gap').map((gap) => 0.5 + gap / 2);
  const rest = methods.filter(([, selection]) => selection !== rewards);
  const guardedOthers = methods.filter(([, selection]) => selection !== anywhere);
  const [fair] = runs(winRates).map(ratesOf);
  return {
    tables: games.map((game, k) => ({
      caption: `\`${game}\`: how often each group prefers the policy to the reference, the least of it, the least that any group grants it against any opponent, how often the best opponent beats it by the pooled judges, and KL to the reference:`,
      head: ['method', 'τ', 'win rates of the groups', 'worst', 'worst, any opponent', 'best opponent', 'KL'],
      rows: methods.map(([name, selection]) => [
        name,
        runs(selection)[k].cell.temperature,
        ratesOf(runs(selection)[k]).map(formatNumber).join(', '),
        worst(selection)[k],
        guarded(selection)[k],
        beaten(selection)[k],
        of(selection, 'kl-to-reference')[k],
      ]),
    })),
    values: {
      nashFirst: worst(nash)[0],
      nashShort: 0.5 - worst(nash)[1],
      exactFirst: worst(exact)[0],
      exactSecond: worst(exact)[1],
      rewardFirst: worst(rewards)[0],
      rewardSecond: worst(rewards)[1],
      nextFirst: Math.max(...rest.map(([, selection]) => worst(selection)[0])),
      nextSecond: Math.max(...rest.map(([, selection]) => worst(selection)[1])),
      rewardFar: of(rewards, 'kl-to-reference')[0],
      fairFar: of(winRates, 'kl-to-reference')[0],
      rewardBeaten: beaten(rewards)[0],
      rewardBeatenSecond: beaten(rewards)[1],
      nashBeaten: beaten(nash)[0],
      nashBeatenSecond: beaten(nash)[1],
      fair: fair[0],
      fairSpread: Math.max(...fair) - Math.min(...fair),
      guardedFirst: guarded(anywhere)[0],
      guardedSecond: guarded(anywhere)[1],
      nextGuardedFirst: Math.max(...guardedOthers.map(([, selection]) => guarded(selection)[0])),
      nextGuardedSecond: Math.max(...guardedOthers.map(([, selection]) => guarded(selection)[1])),
      exactGuardedFirst: guarded(exact)[0],
      exactGuardedSecond: guarded(exact)[1],
      anywhereFirst: worst(anywhere)[0],
      anywhereSecond: worst(anywhere)[1],
      constrainedPooled: of(constrained, 'win-rate(policy, reference)')[0],
      nashPooled: of(nash, 'win-rate(policy, reference)')[0],
      constrainedOff: Math.max(...worst(constrained).map((rate) => Math.abs(rate - 0.5))),
      robustFirst: worst(robust)[0],
      robustSecond: worst(robust)[1],
      robustDpoFirst: worst(robustDpo)[0],
      robustDpoSecond: worst(robustDpo)[1],
      ensembleFirst: worst(ensemble)[0],
      ensembleSecond: worst(ensemble)[1],
      ownFirst: worst(ownChoices)[0],
      ownSecond: worst(ownChoices)[1],
    },
  };
}

export const disagreeingGroups: ResultSection = {
  experiment: 'disagreeing-groups',
  title: 'Who pays when judges disagree',
  answer,
  findings: [
    {
      says: 'Pooling lets a group pay: the worst group prefers the exact pooled equilibrium to the uniform reference {exactFirst} (three groups) and {exactSecond} (five groups) of the time, less than if nothing had been learned; the regularised one {nashFirst} with three groups, and {nashShort} less than half of the time with five.',
      holds: (v) =>
        v.nashFirst < 0.5 && v.nashShort > 0 && v.exactFirst < v.nashFirst && v.exactSecond < 0.5 - v.nashShort,
    },
    {
      says: 'Max-min of rewards serves the worst group best, {rewardFirst} and {rewardSecond}, the next best method {nextFirst} and {nextSecond}; it also goes further at the same τ than max-min of win rates ({rewardFar} nats against {fairFar} with three groups), for rewards are log odds. Max-min of win rates gives the three groups {fair} each (to {fairSpread}).',
      holds: (v) =>
        v.rewardFirst > v.nextFirst && v.rewardSecond > v.nextSecond && v.rewardFar > v.fairFar && v.fairSpread < 1e-9,
    },
    {
      says: 'The pooled judges pay for it: some opponent beats the max-min policy {rewardBeaten} of the time with three groups, the regularised equilibrium {nashBeaten}; with five it is {rewardBeatenSecond} and {nashBeatenSecond}.',
      holds: (v) => v.rewardBeaten > v.nashBeaten && v.rewardBeatenSecond > v.nashBeatenSecond,
    },
    {
      says: 'Against every opponent in place of the reference, `group-minimax` has every group grant {guardedFirst} and {guardedSecond}, the most there is (the next best {nextGuardedFirst} and {nextGuardedSecond}, the exact pooled equilibrium {exactGuardedFirst} and {exactGuardedSecond}); against the reference alone that leaves the worst group {anywhereFirst} and {anywhereSecond}: one guarantee is not the other.',
      holds: (v) =>
        v.guardedFirst >= v.nextGuardedFirst &&
        v.guardedSecond >= v.nextGuardedSecond &&
        v.exactGuardedFirst < v.guardedFirst &&
        v.exactGuardedSecond < v.guardedSecond &&
        v.anywhereFirst < 0.5 &&
        v.anywhereSecond < 0.5,
    },
    {
      says: '`mixture-of-judges` asks for half of the time for every group, and grants the worst just that (to {constrainedOff}); what is left it makes of the pooled win rate against the reference, {constrainedPooled} with three groups, where the equilibrium, which is after other opponents, has {nashPooled}.',
      holds: (v) => v.constrainedOff < 1e-9 && v.constrainedPooled > v.nashPooled,
    },
    {
      says: 'Group-robust IPO comes close to max-min of win rates ({robustFirst} and {robustSecond}), group-robust DPO less so ({robustDpoFirst} and {robustDpoSecond}); an ensemble of rewards does not save the worst group ({ensembleFirst} and {ensembleSecond}), nor do opponents that play what each group alone would choose ({ownFirst} and {ownSecond}), for win rates against them are still pooled.',
      holds: (v) =>
        v.robustFirst > 0.5 &&
        v.robustSecond > 0.5 &&
        v.robustDpoFirst < v.robustFirst &&
        v.robustDpoSecond < v.robustSecond &&
        v.ensembleFirst < 0.5 &&
        v.ensembleSecond < 0.5 &&
        v.ownFirst < 0.5 &&
        v.ownSecond < 0.5,
    },
  ],
};
