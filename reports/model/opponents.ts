import { instanceOf } from '../../experiments/cell-instance.ts';
import type { StoredRun } from '../../experiments/stored.ts';
import { bestResponseGain } from '../../src/metrics/best-response-gain.ts';
import type { Game } from '../../src/solve/game.ts';
import { policiesOf } from './answer.ts';
import { mixedPayoffs, type Policies, payoffsAgainst } from './best-response.ts';
import type { GameFacts } from './game.ts';
import type { Bundle } from './groups.ts';
import type { Series } from './series.ts';
import { shownRuns } from './shown-run.ts';

/** What the players of one answer could gain against single opponents, and against all of them mixed. */
export interface OpponentGains {
  readonly series: Series;
  readonly temperature: number;
  readonly seed: string;
  readonly rows: readonly { readonly player: string; readonly against: readonly (number | undefined)[] }[];
  /** The mixture stands last, where every opponent is known. */
  readonly columns: readonly string[];
}

interface External {
  readonly name: string;
  readonly profile: Policies;
}

/** Policies of a member of the last population that stand in the store; those of the past do not. */
function policiesNamed(name: string, run: StoredRun, game: Game): Policies | undefined {
  const answer = policiesOf(run);
  const player = /^player (\d+)$/.exec(name);
  const alike = game.actions.every((count) => count === game.actions[0]);
  if (player !== null && alike) {
    const policy = answer?.[game.roleOf[Number(player[1]) - 1]];
    return policy && game.actions.map(() => policy);
  }
  if (name === 'reference') return instanceOf(run.cell, game).reference.map((log) => Array.from(log, Math.exp));
  if (name === 'uniform') return game.actions.map((count) => new Array<number>(count).fill(1 / count));
  const given = run.cell.population?.params.policies;
  if (run.cell.population?.name !== 'external' || !Array.isArray(given)) return undefined;
  return (given as (string | External)[]).find(
    (member): member is External => typeof member === 'object' && member.name === name,
  )?.profile;
}

/** The population of a role at the end of a run. */
function lastPopulation({ history }: StoredRun, role: number): { readonly name: string; readonly weight: number }[] {
  const found = history.population?.find((population) => population.role === role);
  const end = history.step.length - 1;
  return (found?.record ?? []).flatMap((record, i) =>
    record === end && found !== undefined ? [{ name: found.names[found.member[i]], weight: found.weight[i] }] : [],
  );
}

/** Members of a population that have columns of their own. */
const mostColumns = 8;

/** What was measured when the run ended, of its likeliest opponents; the certified answer must be the last iterate. */
function measuredGains(facts: GameFacts, { series, temperature }: Bundle, run: StoredRun): OpponentGains | undefined {
  const { againstPopulation: roles, cell } = run;
  if (roles === undefined || cell.iterate !== 'last') return undefined;
  const [{ members }] = roles;
  const shown = members
    .map((_, m) => m)
    .sort((a, b) => members[b].weight - members[a].weight || a - b)
    .slice(0, mostColumns)
    .sort((a, b) => a - b);
  return {
    series,
    temperature,
    seed: cell.seed,
    rows: roles.map(({ role, gain, members: own }) => ({
      player: facts.roleNames[role] === '' ? 'the answer' : facts.roleNames[role],
      against: [...shown.map((m) => own[m]?.alone), gain],
    })),
    columns: [...shown.map((m) => members[m].name), 'all, mixed'],
  };
}

function gainsOf(game: Game, facts: GameFacts, bundle: Bundle, run: StoredRun): OpponentGains[] {
  const { series, temperature } = bundle;
  const measured = measuredGains(facts, bundle, run);
  if (measured !== undefined) return [measured];
  const answer = policiesOf(run);
  if (answer === undefined || !answer.flat().every(Number.isFinite)) return [];
  const against = payoffsAgainst(game);
  const players = game.actions.flatMap((_, role) => {
    const members = lastPopulation(run, role);
    const known = members.flatMap(({ name, weight }) => {
      const policies = policiesNamed(name, run, game);
      return policies === undefined ? [] : [{ name, weight, payoffs: against(policies) }];
    });
    return members.length > 0 && known.length === members.length ? [{ role, known }] : [];
  });
  if (players.length === 0) return [];
  const names = [...new Set(players.flatMap(({ known }) => known.map(({ name }) => name)))].sort(byNumber);
  const rows = players.map(({ role, known }) => {
    const all = mixedPayoffs(
      known.map(({ payoffs }) => payoffs),
      known.map(({ weight }) => weight),
    );
    const found = names.map((name) => known.find((member) => member.name === name)?.payoffs);
    return {
      player: facts.roleNames[role] === '' ? 'the answer' : facts.roleNames[role],
      against: [...found, all].map((payoffs) => payoffs && bestResponseGain(answer[role], payoffs[role])),
    };
  });
  return [{ series, temperature, seed: run.cell.seed, rows, columns: [...names, 'all, mixed'] }];
}

/** `player 2` before `player 10`; other names as they came. */
function byNumber(a: string, b: string): number {
  return a.replace(/\d+$/, '') === b.replace(/\d+$/, '')
    ? Number(/\d+$/.exec(a)?.[0] ?? 0) - Number(/\d+$/.exec(b)?.[0] ?? 0)
    : 0;
}

/**
 * What answers give up against each opponent of their last population, and against its mixture: as measured when the run
 * ended, or of the other players, whose policies stand in the store.
 */
export function opponentGains(game: Game, facts: GameFacts, bundles: readonly Bundle[]): OpponentGains[] {
  const shown = shownRuns(bundles, ({ history }) => (history.population ?? []).length > 0);
  return shown.flatMap(({ bundle, run }) => gainsOf(game, facts, bundle, run));
}
