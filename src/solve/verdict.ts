import { type Guarantee, type GuaranteeVerdict, type ProblemFacts, roundingFloor } from './guarantee.ts';
import { shortCitation } from './solver.ts';

/** The theorem that speaks about a run, or the reason why none does. */
export interface Claim {
  readonly guarantee: Guarantee<never>;
  readonly premise: true | string;
  /** The premise that keeps the theorem of the default parameters from speaking, where a weaker one does. */
  readonly missed?: string;
}

/**
 * Chooses the first theorem whose premises hold; where none holds, the one of the default parameters with what fails.
 * @param usual the parameters with the default step size.
 */
export function chooseClaim(
  guarantees: readonly Guarantee<never>[],
  params: unknown,
  facts: ProblemFacts,
  usual: unknown = params,
): Claim | undefined {
  const claims = guarantees.map((guarantee) => ({ guarantee, premise: guarantee.premises(params as never, facts) }));
  const held = firstHolding(guarantees, usual, facts);
  // In a game that no theorem is about, the one that would speak if it were.
  const { temperatureFactors: _, ...common } = facts;
  const own =
    held >= 0 ? held : Math.max(0, firstHolding(guarantees, usual, { ...common, sum: 'constant', players: 2 }));
  const chosen = claims.findIndex(({ premise }) => premise === true);
  if (chosen < 0) return claims[own];
  const { premise } = claims[own];
  return premise === true ? claims[chosen] : { ...claims[chosen], missed: premise };
}

function firstHolding(guarantees: readonly Guarantee<never>[], params: unknown, facts: ProblemFacts): number {
  return guarantees.findIndex((guarantee) => guarantee.premises(params as never, facts) === true);
}

/**
 * Holds recorded values against the bound of a theorem, step by step.
 * @param bounds bound at each record; absent where it says nothing.
 * @param values measured metric at each record.
 * @param contraction ητ at the end of the run: how fast rounding is forgotten.
 * @param epsilon of the numbers that the iterate is made of.
 */
export function judge(
  claim: Claim,
  facts: ProblemFacts,
  bounds: readonly number[],
  values: readonly number[] | undefined,
  unmeasured: string | undefined,
  contraction = 1,
  epsilon = Number.EPSILON,
): GuaranteeVerdict {
  const { guarantee, premise, missed } = claim;
  const base = {
    statement: guarantee.statement,
    source: `${guarantee.derived ? 'constants proved in ARCHITECTURE, after ' : ''}${shortCitation(guarantee.source)}`,
    iterate: guarantee.iterate,
    metric: guarantee.metric,
    ...(missed === undefined ? {} : { missed }),
  };
  if (premise !== true) return { status: 'outside', ...base, reason: premise };
  if (values === undefined || values.length === 0 || bounds.every((bound) => !Number.isFinite(bound)))
    return { status: 'unmeasured', ...base, reason: unmeasured ?? 'nothing was recorded' };
  const floor = roundingFloor(guarantee.metric, facts, contraction, epsilon);
  const broken = values.findIndex((value, k) => !(value <= Math.max(bounds[k] * (1 + 1e-9), floor)));
  const at = broken >= 0 ? broken : values.length - 1;
  return { status: broken >= 0 ? 'violated' : 'within', ...base, bound: bounds[at], measured: values[at] };
}
