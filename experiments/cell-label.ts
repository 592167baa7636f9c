import type { Cell } from './stored.ts';

/** How progress and errors name a cell. */
export function cellLabel(cell: Cell): string {
  return `${cell.game.name} · ${cell.solver.name} · τ = ${cell.temperature}`;
}
