import { equilibriumPathChart } from '../charts/equilibrium-path.ts';
import { figure } from '../html/figure.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { dataTable } from '../html/table.ts';
import type { ByPlayers } from '../model/by-players.ts';
import { formatNumber, formatProbability, listed } from '../number.ts';

function titleOf({ kind, temperature }: ByPlayers): string {
  return `${kind}, τ = ${formatNumber(temperature)}`;
}

function table(found: ByPlayers): Markup {
  const columns = found.rest === undefined ? found.lines : [...found.lines, found.rest];
  const rows = found.players.map((players, i) => [
    formatNumber(players),
    ...columns.map(({ values }) => formatProbability(values[i])),
  ]);
  return dataTable(
    [{ name: 'Players', numeric: true }, ...columns.map(({ name }) => ({ name: isolated(name), numeric: true }))],
    rows,
    rows.length,
    titleOf(found),
  );
}

/** How the policy that all players share depends on their number; one panel per kind of game and temperature. */
export function byPlayersSection(found: readonly ByPlayers[]): Markup | undefined {
  if (found.length === 0) return undefined;
  const cut = found.some(({ rest }) => rest !== undefined)
    ? ' Own lines: the eight actions whose probability peaks highest; dashed: all others together.'
    : '';
  const solvers = listed([...new Set(found.flatMap((one) => one.solvers))]);
  return html`<section>
<h2>The number of players</h2>
${figure({
  title: 'The policy that all players share, by their number',
  panelWidth: 400,
  panels: found.map((one) => ({
    title: titleOf(one),
    maxWidth: 820,
    chart: equilibriumPathChart(
      { lines: one.lines, ...(one.rest && { rest: { ...one.rest, count: 0, drawn: true } }) },
      one.players,
      `Policy by the number of players, ${titleOf(one)}`,
      { title: 'players', falling: false },
    ),
  })),
  caption: html`Probability of each action in the policy that all players share, for each number of players the converged answer of smallest gap (by ${isolated(solvers)}).${cut}`,
  table: found.map(table),
})}
</section>
`;
}
