import { population } from '../populations/catalogue.ts';
import { citations } from '../src/core/citations/citations.ts';
import { hedge } from './hedge.ts';
import { maximalLottery } from './maximal-lottery.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { mnpo } from './mnpo.ts';
import { nashMd } from './nash-md.ts';
import { named, namedDirect } from './parts/named.ts';
import { rlhf } from './rlhf.ts';

/*
 * Methods of the literature that are another entry's step under a name, a schedule or a parameter of their own: data, not
 * copies.
 */

export const dno = named(hedge, {
  name: 'dno',
  summary: 'direct Nash optimisation: cross-entropy of win rate differences, which multiplicative weights minimise',
  source: citations.rosset2024,
  conversion: 'η is 1/η of the paper, whose step is inverse; the minimiser is the same for every law of pairs',
});

export const rebel = named(hedge, {
  name: 'rebel',
  summary: 'REBEL with win rates as rewards: least squares on differences, which multiplicative weights minimise',
  source: citations.gao2024,
  conversion: 'η as in the paper; the minimiser is the same for every law of pairs',
});

export const onlineIpo = named(mirrorDescent, {
  name: 'online-ipo',
  summary: 'online IPO with uniform pairs (Online IPO 1 of EGPO): explicit mirror descent',
  source: citations.calandriello2024,
  conversion:
    'τ is beta; η is 4·lr/(beta·N) for a full gradient step of rate lr on the loss over all pairs of N actions',
  fixed: { form: 'explicit' },
  rate: 'linear',
});

export const mmd = named(mirrorDescent, {
  name: 'mmd',
  summary: 'magnetic mirror descent with a fixed magnet: proximal mirror descent',
  source: citations.sokota2023,
  conversion: 'γ is η and τ is α in the paper; the magnet is the reference',
  fixed: { form: 'proximal' },
  theorems: [0, 2, 3, 4],
  rate: 'linear',
});

export const inpo = named(mirrorDescent, {
  name: 'inpo',
  summary: 'iterative Nash policy optimisation: mirror descent with the step 2/(τ(t+2))',
  source: citations.zhang2025inpo,
  conversion: 'η is an inverse step in the paper: its schedule τ(t+2)/2 is the step 2/(τ(t+2)) here',
  fixed: { form: 'explicit' },
  stepSize: '2/(tau*(t+2))',
  theorems: [1, 0, 2, 3, 4],
  rate: 'O(1/t)',
});

export const mtpo = named(mirrorDescent, {
  name: 'mtpo',
  summary: 'multi-turn preference optimisation for one turn: mirror descent with the step 2/(τ(t+2))',
  source: citations.shani2024,
  conversion: 'η as in the paper, τ is α',
  fixed: { form: 'explicit' },
  stepSize: '2/(tau*(t+2))',
  theorems: [1, 0, 2, 3, 4],
  rate: 'O(1/t)',
});

export const mtpoTau = named(nashMd, {
  name: 'mtpo-tau',
  summary: 'MTPO against its mixture with the reference; for one turn it is Nash-MD',
  source: citations.shani2024,
  conversion: 'η as in the paper, τ is α',
});

export const bestResponse = named(mirrorDescent, {
  name: 'best-response',
  summary: 'the best response to itself, over and over: mirror descent with ητ = 1 (γ = ∞)',
  source: citations.mckelvey1995,
  conversion: 'τ is 1/λ, the inverse of the precision of the logit response',
  fixed: { form: 'explicit' },
  stepSize: '1/tau',
  family: 'baseline',
  equilibrium: 'none',
  target: 'the regularised equilibrium for τ > span/2; below that it may cycle around it for ever',
  rate: 'none for τ ≤ span/2, else linear',
});

export const tdMnpo = named(mnpo, {
  name: 'td-mnpo',
  summary: 'time-dependent MNPO: steps from the geometric mean of recent policies, win rates against the present one',
  source: citations.wu2026,
  conversion: 'η is 1/eta of the released code and ητ its ratio; λ are the weights of the population recent',
  fixed: { opponents: 'present' },
  population: (game) => population('recent:2', game),
});

export const htMnpo = named(mnpo, {
  name: 'ht-mnpo',
  summary: 'heterogeneous MNPO: every player has a judge of its own, steps from the geometric mean of the others',
  source: citations.wu2026,
  conversion: 'η is η of Eq. 10, a direct step; the judges are those of the game (heterogeneous)',
  fixed: { centre: 'population', opponents: 'population' },
  family: 'baseline',
  equilibrium: 'none',
  iterate: 'last',
  target:
    'for small steps what the average of all judges would choose: averaging centres makes the players agree before their judges can part them, at a distance in proportion to η; no equilibrium of the game',
  rate: 'none proven',
});

export const eoMnpo = named(mnpo, {
  name: 'eo-mnpo',
  summary: 'MNPO with external opponents: the closed form of a step from frozen policies, against them',
  source: citations.wu2026,
  conversion: 'τ is τ₀ and 1/η is τ₀ + Σ τ_i of the paper; the share of teacher i in the population is τ_i/Σ τ_j',
  fixed: { centre: 'population', opponents: 'population' },
  family: 'baseline',
  equilibrium: 'none',
  iterate: 'last',
  target:
    'ρ^(ητ)·∏ teacher_m^((1 − ητ)λ_m)·exp(η·u(teachers)), reached in one step; in general no equilibrium of the game',
  rate: 'one step',
  population: (game) => population('external', game),
});

export const c1Lottery = namedDirect(maximalLottery, {
  name: 'c1-lottery',
  summary: 'the maximal lottery of who wins each pair, however narrowly; its support is the bipartisan set',
  source: citations.laffond1993,
  conversion: 'the sign of each margin is the payoff of the tournament game',
  fixed: { margins: 'C1' },
  target: 'the equilibrium of the game in which only who wins each pair counts',
});

export const dpo = namedDirect(rlhf, {
  name: 'dpo',
  summary: 'direct preference optimisation: the reward and its optimum at once, by one logistic loss',
  source: citations.rafailov2023,
  conversion: 'τ is β; the minimum of −log σ(τ·Δ log(π/ρ)) over pairs of the law is the optimum of rlhf',
});
