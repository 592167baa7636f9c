import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { convergedCount, finals, runsOf } from './runs.ts';
import type { Answer, ResultSection } from './section.ts';

const pairs = new Map([2, 3, 10, 100].map((n) => [n, `bradley-terry:n=6,seed=2 with ${n} players of one policy`]));
const choices = new Map(
  [2, 3, 5, 10, 30, 100, 1000].map((n) => [n, `plackett-luce:players=${n},n=6,roles=shared,seed=2`]),
);
const temperatures = [0.3, 0.1, 0.03];

/** The largest difference between the probabilities of two answers. */
function apart(one: StoredRun, other: StoredRun): number {
  const [first, second] = [one, other].map((run) => run.iterates.last?.profile[0] ?? []);
  return Math.max(...first.map((p, action) => Math.abs(p - second[action])));
}

/** What the best deviation from the reference, where the run starts, gains one player. */
function gainAtReference(run: StoredRun): number {
  return columnOf(run, 'last', 'max-regret')?.[0] ?? Number.NaN;
}

function answer(loaded: LoadedExperiment): Answer {
  const exact = (game: string, temperature: number): StoredRun =>
    runsOf(loaded, { solver: 'newton', game, temperature })[0];
  const distance = (game: string, temperature: number): number =>
    finals([exact(game, temperature)], 'kl-to-reference')[0];
  const named = (games: ReadonlyMap<number, string>, players: number): string => games.get(players) ?? 'none';
  const paired = [...pairs.values()].flatMap((game) =>
    temperatures.map((t) => apart(exact(game, t), exact(named(pairs, 2), t))),
  );
  const counts = [...choices.keys()];
  const [most, hundred] = [counts[counts.length - 1], counts[counts.length - 2]];
  const chosen = (players: number, t: number): number => distance(named(choices, players), t);
  const rises = temperatures.flatMap((t) => counts.slice(1).map((n, k) => chosen(n, t) / chosen(counts[k], t)));
  const mnpo = runsOf(loaded, { solver: 'mnpo' });
  const gain = (players: number): number =>
    gainAtReference(runsOf(loaded, { solver: 'mnpo', game: named(choices, players) })[0]);
  const all = runsOf(loaded, { game: named(choices, most), solver: 'newton' });
  const [high, middle, low] = temperatures;
  return {
    tables: [
      {
        caption: 'KL of the equilibrium to the reference:',
        head: ['payoff', 'players', ...temperatures.map((t) => `τ = ${t}`)],
        rows: [
          [
            'in pairs, on average',
            [...pairs.keys()].join(', '),
            ...temperatures.map((t) => distance(named(pairs, 2), t)),
          ],
          ...counts.map((n) => ['one against all others', n, ...temperatures.map((t) => chosen(n, t))]),
        ],
      },
    ],
    values: {
      paired: Math.max(...paired),
      two: Math.max(...temperatures.map((t) => apart(exact(named(pairs, 2), t), exact(named(choices, 2), t)))),
      high,
      middle,
      low,
      hundred,
      most,
      few: chosen(2, middle),
      ten: chosen(10, middle),
      many: chosen(most, middle),
      rise: Math.max(...rises),
      gainHundred: gain(hundred),
      gainMost: gain(most),
      gainRatio: gain(hundred) / gain(most),
      fall: chosen(hundred, high) / chosen(most, high),
      sameHundred: chosen(hundred, high),
      sameMost: chosen(most, low),
      leastSum: Math.min(...finals(all, 'nash-conv')),
      largestSum: Math.max(...finals(all, 'nash-conv')),
      arrived: convergedCount(mnpo),
      runs: mnpo.length,
      off: Math.max(...mnpo.map((run) => apart(run, exact(run.cell.game.name, run.cell.temperature)))),
    },
  };
}

export const oneAgainstMany: ResultSection = {
  experiment: 'one-against-many',
  title: 'One against one, on average, or one against all',
  answer,
  findings: [
    {
      says: 'Judged in pairs and averaged over the others, the symmetric equilibrium is the same for every number of players (to {paired}), and for two players choice among all is the same game (to {two}).',
      holds: (v) => v.paired < 1e-9 && v.two < 1e-9,
    },
    {
      says: 'Chosen among all, it goes back to the reference as players are added: at τ = {middle} its KL is {few} for two, {ten} for ten and {many} for {most}, and at no temperature does it rise.',
      holds: (v) => v.rise < 1 && v.ten < v.few && v.many < v.ten,
    },
    {
      says: 'Every chance of being chosen falls like `1/n`, and so do all differences of payoffs, while the KL term stays: the best deviation from the reference gains one player {gainHundred} among {hundred} and {gainMost} among {most}, {gainRatio} times less.',
      holds: (v) => Math.abs(v.gainRatio - v.most / v.hundred) < 0.1 * (v.most / v.hundred),
    },
    {
      says: 'For many players only `n·τ` counts: {hundred} players at τ = {high} end at a KL of {sameHundred}, {most} at τ = {low} at {sameMost}, and from {hundred} to {most} at τ = {high} the KL falls {fall} times, about the square.',
      holds: (v) =>
        Math.abs(v.hundred * v.high - v.most * v.low) < 1e-9 &&
        Math.abs(v.sameHundred / v.sameMost - 1) < 0.05 &&
        Math.abs(v.fall / (v.most / v.hundred) ** 2 - 1) < 0.1,
    },
    {
      says: 'A temperature that suits two players holds many of them back: among {most} they could still win {leastSum} to {largestSum} in all, each by deviating alone, in a game whose payoffs add up to one. To keep the bite of the preferences τ has to fall like `1/n`.',
      holds: (v) => v.leastSum > 1,
    },
    {
      says: 'MNPO comes to the equilibrium in {arrived} of {runs} runs, to {off} in any probability.',
      holds: (v) => v.arrived === v.runs && v.off < 1e-3,
    },
  ],
};
