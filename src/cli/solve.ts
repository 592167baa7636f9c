import { Command, Option } from 'commander';
import { population, populations } from '../../populations/catalogue.ts';
import { formatNumber } from '../../reports/number.ts';
import { solverNamed, solvers, withOwners } from '../../solvers/catalogue.ts';
import { NashlabError } from '../core/errors.ts';
import { rationalCertificate, requireSmall } from '../exact/certificate.ts';
import type { BackendInfo } from '../numerics/backend.ts';
import { checkBackendName, openBackend } from '../numerics/catalogue.ts';
import type { Game } from '../solve/game.ts';
import { defaultMemoryLimit, everyColumn, requireMemory } from '../solve/memory.ts';
import { defaultSteps } from '../solve/options.ts';
import { isStartWord, randomProfile, readPolicyFile, startProfile, uniformProfile } from '../solve/policies.ts';
import { solvePolished } from '../solve/polish.ts';
import { type HostProfile, type Instance, stepSpan } from '../solve/problem.ts';
import { problemSize } from '../solve/problem-size.ts';
import type { RunSolution } from '../solve/solution.ts';
import { solve } from '../solve/solve.ts';
import { type AnySolver, ignoresTemperature } from '../solve/solver.ts';
import { exitCode, interruptSignal } from './exit.ts';
import { memorySize } from './memory-limit.ts';
import { noteUnusableBlas } from './note-blas.ts';
import { type GameOptions, oneOf, openGameArgument, withComparisonRules } from './open.ts';
import { assignments, backendWords, collect, numeral, numeralOrExpression, numerals } from './options.ts';
import { progressView } from './progress.ts';
import { solutionJson } from './solution-json.ts';
import { gambitText, solutionText } from './solution-text.ts';
import { note, print } from './streams.ts';
import { prepareTrace, writeRunTrace } from './trace.ts';

interface SolveFlags extends GameOptions {
  readonly solver: string;
  readonly temperature?: number;
  readonly roleTemperatures?: readonly number[];
  readonly reference: string;
  readonly start: string;
  readonly stepSize?: number | string;
  readonly steps?: number;
  readonly calls?: number;
  readonly population?: string;
  readonly tolerance?: number;
  readonly iterate?: 'last' | 'average' | 'best';
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly backend: string;
  readonly seed: string;
  readonly set: readonly string[];
  readonly metrics?: readonly string[];
  readonly polish?: boolean;
  readonly exact?: boolean;
  readonly dynamics?: boolean;
  readonly trace?: string;
  readonly json?: boolean;
  readonly format: 'text' | 'gambit';
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** τ where none is given: a tenth of the payoff span for regularised solvers, else 0. */
function defaultTemperature(definition: AnySolver, game: Game): number {
  return definition.equilibrium === 'both' || ignoresTemperature(definition) ? 0 : 0.1 * stepSpan(game);
}

function referenceFrom(given: string, game: Game, seed: string): HostProfile {
  if (given === 'uniform') return uniformProfile(game);
  return given === 'random' ? randomProfile(game, seed, 'reference') : readPolicyFile(given, game);
}

function instanceFrom(game: Game, definition: AnySolver, flags: SolveFlags): Instance {
  const reference = referenceFrom(flags.reference, game, flags.seed);
  const start = isStartWord(flags.start)
    ? startProfile(flags.start, game, reference, flags.seed)
    : readPolicyFile(flags.start, game);
  const temperature = flags.temperature ?? defaultTemperature(definition, game);
  const { roleTemperatures } = flags;
  return { game, runs: 1, temperature, ...(roleTemperatures && { roleTemperatures }), reference, start };
}

function exitFor(run: RunSolution, tolerance: number): number {
  if (run.result === 'aborted') return exitCode.interrupted;
  if (run.guarantee?.status === 'violated') return exitCode.uncertified;
  const asAsked = run.result === 'converged' || (run.result === 'step-limit' && tolerance === 0);
  return asAsked ? exitCode.certified : exitCode.uncertified;
}

/** Why a run was not polished; nothing to say where it reached the tolerance without. */
function notPolished({ name, dtype }: BackendInfo, { result }: RunSolution): string | undefined {
  if (dtype === 'float64') return `backend ${name} computes in float64`;
  return result === 'converged' ? undefined : `the run did not stall at the float32 floor (${result})`;
}

/** Options that would leave each other unheard. */
function checkTogether(flags: SolveFlags): void {
  const silent = flags.quiet ? '--quiet' : flags.format === 'gambit' ? '--format gambit' : undefined;
  const clash = (a: string, b: string): NashlabError =>
    new NashlabError('bad-option', { what: `${a} together with ${b}`, expected: 'one of the two' });
  if (flags.exact && silent !== undefined) throw clash('--exact', silent);
  if (flags.json && flags.format === 'gambit') throw clash('--json', '--format gambit');
  if (flags.quiet && flags.verbose) throw clash('--quiet', '--verbose');
}

async function runSolve(source: string, flags: SolveFlags): Promise<number> {
  checkTogether(flags);
  const definition = solverNamed(flags.solver, '--solver');
  checkBackendName(flags.backend, '--backend');
  if (flags.trace !== undefined) prepareTrace(flags.trace);
  const game = await openGameArgument(source, flags);
  if (flags.exact) requireSmall(game);
  const met = flags.population === undefined ? undefined : population(flags.population, game);
  const instance = instanceFrom(game, definition, flags);
  const batch = { runs: instance.runs, steps: flags.steps ?? flags.calls ?? defaultSteps, columns: everyColumn };
  requireMemory(batch, game, flags.memoryLimit ?? defaultMemoryLimit());
  const size = problemSize(game, instance.runs);
  noteUnusableBlas();
  const backend = await openBackend(flags.backend, { ...(size === undefined ? {} : { size }), note });
  const view = progressView(flags.solver, flags.quiet === true);
  const interrupt = interruptSignal();
  try {
    const solution = await (flags.polish ? solvePolished : solve)(backend, instance, definition, {
      params: { ...assignments(flags.set), ...(flags.stepSize === undefined ? {} : { stepSize: flags.stepSize }) },
      ...(flags.steps === undefined ? {} : { steps: flags.steps }),
      ...(flags.calls === undefined ? {} : { calls: flags.calls }),
      ...(met === undefined ? {} : { population: met }),
      ...(flags.tolerance === undefined ? {} : { tolerance: flags.tolerance }),
      ...(flags.iterate === undefined ? {} : { iterate: flags.iterate }),
      ...(flags.dynamics === undefined ? {} : { dynamics: flags.dynamics }),
      ...(flags.metrics === undefined ? {} : { metrics: flags.metrics }),
      ...(flags.timeLimit === undefined ? {} : { timeLimitSeconds: flags.timeLimit }),
      signal: interrupt.signal,
      onProgress: ({ step, steps, gap }) =>
        view.show(step / steps, `step ${formatNumber(step)}, gap ${formatNumber(gap)}`),
    });
    view.close();
    const [run] = solution.runs;
    const unpolished = flags.polish && run.polish === undefined ? notPolished(backend.info, run) : undefined;
    if (unpolished !== undefined) note(`note: --polish had nothing to do: ${unpolished}`);
    const certificate = flags.exact ? rationalCertificate(game, run.answer.profile) : undefined;
    const report = { game, definition, instance, solution, run, backend: backend.info, seed: flags.seed, certificate };
    if (flags.trace !== undefined) await writeRunTrace(flags.trace, run, game);
    if (flags.json) print(JSON.stringify(solutionJson(report), null, 1));
    else if (flags.format === 'gambit') {
      const conv = run.answer.metrics['nash-conv'] as number;
      if (conv > solution.tolerance)
        note(`note: nash-conv is ${formatNumber(conv)}: at this temperature the profile is no Nash equilibrium`);
      print(gambitText(report));
    } else print(solutionText(report, flags.quiet === true, flags.verbose === true));
    return exitFor(run, solution.tolerance);
  } catch (error) {
    throw withOwners(error);
  } finally {
    view.close();
    interrupt.stop();
    await backend.dispose();
  }
}

export function solveCommand(finish: (code: number) => void): Command {
  const command = new Command('solve')
    .description('one game, one solver: the answer with its certificate')
    .argument(
      '<game>',
      'a file (.json, .nfg, .gam, .csv, .tsv, .jsonl, .parquet, .f64, .f32), - for stdin, or a catalogue name such as blotto:10,3',
    )
    .option('--solver <name>', `one of ${Object.keys(solvers).join(', ')}`, 'extragradient')
    .option(
      '--temperature <τ>',
      'weight of the KL term, in payoff units; default 0.1 × payoff span for regularised solvers, else 0',
      numeral,
    )
    .option(
      '--role-temperatures <factors>',
      'temperature of each role as a factor of τ, such as 1,0.5,2; default 1 for all',
      numerals,
    )
    .option('--reference <policy>', 'uniform, random (drawn with --seed), or a policy file', 'uniform')
    .option('--start <policy>', 'reference, uniform, random (drawn with --seed), or a policy file', 'reference')
    .option(
      '--step-size <η>',
      'a number or an expression of t, tau, T, span, n; default: the largest step its theorem allows',
      numeralOrExpression,
    )
    .option(
      '--population <rule>',
      `whom the solver meets: ${Object.keys(populations).join(', ')}, with parameters such as recent:k=5 (nashlab list populations); by default itself, or whom its method is about`,
    )
    .option('--steps <n>', 'step limit (default 100000)', numeral)
    .option('--calls <n>', 'budget in oracle calls', numeral)
    .option(
      '--tolerance <gap>',
      'gap in payoff units at which the run is done, 0 = run all steps; default 1e-9 × payoff span',
      numeral,
    )
    .option(
      '--iterate <which>',
      'last, average or best; default: the one the solver is made for',
      oneOf('last', 'average', 'best'),
    )
    .option('--time-limit <s>', 'seconds', numeral)
    .option('--memory-limit <size>', 'such as 500MB or 8GiB; default: three quarters of the machine', memorySize)
    .option('--backend <name>', backendWords, 'cpu')
    .option('--polish', 'after a float32 backend, go on from its answer in float64 on the CPU')
    .option('--seed <s>', 'names the random start and reference', '0')
    .option('--set <key=value>', 'a solver parameter; repeat for more', collect, [])
    .option(
      '--metrics <names>',
      'metrics to measure, separated by commas (nashlab list metrics); all that apply by default, but ce-gap and cce-gap of play only by name',
      (text) => text.split(','),
    )
    .option('--exact', 'certificate in rationals: the exact regret of the answer')
    .option('--dynamics', 'also say what the last iterate does (converges, cycles, spreads): three times the steps')
    .option('--trace <file>', 'write the recorded curves, of newton its path, to a .csv or .parquet file');
  return withComparisonRules(command)
    .addOption(
      new Option('--format <format>', 'text or gambit (NE,p,p,… lines)')
        .default('text')
        .argParser(oneOf('text', 'gambit')),
    )
    .option('--json', 'print one JSON object (schema nashlab-solution/1)')
    .option('-q, --quiet', 'print the policy only')
    .option('-v, --verbose', 'print definitions and every action (the likeliest 10,000)')
    .action(async (source: string, flags: SolveFlags) => finish(await runSolve(source, flags)));
}
