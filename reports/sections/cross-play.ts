import { weightBars } from '../charts/weight-bars.ts';
import { figure } from '../html/figure.ts';
import { colourScale } from '../html/legend.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import { type CrossPlayFigure, sameWithin } from '../model/cross-play.ts';
import type { GameFacts } from '../model/game.ts';
import { counted, formatNumber, formatProbability, rounding } from '../number.ts';
import { divergingColours, sequentialColours } from '../palette.ts';
import { answerMap, numbered, type Scale } from './answer-map.ts';
import { gainFigure } from './cross-play-gains.ts';
import { crossPlaySentence } from './cross-play-sentence.ts';

/** What an entry is, and the payoff at which nobody is ahead, where there is one. */
function meaningOf({ kind, players }: GameFacts): { word: string; centre?: number } {
  if (kind === 'preference' || kind === 'polymatrix-preference' || kind === 'heterogeneous')
    return { word: 'Win rate', centre: 0.5 };
  return kind === 'plackett-luce' ? { word: 'Probability of being chosen', centre: 1 / players } : { word: 'Payoff' };
}

/** Colours tell payoffs apart that differ by at least this share of the scale. */
const leastReach = 0.01;

function scaleOf(values: readonly number[], centre: number | undefined): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (centre === undefined) {
    const top = high > low ? high : low + 1;
    const colours = sequentialColours;
    return {
      colours,
      domain: [low, top],
      strong: [low - 1, low + 0.55 * (top - low)],
      ends: [low, top].map(formatNumber),
    };
  }
  const reach = Math.max(leastReach * centre, high - centre, centre - low);
  return {
    colours: divergingColours,
    domain: [centre - reach, centre + reach],
    strong: [centre - 0.6 * reach, centre + 0.6 * reach],
    ends: [centre - reach, centre, centre + reach].map(formatNumber),
  };
}

function seedText({ answers }: CrossPlayFigure): string {
  const seeds = [...new Set(answers.map(({ seed }) => seed))];
  return seeds.length === 1 ? `seed ${seeds[0]}` : 'one seed each';
}

function equilibriumText(found: CrossPlayFigure, game: GameFacts): Markup {
  const { unknown } = found;
  const sentence = crossPlaySentence(found);
  if (unknown !== undefined || sentence === undefined)
    return html`No equilibrium of the game whose actions are these answers is known${unknown === undefined ? '' : html` (${isolated(unknown)})`}; rows and columns stand by falling mean payoff.`;
  const means = game.roleNames.length > 1 ? ', mean over the players,' : '';
  return html`${isolated(sentence)} In the game whose actions are these answers its equilibrium says how often each${means} would be played; rows and columns stand by falling probability in it.`;
}

function payoffFigure(game: GameFacts, found: CrossPlayFigure): Markup {
  const { answers, payoffs, left } = found;
  const { word, centre } = meaningOf(game);
  const { rows, columns } = numbered(found);
  const scale = scaleOf(payoffs.flat(), centre);
  const bars = answers.flatMap(({ slot, weight }, i) =>
    weight === undefined ? [] : [{ name: rows[i], slot, weight }],
  );
  const everyone = game.players > 2 ? 'where all other players give the column’s' : 'against the column’s';
  const means = game.roleNames.length > 1 ? ', mean over the players' : '';
  const cut = left > 0 ? `; ${counted(left, 'more answer')} left out` : '';
  return figure({
    title: 'Cross-play: the answers against each other',
    legend: colourScale(scale.colours, scale.ends),
    panelWidth: 640,
    panels: [
      {
        title: `${word} of the row against the column`,
        ...answerMap(rows, columns, payoffs, scale, `${word} of the answers against each other on ${game.name}`),
      },
      ...(bars.length === 0
        ? []
        : [
            {
              title: 'The equilibrium of that game',
              maxWidth: 780,
              chart: weightBars(bars, `Equilibrium of the answers on ${game.name}`),
            },
          ]),
    ],
    caption: html`${word} of the row’s answer ${everyone}${means}. Each answer is the certified policy of one run (${seedText(found)}${cut}). ${equilibriumText(found, game)} Answers that differ by less than ${formatNumber(sameWithin)} in total variation count as one and share its probability.`,
    table: dataTable(
      [
        { name: 'Answer of' },
        ...(bars.length === 0 ? [] : [{ name: 'In the equilibrium', numeric: true }]),
        ...columns.map((column) => ({ name: `against ${column}`, numeric: true })),
      ],
      answers.map(({ weight }, i) => [
        isolated(rows[i]),
        ...(weight === undefined ? [] : [formatProbability(weight < rounding ? 0 : weight)]),
        ...payoffs[i].map(formatNumber),
      ]),
    ),
  });
}

/** The answers of all series against each other; nothing where there are no two. */
export function crossPlayFigures(game: GameFacts, found: CrossPlayFigure | undefined): (Markup | undefined)[] {
  return found === undefined ? [] : [payoffFigure(game, found), gainFigure(game, found)];
}
