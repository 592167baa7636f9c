/** The public API of nashlab. */

export { expandExperiment } from '../experiments/expand.ts';
export { readExperiment, readyExperiments } from '../experiments/read-spec.ts';
export { runExperiment } from '../experiments/run-experiment.ts';
export { loadExperiment } from '../experiments/store.ts';
export type * from '../experiments/stored.ts';
export { verifyExperiment } from '../experiments/verify.ts';
export { bimatrixGame } from '../games/bimatrix.ts';
export { catalogueGame, gameCatalogue } from '../games/catalogue.ts';
export { gameText, gamText, nfgText } from '../games/gambit/write-game.ts';
export { inspectGame } from '../games/inspection/summary.ts';
export { openGame } from '../games/open-game.ts';
export { bradleyTerryGame } from '../games/operators/bradley-terry.ts';
export { lowRankGame } from '../games/operators/low-rank.ts';
export { numberFile } from '../games/operators/matrix-file.ts';
export type { AnyGame, OperatorGame } from '../games/operators/operator-game.ts';
export { sparseGame } from '../games/operators/sparse.ts';
export { streamedGame } from '../games/operators/streamed.ts';
export { type AnnotatorsGame, annotatorsGame, isAnnotatorsGame } from '../games/players/annotators.ts';
export { heterogeneousGame } from '../games/players/heterogeneous.ts';
export { type NormalFormGame, type NormalFormOptions, normalFormGame } from '../games/players/normal-form.ts';
export type { PayoffTensor } from '../games/players/payoff-tensor.ts';
export { plackettLuceGame } from '../games/players/plackett-luce.ts';
export { polymatrixGame } from '../games/players/polymatrix.ts';
export { polymatrixPreferenceGame } from '../games/players/polymatrix-preference.ts';
export { preferenceGame } from '../games/preference.ts';
export { rowsOf } from '../games/rows.ts';
export { gameDocument } from '../games/write-json.ts';
export { zeroSumGame } from '../games/zero-sum.ts';
export { type PopulationGiven, population, populations } from '../populations/catalogue.ts';
export { solverNamed, solvers } from '../solvers/catalogue.ts';
export type { Citation } from './core/citations/cite.ts';
export { type ErrorCode, NashlabError } from './core/errors.ts';
export { compileSchedule, type Schedule } from './core/schedule.ts';
export { type Dynamics, type DynamicsLabel, dynamicsLabels, dynamicsOf } from './dynamics/dynamics.ts';
export type { Exponents } from './dynamics/exponents.ts';
export { type LyapunovOptions, lyapunov } from './dynamics/lyapunov.ts';
export { type Recurrence, type RecurrenceKind, recurrence, type Trajectory } from './dynamics/recurrence.ts';
export { type AlphaRank, type AlphaRankOptions, alphaRank } from './exact/alpha-rank.ts';
export { type BimatrixEquilibria, bimatrixEquilibria, type ExtremeEquilibrium } from './exact/bimatrix-equilibria.ts';
export { rationalCertificate, rationalEquilibrium } from './exact/certificate.ts';
export {
  type CorrelatedEquilibrium,
  type CorrelatedObjective,
  type CorrelatedOptions,
  correlatedEquilibrium,
} from './exact/correlated.ts';
export {
  coarseCorrelatedGap,
  correlatedGap,
  type DeviationGains,
  productDistribution,
} from './exact/deviation-gains.ts';
export type { EquilibriumComponent } from './exact/equilibrium-components.ts';
export { type MaximalLottery, type MaximalLotteryOptions, maximalLottery } from './exact/maximal-lottery.ts';
export type { PairWins } from './exact/mixture-likelihood.ts';
export { type NashAverage, type NashAveragingOptions, nashAveraging } from './exact/nash-averaging.ts';
export { type PayoffArrays, payoffArrays } from './exact/payoff-arrays.ts';
export { quantalResponse } from './exact/quantal-response.ts';
export { type MixtureOptions, type RewardMixture, rewardMixture } from './exact/reward-mixture.ts';
export { type Demands, type RobustTilt, robustTilt } from './exact/robust-tilt.ts';
export { zeroSumEquilibrium } from './exact/zero-sum.ts';
export { metrics } from './metrics/catalogue.ts';
export { type CrossPlay, type CrossPlayer, crossPlay } from './metrics/cross-play.ts';
export {
  gapAgainstMixture,
  type Mixture,
  type MixtureGap,
  type MixtureMember,
  type OpponentPolicies,
} from './metrics/gap-against-mixture.ts';
export type { Metric } from './metrics/metric.ts';
export type { Backend, BackendInfo } from './numerics/backend.ts';
export { openBackend } from './numerics/catalogue.ts';
export { cpuBackend } from './numerics/cpu/backend.ts';
export type { Ops } from './numerics/ops.ts';
export type { Scalar, Shape, Tensor } from './numerics/tensor.ts';
export { type RandomStream, stream } from './random/streams.ts';
export {
  type Game,
  type GroupedGame,
  isGroupedGame,
  type Matrix,
  type MatrixGame,
  type PayoffOracle,
  type PreferenceGroup,
  requireGroups,
} from './solve/game.ts';
export type { Guarantee, GuaranteeVerdict, ProblemFacts } from './solve/guarantee.ts';
export { type InstanceOptions, instance } from './solve/instance.ts';
export { explicitStep, freeStep, geometricMixture, payoffsAgainst, proximalStep } from './solve/mirror.ts';
export type { Progress, SolveOptions } from './solve/options.ts';
export { solvePolished } from './solve/polish.ts';
export type { Member, Population, PopulationRule } from './solve/population.ts';
export type { HostProfile, Instance, Problem, Profile } from './solve/problem.ts';
export { type NamedPolicy, restrictedGame } from './solve/restricted-game.ts';
export type {
  EquilibriumPath,
  History,
  IterateName,
  IterateSolution,
  JointDistribution,
  ResultCode,
  RunSolution,
  Solution,
} from './solve/solution.ts';
export { solve } from './solve/solve.ts';
export type { AnySolver, DirectDefinition, Solver, SolverDefinition, StepParams } from './solve/solver.ts';
