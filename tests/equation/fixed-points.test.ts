import { describe, expect, it } from 'vitest';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { gameOf, reference, totalVariation } from '../reference.ts';
import type { Seats } from './plain.ts';
import {
  divergence,
  logs,
  mixed,
  type RandomSetting,
  randomSetting,
  reached,
  response,
  settled,
} from './random-settings.ts';

/** Where the biased methods rest, against the independent solution of the quantal response equation. */

const settings = Array.from({ length: 120 }, (_, k) => randomSetting('fixed points', k, 0.1));
const warm = settings.filter(({ tau, span }) => tau >= 0.3 * span);

/** The equilibrium at τ/(1 − w); the reference at w = 1. */
const warmer = ({ game, tau, rho }: Pick<RandomSetting, 'game' | 'tau' | 'rho'>, weight: number): Seats =>
  weight === 1
    ? rho
    : quantalResponse(game, tau / (1 - weight), logs(rho)).profile.map((row) => Array.from(row, Math.exp));

/** BR_τ of that equilibrium: the policy whose mixture with the reference it is. */
const restOf = (s: RandomSetting, weight: number): Seats => response(s, s.payoff(warmer(s, weight)));

/** A game of the golden values at τ = 0.1 with a uniform reference. */
function golden(id: string, start: Seats) {
  const entry = reference.regularised_references.find((candidate) => candidate.id === id);
  return { game: gameOf(entry as never), tau: 0.1, rho: [[1 / 3, 1 / 3, 1 / 3]], start };
}

describe('Nash-MD with a constant step', () => {
  it('rests where its mixture is the equilibrium at τ/(1 − ητ), and it is the answer to that', async () => {
    const broken: object[] = [];
    for (const s of settings) {
      const stepSize = (2 * s.tau) / (s.span ** 2 + 4 * s.tau ** 2);
      const weight = stepSize * s.tau;
      const policy = await settled('nash-md', s, { stepSize }, Math.ceil(60 / weight));
      const mixture = totalVariation(mixed(policy, s.rho, weight), warmer(s, weight));
      const answer = totalVariation(policy, restOf(s, weight));
      if (!(mixture <= 1e-10 && answer <= 1e-10)) broken.push({ mixture, answer });
    }
    expect(broken).toEqual([]);
  });

  it('is biased by η²: a quarter of the KL for half of the step, on weighted rock-paper-scissors', async () => {
    const s = golden('klnash_brps_uniform_beta0.1', [[0.6, 0.3, 0.1]]);
    const biases: number[] = [];
    for (const stepSize of [0.4, 0.2, 0.1, 0.05, 0.025])
      biases.push(divergence(warmer(s, 0), await settled('nash-md', s, { stepSize }, 20_000)));
    for (const [k, bias] of biases.slice(1).entries()) expect(Math.abs(biases[k] / bias - 4)).toBeLessThan(0.1);
    expect(biases[0].toPrecision(2)).toBe('0.00015');
    expect(biases[4].toPrecision(2)).toBe('5.7e-7');
  });
});

describe.each(['nash-md-pg', 'ipo-md'])('%s', (name) => {
  const weights = [0, 0.125, 0.5, 1];
  const stepOf = ({ tau, span }: RandomSetting): number => (2 * tau) / (tau ** 2 + span ** 2 / 4);

  it('stays where π = BR_τ(π′) and π′ is the equilibrium at τ/(1 − w), from self-play to the reference', () => {
    const moved = settings.flatMap((s) =>
      weights.flatMap((mixture) => {
        const start = restOf(s, mixture);
        const own = totalVariation(mixed(start, s.rho, mixture), warmer(s, mixture));
        const drift = totalVariation(reached(name, { ...s, start }, { mixture, stepSize: stepOf(s) }, 1), start);
        return own <= 1e-10 && drift <= 1e-10 ? [] : [{ mixture, own, drift }];
      }),
    );
    expect(moved).toEqual([]);
  });

  it('comes there from elsewhere with its default step', async () => {
    const astray: object[] = [];
    for (const s of warm.slice(0, 8))
      for (const mixture of weights) {
        const distance = totalVariation(await settled(name, s, { mixture }, 10_000), restOf(s, mixture));
        if (!(distance <= 1e-10)) astray.push({ mixture, distance, tau: s.tau / s.span });
      }
    expect(astray).toEqual([]);
  });
});

describe('the best response to itself', () => {
  it('comes closer by s/(2τ) in every step, which is below 1 for τ > s/2', async () => {
    const broken: object[] = [];
    for (const s of warm)
      for (const steps of [1, 2, 5, 40]) {
        const distance = totalVariation(await settled('best-response', s, {}, steps), warmer(s, 0));
        const bound = (s.span / (2 * s.tau)) ** steps * totalVariation(s.start, warmer(s, 0));
        if (!(distance <= Math.max(bound, 1e-13))) broken.push({ steps, distance, bound });
      }
    expect(broken).toEqual([]);
  });

  it('cycles for ever in rock-paper-scissors at low temperature', async () => {
    const s = golden('klnash_rps_hard_uniform_beta0.1', [[0.4, 0.35, 0.25]]);
    expect(totalVariation(await settled('best-response', s, {}, 2_000), warmer(s, 0))).toBeGreaterThan(0.5);
  });
});
