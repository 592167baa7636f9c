import { simplexAspect, triangleChart } from '../charts/simplex.ts';
import { figure } from '../html/figure.ts';
import { boxKey, legend } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable, thinned } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { PlayersPath } from '../model/players-path.ts';
import { capitalised, formatNumber, formatProbability } from '../number.ts';
import { seriesColour } from '../palette.ts';
import { temperatureText } from '../words.ts';

function nameOf({ series, temperature }: PlayersPath): string {
  return `${series.label}, ${temperatureText(temperature)}`;
}

function table(paths: readonly PlayersPath[]): Markup {
  const ways = paths.flatMap((path) => path.players.map((player) => ({ path, player })));
  const all = ways.reduce((total, { player }) => total + player.last.length, 0);
  const rows = ways.flatMap(({ path, player: { name, last } }) =>
    thinned(last, last.length / all).map(({ step, probabilities }) => [
      isolated(nameOf(path)),
      name,
      formatNumber(step),
      ...probabilities.map(formatProbability),
    ]),
  );
  const columns = [{ name: 'Solver' }, { name: 'Player' }, { name: 'Step', numeric: true }];
  const corners = paths[0].corners.map((label) => ({ name: isolated(label), numeric: true }));
  return dataTable([...columns, ...corners], rows, all);
}

/** The ways of all players over the one triangle of their policies; nothing where they share no three actions. */
export function playersPathFigure(game: GameFacts, paths: readonly PlayersPath[]): Markup | undefined {
  if (paths.length === 0) return undefined;
  return figure({
    title: 'The players’ paths on the simplex',
    legend: legend(paths[0].players.map(({ name }, role) => boxKey(seriesColour(role), capitalised(name)))),
    panelWidth: 230,
    dense: true,
    panels: paths.map((path) => ({
      title: isolated(nameOf(path)),
      note: `seed ${path.seed}`,
      maxWidth: 340,
      aspect: simplexAspect,
      chart: triangleChart(
        path.corners,
        path.players.map(({ last }, role) => ({ colour: seriesColour(role), last, average: [] })),
        `Paths of the players of ${nameOf(path)} on the simplex of ${game.name}`,
      ),
    })),
    caption:
      'Each point of a triangle is a policy over three actions; a corner is that action alone. One way per player, last iterate. Ring: start; disc: end; dots: the recorded steps, joined by straight lines, which late in a run span many steps. Where discs coincide, the players agree and the last named is seen.',
    table: table(paths),
  });
}
