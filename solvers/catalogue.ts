import { NashlabError } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import { parameterNames } from '../src/solve/params.ts';
import type { AnySolver } from '../src/solve/solver.ts';
import { alphaRank } from './alpha-rank.ts';
import { apo } from './apo.ts';
import { apoRegularised } from './apo-regularised.ts';
import {
  bestResponse,
  c1Lottery,
  dno,
  dpo,
  eoMnpo,
  htMnpo,
  inpo,
  mmd,
  mtpo,
  mtpoTau,
  onlineIpo,
  rebel,
  tdMnpo,
} from './choices.ts';
import { coarseCorrelated } from './coarse-correlated.ts';
import { comal } from './comal.ts';
import { copg } from './copg.ts';
import { correlated } from './correlated.ts';
import { doubleOracleOf } from './double-oracle.ts';
import { exact } from './exact.ts';
import { exo } from './exo.ts';
import { extragradient } from './extragradient.ts';
import { fDpg } from './f-dpg.ts';
import { fictitiousPlay } from './fictitious-play.ts';
import { gpo } from './gpo.ts';
import { groupMinimax } from './group-minimax.ts';
import { groupRobust } from './group-robust.ts';
import { hedge } from './hedge.ts';
import { ipo } from './ipo.ts';
import { ipoMd } from './ipo-md.ts';
import { maximalLottery } from './maximal-lottery.ts';
import { maxminRlhf } from './maxmin-rlhf.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { mirrorProx } from './mirror-prox.ts';
import { mixtureOfJudges } from './mixture-of-judges.ts';
import { mmdAnnealed } from './mmd-annealed.ts';
import { mnpo } from './mnpo.ts';
import { movingMagnet } from './moving-magnet.ts';
import { mpo } from './mpo.ts';
import { nashAveraging } from './nash-averaging.ts';
import { nashEma } from './nash-ema.ts';
import { nashMd } from './nash-md.ts';
import { nashMdPg } from './nash-md-pg.ts';
import { nashProx } from './nash-prox.ts';
import { newton } from './newton.ts';
import { onlineIpo2 } from './online-ipo-2.ts';
import { optimistic } from './optimistic.ts';
import { psroOver } from './psro.ts';
import { regretMatchingPlus } from './regret-matching-plus.ts';
import { replicator } from './replicator.ts';
import { rewardEnsemble } from './reward-ensemble.ts';
import { rlhf } from './rlhf.ts';
import { rspo } from './rspo.ts';
import { spo } from './spo.ts';
import { sppo } from './sppo.ts';
import { srpo } from './srpo.ts';
import { trDpo } from './tr-dpo.ts';

/** Its meta-solver may be any entry of this catalogue. */
const psro = psroOver(solverNamed);

/** Every solver by its name. */
export const solvers: Readonly<Record<string, AnySolver>> = {
  hedge,
  spo,
  sppo,
  dno,
  rebel,
  gpo,
  optimistic,
  'regret-matching-plus': regretMatchingPlus,
  'fictitious-play': fictitiousPlay,
  replicator,
  mnpo,
  'td-mnpo': tdMnpo,
  'mirror-descent': mirrorDescent,
  'online-ipo': onlineIpo,
  mmd,
  inpo,
  mtpo,
  'online-ipo-2': onlineIpo2,
  'nash-md': nashMd,
  'mtpo-tau': mtpoTau,
  'nash-md-pg': nashMdPg,
  'ipo-md': ipoMd,
  'nash-ema': nashEma,
  extragradient,
  'mirror-prox': mirrorProx,
  rspo,
  'nash-prox': nashProx,
  mpo,
  'moving-magnet': movingMagnet,
  'mmd-annealed': mmdAnnealed,
  comal,
  apo,
  'apo-regularised': apoRegularised,
  exact,
  newton,
  psro,
  'double-oracle': doubleOracleOf(psro),
  correlated,
  'coarse-correlated': coarseCorrelated,
  'alpha-rank': alphaRank,
  'nash-averaging': nashAveraging,
  'maximal-lottery': maximalLottery,
  'c1-lottery': c1Lottery,
  'best-response': bestResponse,
  'ht-mnpo': htMnpo,
  'eo-mnpo': eoMnpo,
  rlhf,
  dpo,
  exo,
  ipo,
  srpo,
  'tr-dpo': trDpo,
  'f-dpg': fDpg,
  copg,
  'maxmin-rlhf': maxminRlhf,
  'group-minimax': groupMinimax,
  'group-robust': groupRobust,
  'mixture-of-judges': mixtureOfJudges,
  'reward-ensemble': rewardEnsemble,
};

/** A parameter that its solver does not know: the same error, with the solvers that do. */
export function withOwners(error: unknown): unknown {
  if (!(error instanceof NashlabError) || error.parts.unknown === undefined) return error;
  const { unknown: parameter, expected, ...parts } = error.parts;
  const owners = Object.values(solvers).filter((solver) => parameterNames(solver).includes(parameter));
  if (owners.length === 0) return error;
  const names = owners.map(({ name }) => name).join(', ');
  return new NashlabError(error.code, { ...parts, expected: `${expected}; "${parameter}" is a parameter of ${names}` });
}

/** The solver of a name or of another spelling of it, if there is one. */
export function knownSolver(name: string): AnySolver | undefined {
  if (Object.hasOwn(solvers, name)) return solvers[name];
  return Object.values(solvers).find((solver) => solver.aliases?.includes(name));
}

/** The same; throws `unknown-name` with the nearest names. */
export function solverNamed(name: string, where?: string): AnySolver {
  const found = knownSolver(name);
  if (found !== undefined) return found;
  throw unknownName('solver', name, Object.keys(solvers), where);
}
