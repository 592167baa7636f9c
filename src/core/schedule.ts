import type { MathNode } from 'mathjs';
import { NashlabError } from './errors.ts';
import { mathjs } from './mathjs.ts';

/**
 * A number, or an expression of the step. Variables: `t` (step, from 0), `tau` (temperature), `T` (step limit),
 * `span` (payoff span of the game), `n` (actions of the largest role).
 */
export type Schedule = number | string;

export interface ScheduleVariables {
  readonly t: number;
  readonly tau: number;
  readonly T: number;
  readonly span: number;
  readonly n: number;
}

export interface CompiledSchedule {
  readonly text: string;
  /** True when the value does not depend on `t`. */
  readonly constant: boolean;
  at(variables: ScheduleVariables): number;
}

const variableNames = ['t', 'tau', 'T', 'span', 'n', 'pi', 'e'] as const;
const functionNames = ['sqrt', 'log', 'log2', 'exp', 'min', 'max', 'abs', 'pow', 'floor', 'ceil'] as const;
const operators = ['+', '-', '*', '/', '^'] as const;

function refuse(expression: string, what: string): NashlabError {
  return new NashlabError('bad-schedule', {
    what: `schedule "${expression}": ${what}`,
    expected: `numbers, ${operators.join(' ')}, the functions ${functionNames.join(', ')} and the variables ${variableNames.join(', ')}`,
  });
}

function checkNode(expression: string, node: MathNode, parent: MathNode | null): void {
  const kind = node.type;
  if (kind === 'ConstantNode') {
    if (typeof (node as unknown as { value: unknown }).value !== 'number')
      throw refuse(expression, 'only numbers are allowed');
  } else if (kind === 'OperatorNode') {
    const { op } = node as unknown as { op: string };
    if (!operators.some((known) => known === op)) throw refuse(expression, `the operator "${op}" is not allowed`);
  } else if (kind === 'FunctionNode') {
    const name = (node as unknown as { fn: { name?: string } }).fn.name ?? 'computed function';
    if (!functionNames.some((known) => known === name))
      throw refuse(expression, `the function "${name}" is not allowed`);
  } else if (kind === 'SymbolNode') {
    const { name } = node as unknown as { name: string };
    const isCallee = parent?.type === 'FunctionNode' && (parent as unknown as { fn: MathNode }).fn === node;
    if (!isCallee && !variableNames.some((known) => known === name))
      throw refuse(expression, `the variable "${name}" is unknown`);
  } else if (kind !== 'ParenthesisNode') throw refuse(expression, `${kind} is not allowed`);
}

const known = new Map<string, CompiledSchedule>();
const mostKnown = 256;

/** Compiles a schedule, each text once. Throws `bad-schedule` when the expression leaves the grammar above. */
export function compileSchedule(schedule: Schedule): CompiledSchedule {
  if (typeof schedule === 'number') return { text: String(schedule), constant: true, at: () => schedule };
  const found = known.get(schedule);
  if (found !== undefined) return found;
  const compiled = compileExpression(schedule);
  if (known.size >= mostKnown) known.clear();
  known.set(schedule, compiled);
  return compiled;
}

function compileExpression(schedule: string): CompiledSchedule {
  let root: MathNode;
  try {
    root = mathjs.parse(schedule);
  } catch (cause) {
    throw new NashlabError('bad-schedule', {
      what: `schedule "${schedule}" cannot be parsed: ${(cause as Error).message}`,
      expected: 'an arithmetic expression such as "2/(tau*(t+2))"',
      cause,
    });
  }
  let constant = true;
  root.traverse((node, _path, parent) => {
    checkNode(schedule, node, parent);
    if (node.type === 'SymbolNode' && (node as unknown as { name: string }).name === 't') constant = false;
  });
  const code = root.compile();
  const scope: Record<string, number> = {};
  const at = (variables: ScheduleVariables): number => {
    const value: unknown = code.evaluate(Object.assign(scope, variables));
    // The root of a negative number is complex to mathjs; to a schedule it is no number.
    return typeof value === 'number' ? value : Number.NaN;
  };
  try {
    at({ t: 1, tau: 1, T: 1, span: 1, n: 1 });
  } catch (cause) {
    throw refuse(schedule, (cause as Error).message.split('\n')[0]);
  }
  return { text: schedule, constant, at };
}
