import type { LoadedExperiment } from '../experiments/stored.ts';
import { html } from './html/markup.ts';
import { page } from './html/page.ts';
import { type PopulationModel, populationModel } from './model/population.ts';
import { usedMetrics } from './model/used-metrics.ts';
import { byPlayersSection } from './sections/by-players.ts';
import { contents } from './sections/contents.ts';
import { crossPlaySentence } from './sections/cross-play-sentence.ts';
import { foot } from './sections/foot.ts';
import { heading, titleOf } from './sections/heading.ts';
import { populationGameMarkup } from './sections/population-game.ts';
import { publishedMetrics, publishedTable } from './sections/published.ts';
import { summary } from './sections/summary.ts';
import { verdictTable } from './sections/verdict.ts';
import { verdictSentences } from './sections/verdict-sentences.ts';
import { definitionsOf, populationWords } from './vocabulary.ts';

/** Games whose cross-play is told in the summary; of more, it stands at the games. */
const toldGames = 3;

function sentences(model: PopulationModel): string[] {
  const cross = model.populations.flatMap(({ section: { name }, crossPlay }) => {
    const sentence = crossPlay && crossPlaySentence(crossPlay);
    return sentence === undefined ? [] : [`${name}: ${sentence}`];
  });
  return [...verdictSentences(model), ...(cross.length <= toldGames ? cross : [])];
}

/** The template `population`: players, whom they met, and the answers against each other. */
export async function renderPopulation(experiments: readonly LoadedExperiment[]): Promise<string> {
  const model = await populationModel(experiments);
  const metrics = [
    ...usedMetrics(model),
    ...publishedMetrics(model),
    ...(model.populations.some(({ disagreement }) => disagreement !== undefined) ? ['disagreement'] : []),
    ...(model.populations.some(({ groupWins }) => groupWins !== undefined) ? ['worst-group-win-rate'] : []),
  ];
  const body = html`${heading(model)}<main>
${summary(model, sentences(model))}${verdictTable(model)}${publishedTable(model)}${contents(model)}${byPlayersSection(model.byPlayers)}${model.populations.map((population, i) => populationGameMarkup(population, i + 1))}</main>
${foot(model, [...definitionsOf(metrics), ...populationWords])}`;
  return page(titleOf(model), body);
}
