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

/** How many checks there are until a step, start and end included. */
export function checksUntil(limit: number, grid: CheckGrid = 'log'): number {
  return grid === 'every' ? limit + 1 : checkedSteps(limit).length;
}

/** The steps at which a schedule is tried before anything runs: the grid of the checks, the last step included. */
export function checkedSteps(last: number): number[] {
  const grid = [0];
  while (grid[grid.length - 1] < last) grid.push(nextCheck(grid[grid.length - 1], last));
  return grid;
}
