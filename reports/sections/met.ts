import { bandsOf, sharesChart } from '../charts/shares.ts';
import { figure } from '../html/figure.ts';
import { boxKey, legend } from '../html/legend.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, table, tableBody, thinned } from '../html/table.ts';
import type { GameFacts } from '../model/game.ts';
import { changes, type Met, type MetByPlayer } from '../model/met.ts';
import { formatNumber, formatProbability, listed } from '../number.ts';
import { temperatureText } from '../words.ts';

function nameOf({ series, temperature, player }: MetByPlayer): string {
  return [series.label, temperatureText(temperature), player].filter((part) => part !== '').join(', ');
}

function whom({ player, forAll }: MetByPlayer): string {
  if (player === '') return 'all players';
  return forAll ? `${player}; the others’ alike` : player;
}

const chartHeight = 200;

function panelOf(game: GameFacts, met: MetByPlayer) {
  return {
    title: isolated(nameOf(met)),
    note: `seed ${met.seed}${met.forAll ? '; those of the other players are alike' : ''}`,
    legend: legend(bandsOf(met).map((band) => boxKey(band.colour, band.met.name))),
    chart: sharesChart(met, chartHeight, `Whom ${nameOf(met)} met on ${game.name}`),
  };
}

const dataColumns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Step', numeric: true },
  { name: 'Member' },
  { name: 'Share', numeric: true },
];

function dataOf(all: readonly MetByPlayer[]): Markup {
  const rows = all.flatMap((met) =>
    met.steps.flatMap((step, k) =>
      bandsOf(met).flatMap(({ met: { name, shares } }) =>
        shares[k] > 0
          ? [[isolated(nameOf(met)), formatNumber(step), isolated(name), formatProbability(shares[k])]]
          : [],
      ),
    ),
  );
  return dataTable(dataColumns, thinned(rows), rows.length);
}

/** Shares over time; nothing where no population ever changed. */
function overTime(game: GameFacts, all: readonly MetByPlayer[]): Markup | undefined {
  const moving = all.filter(changes);
  if (moving.length === 0) return undefined;
  const folded = moving.some(({ others }) => others !== undefined);
  return figure({
    title: 'The population over time',
    panelWidth: 400,
    panels: moving.map((met) => panelOf(game, met)),
    caption: `Who was in the population of a player, and with what share: the bands fill the height, steps on a logarithmic axis, each share held until the next record. ${folded ? 'The eight members with the largest shares over all records have a colour, all others together are grey. ' : ''}Populations that never changed stand in the table above only. Colours name members here, not solvers.`,
    table: dataOf(moving),
  });
}

const columns: readonly Column[] = [{ name: 'Solver' }, { name: 'Population of' }, { name: 'At the end it held' }];

const namedInTable = 4;

/** `newest 0.5, 1 before 0.33 and 2 before 0.17`: the largest first. */
function endText({ members, others, steps }: MetByPlayer): string {
  const end = steps.length - 1;
  const present = (met: Met) => met.shares[end] > 0;
  const largest = members.filter(present).sort((a, b) => b.shares[end] - a.shares[end]);
  const named = largest.slice(0, namedInTable);
  const left = largest.slice(namedInTable);
  const share = left.reduce((sum, met) => sum + met.shares[end], others?.shares[end] ?? 0);
  const words = named.map(({ name, shares }) => `${name} ${formatProbability(shares[end])}`);
  return listed(share > 0 ? [...words, `others ${formatProbability(share)}`] : words);
}

/** Whom every solver met that was given a population, or whose method is about one; nothing where all played themselves. */
export function metMarkup(game: GameFacts, all: readonly MetByPlayer[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map((met) => [
    html`${isolated(met.series.label)}<small>${temperatureText(met.temperature)}, seed ${met.seed}</small>`,
    whom(met),
    html`<div class="words">${isolated(endText(met))}</div>`,
  ]);
  return html`<div class="wide"><h3>Whom the solvers met</h3>
${table(columns, [tableBody(columns, rows, undefined, true)], 'Whom the solvers met')}
<p class="caption">Members of the population at the end of the run, with their shares, the largest first. Under the rule others these are the other players; rules that keep the past hold the player’s own past policies, which the others then meet in its seat. A solver that is not named played the present policies only.</p></div>
${overTime(game, all)}`;
}
