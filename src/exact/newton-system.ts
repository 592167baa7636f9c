import { Matrix as Dense, LuDecomposition } from 'ml-matrix';
import type { HostProfile } from '../solve/problem.ts';
import type { Jacobian, Linearisation } from './linearisation.ts';
import type { Point, QuantalEquation } from './quantal-equation.ts';

/** Actions below this mass do not enter the linear system. */
const activeMass = 1e-40;
/** Logarithm of the mass below which an action's own row is more accurate than the scaled system. */
const littleMass = Math.log(1e-6);

interface ActiveAction {
  readonly role: number;
  readonly action: number;
  readonly root: number;
}

/** What the decomposition holds, of which its types are silent. */
interface Factors {
  readonly LU: Dense;
  readonly pivotSign: number;
}

/**
 * Newton's step on the quantal response equation. With J the derivatives of the payoffs, it solves
 *
 *   τδ − J·(π∘δ) + c·1 = u − τ·log(π/ρ), ⟨π, δ⟩ = 0 per role,
 *
 * for the actions that have mass, scaled by √π on both sides: τI − S, bordered. S is skew for the matrix of a symmetric game,
 * and Σ over seats of ⟨x, Sx⟩ ≤ 0 for any monotone game, so that the system is never singular there.
 */
export function newtonSystem(
  actions: readonly number[],
  reference: HostProfile,
  jacobian: Linearisation['jacobian'],
): Pick<QuantalEquation, 'newtonDirection' | 'orientation'> {
  const roles = actions.length;

  const systemAt = ({ log }: Point, tau: number, blocks: Jacobian) => {
    const active = log.flatMap((values, role) =>
      [...values].flatMap((value, action): ActiveAction[] => {
        const mass = Math.exp(value);
        return mass > activeMass ? [{ role, action, root: Math.sqrt(mass) }] : [];
      }),
    );
    const size = active.length;
    const system = Dense.zeros(size + roles, size + roles);
    for (let i = 0; i < size; i++) {
      const { role, action, root } = active[i];
      for (let j = 0; j < size; j++) {
        const { role: other, action: met, root: weight } = active[j];
        const block = blocks[role][other];
        if (block !== undefined) system.set(i, j, -root * block[action * actions[other] + met] * weight);
      }
      system.set(i, i, system.get(i, i) + tau);
      system.set(i, size + role, root);
      system.set(size + role, i, root);
    }
    return { active, system };
  };

  /** Actions with little mass are recovered from their own row. */
  const newtonDirection = (point: Point, lambda: number): Float64Array[] => {
    const tau = 1 / lambda;
    // Near a solution all of it is the constant, whose rounding, over √π, would drown what actions with little mass lack.
    const right = point.log.map((log, role) => {
      const values = log.map((value, a) => point.payoffs[role][a] - tau * (value - reference[role][a]));
      const mean = values.reduce((sum, value, a) => sum + Math.exp(log[a]) * value, 0);
      return values.map((value) => value - mean);
    });
    const blocks = jacobian(point.log);
    const { active, system } = systemAt(point, tau, blocks);
    const size = active.length;
    const vector = Dense.zeros(size + roles, 1);
    active.forEach(({ role, action, root }, i) => {
      vector.set(i, 0, root * right[role][action]);
    });
    const solution = new LuDecomposition(system).solve(vector);
    const moved = actions.map((count) => new Float64Array(count));
    const weighted = actions.map((count) => new Float64Array(count));
    active.forEach(({ role, action, root }, i) => {
      weighted[role][action] = root * solution.get(i, 0);
      moved[role][action] = solution.get(i, 0) / root;
    });
    for (let role = 0; role < roles; role++) {
      const constant = solution.get(size + role, 0);
      for (let a = 0; a < actions[role]; a++) {
        if (point.log[role][a] > littleMass) continue;
        let total = right[role][a] - constant;
        blocks[role].forEach((block, other) => {
          const columns = actions[other];
          if (block !== undefined)
            for (let j = 0; j < columns; j++) total += block[a * columns + j] * weighted[other][j];
        });
        moved[role][a] = total / tau;
      }
    }
    return moved;
  };

  const orientation = (point: Point, lambda: number): number => {
    const { system } = systemAt(point, 1 / lambda, jacobian(point.log));
    const { LU, pivotSign } = new LuDecomposition(system) as unknown as Factors;
    let sign = pivotSign;
    for (let i = 0; i < LU.rows; i++) sign *= Math.sign(LU.get(i, i));
    return sign;
  };

  return { newtonDirection, orientation };
}
