import { simplexAspect, simplexChart } from '../charts/simplex.ts';
import { figure } from '../html/figure.ts';
import { legend, lineKey } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { dataTable, thinned } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import type { SimplexPanel } from '../model/simplex.ts';
import { formatNumber, formatProbability } from '../number.ts';
import { temperatureText } from '../words.ts';

function nameOf({ series, temperature, roleName }: SimplexPanel): string {
  return [series.label, temperatureText(temperature), roleName].filter((part) => part !== '').join(', ');
}

function table(panels: readonly SimplexPanel[]): Markup {
  const curves = panels.flatMap((panel) =>
    (['last', 'average'] as const).map((iterate) => ({ panel, iterate, points: panel[iterate] })),
  );
  const all = curves.reduce((total, { points }) => total + points.length, 0);
  const rows = curves.flatMap(({ panel, iterate, points }) =>
    thinned(points, points.length / all).map(({ step, probabilities }) => [
      isolated(nameOf(panel)),
      iterate,
      formatNumber(step),
      ...probabilities.map(formatProbability),
    ]),
  );
  const roles = new Map(panels.map((panel) => [panel.roleName, panel.corners]));
  const corners =
    roles.size === 1 ? panels[0].corners.map(isolated) : ['first action', 'second action', 'third action'];
  const columns = [{ name: 'Solver' }, { name: 'Iterate' }, { name: 'Step', numeric: true }];
  return dataTable([...columns, ...corners.map((name) => ({ name, numeric: true }))], rows, all);
}

/** The way of every solver over the triangle of policies of three actions; nothing when no path was recorded. */
export function pathFigure(game: GameFacts, panels: readonly SimplexPanel[]): Markup | undefined {
  if (panels.length === 0) return undefined;
  return figure({
    title: 'Path on the simplex',
    legend: legend([lineKey('last', 'last iterate'), lineKey('average', 'average iterate')]),
    panelWidth: 230,
    dense: true,
    panels: panels.map((panel) => ({
      title: isolated(nameOf(panel)),
      note: `seed ${panel.seed}`,
      maxWidth: 340,
      aspect: simplexAspect,
      chart: simplexChart(panel, `Path of ${nameOf(panel)} on the simplex of ${game.name}`),
    })),
    caption:
      'Each point of a triangle is a policy over three actions; a corner is that action alone. Ring: start; disc: end; dots: the recorded steps, joined by straight lines, which late in a run span many steps.',
    table: table(panels),
  });
}
