import type { StoredRun } from '../../experiments/stored.ts';
import { canonicalJson } from '../../src/core/canonical.ts';
import { bestSeed, orderByProbability, policiesOf } from './answer.ts';
import type { PathLine } from './equilibrium-path.ts';
import type { GameFacts } from './game.ts';
import { groupedBy } from './groups.ts';

/** How one policy depends on how many play it: games of one kind and the same actions. */
export interface ByPlayers {
  readonly kind: string;
  readonly temperature: number;
  /** Numbers of players, rising, and the game that stands for each. */
  readonly players: readonly number[];
  readonly games: readonly string[];
  /** Actions whose probability peaks highest, by their probability at the largest number of players. */
  readonly lines: readonly PathLine[];
  /** All others together, where there are any. */
  readonly rest?: PathLine;
  /** Names of the solvers whose answers these are. */
  readonly solvers: readonly string[];
}

const ownLines = 8;
/** Players whose policies differ by more than this have no policy in common. */
const agreement = 1e-6;

/** The policy that all players share, where they do. */
function commonPolicy(run: StoredRun): readonly number[] | undefined {
  const [first, ...others] = policiesOf(run) ?? [];
  const agree = others.every((policy) => policy.every((p, a) => Math.abs(p - first[a]) <= agreement));
  return agree ? first : undefined;
}

interface Answer {
  readonly game: GameFacts;
  readonly run: StoredRun;
  readonly policy: readonly number[];
}

function along(answers: readonly Answer[]): ByPlayers {
  const [{ game, run }] = answers;
  const labels = game.labels[0];
  const peak = (action: number): number => Math.max(...answers.map(({ policy }) => policy[action]));
  // One action alone would not be a group.
  const shown = labels.length === ownLines + 1 ? labels.length : ownLines;
  const chosen = labels
    .map((_, action) => action)
    .sort((a, b) => peak(b) - peak(a))
    .slice(0, shown);
  const last = answers[answers.length - 1].policy;
  const ordered = orderByProbability(
    chosen.map((action) => last[action]),
    chosen.map((action) => labels[action]),
  ).map((k) => chosen[k]);
  const lines = ordered.map((action) => ({
    name: labels[action],
    values: answers.map(({ policy }) => policy[action]),
  }));
  const count = labels.length - lines.length;
  const others = answers.map((_, i) => Math.max(0, 1 - lines.reduce((sum, { values }) => sum + values[i], 0)));
  return {
    kind: game.kind,
    temperature: run.cell.temperature,
    players: answers.map((answer) => answer.game.players),
    games: answers.map((answer) => answer.game.name),
    lines,
    ...(count === 0 ? {} : { rest: { name: `${count} others`, values: others } }),
    solvers: [...new Set(answers.map((answer) => answer.run.cell.solver.name))],
  };
}

/**
 * The policies of games that differ in their number of players, three numbers at least: per kind of game, temperature and
 * reference, for each number the converged answer of smallest gap that all players share.
 */
export function policiesByPlayers(runs: readonly StoredRun[], gameOf: (hash: string) => GameFacts): ByPlayers[] {
  const answered = runs.filter(({ result }) => result.code === 'converged');
  const alike = groupedBy(answered, ({ cell }) => {
    const { kind, labels } = gameOf(cell.game.hash);
    return canonicalJson([kind, labels[0], cell.temperature, cell.reference]);
  });
  return alike.flatMap((group) => {
    const perCount = groupedBy(group, ({ cell }) => gameOf(cell.game.hash).players);
    const answers = perCount.flatMap((own): Answer[] => {
      const run = bestSeed(own.filter((one) => commonPolicy(one) !== undefined));
      const policy = run && commonPolicy(run);
      return run === undefined || policy === undefined ? [] : [{ game: gameOf(run.cell.game.hash), run, policy }];
    });
    return answers.length < 3 ? [] : [along(answers.sort((a, b) => a.game.players - b.game.players))];
  });
}
