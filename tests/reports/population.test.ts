import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../../experiments/stored.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { compileChart } from '../../reports/charts/compile.ts';
import { groupBars } from '../../reports/charts/group-bars.ts';
import { sharesChart } from '../../reports/charts/shares.ts';
import { weightBars } from '../../reports/charts/weight-bars.ts';
import { gameFacts } from '../../reports/model/game.ts';
import { bundlesOf } from '../../reports/model/groups.ts';
import { changes, metByPlayers } from '../../reports/model/met.ts';
import { type PopulationSection, populationModel } from '../../reports/model/population.ts';
import { seriesOf } from '../../reports/model/series.ts';
import { renderPopulation } from '../../reports/population.ts';
import { crossPlaySentence } from '../../reports/sections/cross-play-sentence.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { gapAgainstMixture } from '../../src/metrics/gap-against-mixture.ts';
import { loaded } from './fixture.ts';
import { rps } from './games.ts';
import { visibleText } from './page-text.ts';
import { fourPlayers, type HandRun, handRun, historyOf, populations, twelve } from './populations.ts';

const all = populations();

async function sectionOf(runs: readonly StoredRun[], game = rps): Promise<PopulationSection> {
  const { populations: sections } = await populationModel([loaded('p', 'q', [game], runs)]);
  return sections[0];
}

/** Answers to rock, paper, scissors by name. */
function answers(given: Readonly<Record<string, readonly number[]>>, more: Partial<HandRun> = {}): StoredRun[] {
  return Object.entries(given).map(([solver, policy]) => handRun({ game: rps, solver, profile: [policy], ...more }));
}

describe('the gains of the players', () => {
  it('are a curve for each player, of the certified iterate', async () => {
    const { gains } = (await populationModel([all.players])).populations[0];
    expect(gains?.panels.map(({ series, iterate }) => [series.label, iterate])).toEqual([
      ['mnpo, population others', 'last'],
      ['mnpo, population league:every=1', 'last'],
    ]);
    const [{ players }] = gains?.panels ?? [];
    expect(players.map(({ name }) => name)).toEqual(['player 1', 'player 2', 'player 3', 'player 4']);
    expect(players[0].points.map(({ at, median }) => [at, median])).toEqual([
      [0, 0.5],
      [4, 0.2],
      [8, 0.05],
      [16, 0.01],
    ]);
    expect(players[3].points[2].median).toBe(0.08);
  });

  it('are left out where all players share one policy', async () => {
    expect((await sectionOf(answers({ a: [1, 0, 0], b: [0, 1, 0] }))).gains).toBeUndefined();
  });
});

describe('disagreement between players', () => {
  it('is drawn over time, and not where they never differed', async () => {
    const [{ disagreement }] = (await populationModel([all.players])).populations;
    expect(disagreement?.curves[0].points.map(({ median }) => median)).toEqual([1, 0.4, 0.1, 0.01]);
    const alike = all.players.runs.map((run) => ({
      ...run,
      history: { ...run.history, columns: { ...run.history.columns, 'last/disagreement': [0, 0, 0, 0] } },
    }));
    expect((await sectionOf(alike, fourPlayers)).disagreement).toBeUndefined();
  });
});

describe('the population over time', () => {
  const { runs } = all.players;
  const met = metByPlayers(gameFacts('h', fourPlayers), bundlesOf(runs, seriesOf(runs).of));

  it('is told once for players who met alike', () => {
    expect(met.map(({ player, forAll }) => [player, forAll])).toEqual([
      ['player 1', true],
      ['player 1', true],
    ]);
    const apart = runs.slice(0, 1).map((run) => ({
      ...run,
      history: {
        ...run.history,
        population: [0, 1].map((role) =>
          historyOf(role, { newest: [1, 1, 1, role === 0 ? 0.7 : 0.5], start: [0, 0, 0, role === 0 ? 0.3 : 0.5] }),
        ),
      },
    }));
    const told = metByPlayers(gameFacts('h', fourPlayers), bundlesOf(apart, seriesOf(apart).of));
    expect(told.map(({ player, forAll }) => [player, forAll])).toEqual([
      ['player 1', false],
      ['player 2', false],
    ]);
    expect(told[1].members).toEqual([
      { name: 'newest', shares: [1, 1, 1, 0.5] },
      { name: 'start', shares: [0, 0, 0, 0.5] },
    ]);
  });

  it('names the eight members with the largest shares, and sums the others', () => {
    const [, { members, others }] = met;
    expect(members.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((k) => `step ${k}`));
    expect(others?.count).toBe(4);
    const expected = [0, 0, 0.1 + 3 / 30, 0.1 + 3 / 30];
    others?.shares.forEach((share, record) => {
      expect(share).toBeCloseTo(expected[record], 12);
    });
    for (const record of [0, 1, 2, 3]) {
      const total = members.reduce((sum, { shares }) => sum + shares[record], others?.shares[record] ?? 0);
      expect(total).toBeCloseTo(1, 12);
    }
  });

  it('is a figure only where shares change, with a band for each member at the records that differ', () => {
    expect(met.map(changes)).toEqual([false, true]);
    const { warnings, spec } = compileChart(sharesChart(met[1], 200, 'shares'), 'none');
    expect(warnings).toEqual([]);
    const values = (spec.data ?? []).flatMap((source) => ('values' in source ? (source.values as unknown[]) : []));
    // Eight names and the others; records 0, 1, 2 differ from the one before, and 3 is the last.
    expect(values.length).toBe(9 * 4);
    const flat = { ...met[1], steps: [0, 1, 2, 3, 4, 5], members: [{ name: 'a', shares: [1, 1, 1, 1, 1, 1] }] };
    const { others: _, ...alone } = flat;
    expect((sharesChart(alone, 200, 'flat').data as { values: unknown[] }).values.length).toBe(2);
  });

  it('stands in a table with the last shares, largest first', async () => {
    const text = visibleText(await renderPopulation([all.players])).replace(/\s+/g, ' ');
    expect(text).toContain('player 2 0.333, player 3 0.333 and player 4 0.333');
    expect(text).toContain('step 0 0.1, step 1 0.1, step 2 0.1, step 3 0.1 and others 0.6');
    expect(twelve.names).toHaveLength(12);
  });
});

describe('runs against several populations', () => {
  it('are not told apart by steps that follow from a budget in oracle calls', async () => {
    const runs = all.players.runs.map((run, i) => ({ ...run, cell: { ...run.cell, steps: 100 + i } }));
    const { series } = await populationModel([loaded('p', 'q', [fourPlayers], runs)]);
    expect(series.map(({ label }) => label)).toEqual(['mnpo, population others', 'mnpo, population league:every=1']);
  });
});

describe('what answers give up against their opponents', () => {
  const external = (policies: readonly unknown[]) => ({
    text: 'external:…',
    cell: { name: 'external', params: { policies } },
  });

  it('is the best-response gain against each, and against the mixture', async () => {
    const stone = { name: 'stone.json', profile: [[1, 0, 0]] };
    const met = [historyOf(0, { 'stone.json': [0.5, 0.5], uniform: [0.5, 0.5] })];
    const more = { met, steps: [0, 1], population: external([stone, 'uniform']) };
    const { opponents } = await sectionOf(answers({ rock: [1, 0, 0], mixed: [0.5, 0.5, 0] }, more));
    expect(opponents[0].columns).toEqual(['stone.json', 'uniform', 'all, mixed']);
    // Against rock paper wins for certain: rock ties (½ less), half rock half paper ¼ less. Against uniform all win ½.
    // Against half stone, half uniform the payoffs are (½, ¾, ¼).
    expect(opponents[0].rows[0].against).toEqual([0.5, 0, 0.25].map((gain) => expect.closeTo(gain, 12)));
    expect(opponents[1].rows[0].against).toEqual([0.25, 0, 0.125].map((gain) => expect.closeTo(gain, 12)));
  });

  it('takes the other players as they ended', async () => {
    const profile = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.5, 0.5, 0],
    ];
    const [run] = all.players.runs;
    const { opponents } = await sectionOf([{ ...run, iterates: { last: { profile, metrics: {} } } }], fourPlayers);
    const [{ rows, columns }] = opponents;
    expect(columns).toEqual(['player 1', 'player 2', 'player 3', 'player 4', 'all, mixed']);
    // Rock against paper could win 1 more, against scissors nothing more; against half rock half paper (¼, ¾, ½) ½ more.
    expect(rows[0].against.slice(0, 4)).toEqual([undefined, 1, 0, 0.5].map((gain) => gain && expect.closeTo(gain, 12)));
    // All others mixed play rock 1/6, paper 1/2, scissors 1/3: payoffs 5/12, 5/12, 2/3.
    expect(rows[0].against[4]).toBeCloseTo(2 / 3 - 5 / 12, 12);
  });

  it('leaves out populations of past policies, which runs do not keep', async () => {
    const met = [historyOf(0, { newest: [1, 0.5], '1 before': [0, 0.5] })];
    const { opponents } = await sectionOf(answers({ a: [1, 0, 0] }, { met, steps: [0, 1] }));
    expect(opponents).toEqual([]);
  });
});

describe('cross-play', () => {
  it('puts the answers against each other, in the order of their equilibrium', async () => {
    const pure = { stone: [1, 0, 0], sheet: [0, 1, 0], blade: [0, 0, 1] };
    const { crossPlay } = await sectionOf(answers(pure));
    const third = expect.closeTo(1 / 3, 6);
    expect(crossPlay?.answers.map(({ weight }) => weight)).toEqual([third, third, third]);
    const at = (name: string) => crossPlay?.answers.findIndex((answer) => answer.name === name) ?? -1;
    expect(crossPlay?.payoffs[at('sheet')][at('stone')]).toBeCloseTo(1, 12);
    expect(crossPlay?.payoffs[at('stone')][at('sheet')]).toBeCloseTo(0, 12);
    // Nobody gives anything up against the uniform mixture; rock gives up ½ against rock and all against paper.
    expect(crossPlay?.gains[at('stone')][at('stone')]).toBeCloseTo(0.5, 12);
    expect(crossPlay?.gains[at('stone')][at('sheet')]).toBeCloseTo(1, 12);
    expect(crossPlay?.gains[at('stone')][3]).toBeCloseTo(0, 6);
    expect(crossPlaySentence(crossPlay!)).toMatch(
      /^Among the answers themselves, the equilibrium plays \w+, \w+ and \w+ with probability 0\.333 each\.$/,
    );
  });

  it('names the one answer to play', async () => {
    const { crossPlay } = await sectionOf(answers({ stone: [1, 0, 0], sheet: [0, 1, 0] }));
    expect(crossPlay?.answers.map(({ name, weight }) => [name, weight])).toEqual([
      ['sheet', expect.closeTo(1, 9)],
      ['stone', expect.closeTo(0, 9)],
    ]);
    expect(crossPlaySentence(crossPlay!)).toBe(
      'Among the answers themselves, sheet is the one to play; one other is never played.',
    );
  });

  it('lets answers that agree to within a solver’s tolerance share', async () => {
    const nearly = { stone: [1, 0, 0], sheet: [0, 1, 0], leaf: [1e-5, 1 - 1e-5, 0] };
    const { crossPlay } = await sectionOf(answers(nearly));
    expect(crossPlay?.answers.map(({ name, weight }) => [name, weight])).toEqual([
      ['sheet', expect.closeTo(0.5, 9)],
      ['leaf', expect.closeTo(0.5, 9)],
      ['stone', expect.closeTo(0, 9)],
    ]);
  });

  it('is the mean over the players where each has a policy of its own', async () => {
    const all = (policy: readonly number[]) => [policy, policy, policy, policy];
    const run = (solver: string, profile: readonly (readonly number[])[]) =>
      handRun({ game: fourPlayers, solver, profile });
    const half = [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    const { crossPlay } = await sectionOf([run('stones', all([1, 0, 0])), run('halves', half)], fourPlayers);
    const [first, second] = crossPlay?.answers.map(({ name }) => name) ?? [];
    expect([first, second]).toEqual(['halves', 'stones']);
    // Paper wins against stones for certain, stones tie: the mean over halves is ¾. A stone in seat 1 or 2 meets one stone and two
    // papers, ½·⅓ = 1/6; in seat 3 or 4 two stones and one paper, ⅓: the mean is ¼.
    expect(crossPlay?.payoffs).toEqual([
      [0.5, 0.75].map((rate) => expect.closeTo(rate, 12)),
      [0.25, 0.5].map((rate) => expect.closeTo(rate, 12)),
    ]);
  });

  it('measures gains as the library does', async () => {
    const policies = { a: [0.2, 0.3, 0.5], b: [0.7, 0.1, 0.2], c: [0.1, 0.8, 0.1] };
    const { crossPlay } = await sectionOf(answers(policies));
    const names = crossPlay?.answers.map(({ name }) => name) as (keyof typeof policies)[];
    const game = readGameDocument(rps, 'rps');
    const members = names.map((name, i) => ({
      name,
      weight: crossPlay?.answers[i].weight ?? Number.NaN,
      policy: policies[name],
    }));
    names.forEach((name, i) => {
      const alone = members.map(
        (member) => gapAgainstMixture(game, policies[name], { name: 'm', members: [{ ...member, weight: 1 }] }).gain,
      );
      const mixed = gapAgainstMixture(game, policies[name], { name: 'all', members }).gain;
      expect(crossPlay?.gains[i]).toEqual([...alone, mixed].map((gain) => expect.closeTo(gain, 12)));
    });
  });

  it('leaves out joint distributions, whose players do not play alone', async () => {
    const [a, b] = answers({ a: [1, 0, 0], b: [0, 1, 0] });
    const joint = { outcomes: [{ actions: [0, 1], probability: 1 }], support: 1, payoffs: [0, 1] };
    expect((await sectionOf([a, { ...b, joint }])).crossPlay).toBeUndefined();
  });

  it('needs two answers whose numbers are finite', async () => {
    expect((await sectionOf(answers({ a: [1, 0, 0], b: [Number.NaN, 0, 0] }))).crossPlay).toBeUndefined();
  });
});

describe('win rates of groups', () => {
  it('are medians over the seeds, pooled by the shares, with the worst group', async () => {
    const [{ groupWins }] = (await populationModel([all.groups])).populations;
    expect(groupWins?.groups).toEqual([
      { name: 'hurried', share: 0.75 },
      { name: 'patient', share: 0.25 },
    ]);
    const [pooled, worst] = groupWins?.answers ?? [];
    // x = 1 and 0.8: rates 0.7, 0.62 and 0.35, 0.41.
    expect(pooled.rates).toEqual([expect.closeTo(0.66, 12), expect.closeTo(0.38, 12)]);
    expect(pooled.pooled).toBeCloseTo(0.75 * 0.66 + 0.25 * 0.38, 12);
    expect([pooled.worst, worst.worst]).toEqual([1, 0]);
    expect(worst.rates).toEqual([expect.closeTo(0.4, 12), expect.closeTo(0.575, 12)]);
    const text = visibleText(await renderPopulation([all.groups])).replace(/\s+/g, ' ');
    expect(text).toMatch(/pooled 0\.66 0\.38 0\.59 patient/);
  });
});

describe('the page', () => {
  it('says what the last iterates do', async () => {
    const text = visibleText(await renderPopulation([all.players])).replace(/\s+/g, ' ');
    expect(text).toMatch(/mnpo, population others τ = 0 converges −0\.4 per step – 0/);
    expect(text).toMatch(/mnpo, population league:every=1 τ = 0 cycles 0 per step 12 steps 0\.2/);
  });

  it('draws all players on one triangle', async () => {
    const [{ paths }] = (await populationModel([all.players])).populations;
    expect(paths.map(({ players }) => players.map(({ last }) => last.length))).toEqual([
      [4, 4, 4, 4],
      [4, 4, 4, 4],
    ]);
    expect(paths[0].players[1].last[0]).toMatchObject({ x: 1, y: 0, step: 0 });
  });

  it('reads no file beside the store', async () => {
    const { matrix: _, ...head } = rps;
    const game = {
      ...head,
      kind: 'preference-file',
      file: '/nowhere.f64',
      format: 'f64',
      hash: 'a'.repeat(64),
    } as const;
    const hash = contentHash(game);
    const runs = answers({ a: [1, 0, 0], b: [0, 1, 0] }).map((run) => ({
      ...run,
      cell: { ...run.cell, game: { name: game.name, hash } },
    }));
    expect(await sectionOf(runs, game)).toMatchObject({ opponents: [] });
    expect((await sectionOf(runs, game)).crossPlay).toBeUndefined();
  });
});

describe.each(
  Object.entries({
    'group bars': groupBars(['g', 'h'], [{ name: 'a', rates: [0.4, 0.7], pooled: 0.5, worst: 0 }], 'groups'),
    'weight bars': weightBars([{ name: 'a', slot: 0, weight: 1 }], 'weights'),
  }),
)('the %s', (_name, chart) => {
  it('compile without a warning', () => {
    expect(compileChart(chart, 'none').warnings).toEqual([]);
  });
});
