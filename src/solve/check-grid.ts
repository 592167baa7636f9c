/** When a run is checked: on a log-spaced grid, or after every step. */
export type CheckGrid = 'log' | 'every';

/**
 * The steps at which a run is checked and recorded: every step at first, then a log-spaced grid of ratio 1.06, about
 * 200 checks in a million steps; the last step always.
 * @returns the next check after `step`.
 */
export function nextCheck(step: number, limit: number, grid: CheckGrid = 'log'): number {
  return grid === 'every' ? step + 1 : Math.min(limit, Math.max(step + 1, Math.ceil(step * 1.06)));
}
