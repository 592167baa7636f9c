import { equilibriumPathChart } from '../charts/equilibrium-path.ts';
import { simplexAspect, simplexChart } from '../charts/simplex.ts';
import { figure, type Panel } from '../html/figure.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { dataTable, thinned } from '../html/table.ts';
import type { PathOfEquilibria, RolePath } from '../model/equilibrium-path.ts';
import type { GameFacts } from '../model/game.ts';
import { capitalised, formatNumber, formatProbability, listed } from '../number.ts';

function panels(game: GameFacts, role: RolePath, { temperatures }: PathOfEquilibria): Panel[] {
  const whose = role.roleName === '' ? '' : `, ${role.roleName}`;
  const title = role.roleName === '' ? {} : { title: capitalised(role.roleName) };
  const lines: Panel = {
    ...title,
    maxWidth: 820,
    chart: equilibriumPathChart(role, temperatures, `Path of equilibria of ${game.name}${whose}`),
  };
  if (role.simplex === undefined) return [lines];
  const triangle: Panel = {
    ...title,
    note: 'the same on the simplex',
    maxWidth: 340,
    aspect: simplexAspect,
    chart: simplexChart(role.simplex, `Path of equilibria of ${game.name}${whose}, on the simplex`),
  };
  return [lines, triangle];
}

/** Whether two lines of a role lie on each other all the way. */
function coincide({ lines }: RolePath): boolean {
  const apart = (a: readonly number[], b: readonly number[]): boolean => a.some((p, i) => Math.abs(p - b[i]) > 1e-3);
  return lines.some(({ values }, i) => lines.slice(i + 1).some((other) => !apart(values, other.values)));
}

function caption({ temperatures, gap, roles, series }: PathOfEquilibria): Markup {
  const cut = roles.flatMap(({ rest, lines }) => (rest === undefined ? [] : [{ rest, own: String(lines.length) }]));
  const others = cut.every(({ rest }) => rest.drawn)
    ? 'dashed: all others together'
    : 'all others together stand in the table';
  const grouped =
    cut.length === 0
      ? ''
      : ` Own lines: the ${listed([...new Set(cut.map(({ own }) => own))])} actions whose probability peaks highest; ${others}.`;
  const triangle = roles.some(({ simplex }) => simplex !== undefined)
    ? ' On the triangle the ring is the highest temperature, the disc the lowest.'
    : '';
  return html`The quantal response equilibrium π ∝ ρ·exp(u(π)/τ) at ${String(temperatures.length)} temperatures from ${formatNumber(temperatures[0])} down to ${formatNumber(temperatures[temperatures.length - 1])}: near the reference ρ on the left, towards an equilibrium of the unregularised game on the right. Computed by ${isolated(series.label)}; largest regularised gap of its points ${formatNumber(gap)}.${grouped}${roles.some(coincide) ? ' Where lines coincide, the last named is seen.' : ''}${triangle}`;
}

function table({ lines, rest, roleName }: RolePath, temperatures: readonly number[]): Markup {
  const columns = rest === undefined ? lines : [...lines, rest];
  const rows = temperatures.map((temperature, i) => [
    formatNumber(temperature),
    ...columns.map(({ values }) => formatProbability(values[i])),
  ]);
  return dataTable(
    [{ name: 'Temperature τ', numeric: true }, ...columns.map(({ name }) => ({ name: isolated(name), numeric: true }))],
    thinned(rows),
    rows.length,
    roleName,
  );
}

/** How the regularised equilibrium of a game moves as the temperature falls, one panel per role. */
export function equilibriumPathFigure(game: GameFacts, path: PathOfEquilibria, several: boolean): Markup {
  return figure({
    title: several ? `Path of equilibria, ${path.series.label}` : 'Path of equilibria',
    panelWidth: 400,
    panels: path.roles.flatMap((role) => panels(game, role, path)),
    caption: caption(path),
    table: path.roles.map((role) => table(role, path.temperatures)),
  });
}
