import { populationLog } from './population-log.ts';
import type { History } from './solution.ts';
import type { AnswerRound } from './solver.ts';

/**
 * The record of a method that works in rounds: its gap and its population after each.
 * @param gap the gap that the run is held against; in a two-player constant-sum game the duality gap is nash-conv.
 */
export function roundsHistory(rounds: readonly AnswerRound[], gap: string): History {
  const log = populationLog();
  rounds.forEach(({ population }, record) => {
    log.note(record, population);
  });
  const nashConv = rounds.map((round) => round.nashConv);
  return {
    step: rounds.map((_, record) => record + 1),
    oracleCalls: rounds.map(({ oracleCalls }) => oracleCalls),
    columns: { 'last/nash-conv': nashConv, ...(gap === 'duality-gap' ? { 'last/duality-gap': nashConv } : {}) },
    population: log.history(0, rounds.length),
  };
}
