import type { TopLevelSpec } from 'vega-lite';
import type { LoadedExperiment } from '../../experiments/stored.ts';
import { formatNumber } from '../../reports/number.ts';

/** A table of the page: words and numbers, all of them computed from the runs. */
export interface ResultTable {
  /** One sentence above the table. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What the sentences of a finding may name: numbers, or texts made from numbers. */
export type Values = Readonly<Record<string, number | string>>;

/** A sentence with `{name}` for each number, and what must be true of the numbers for it to be said. */
export interface Finding {
  readonly says: string;
  readonly holds: (numbers: Readonly<Record<string, number>>) => boolean;
}

export interface ResultFigure {
  readonly alt: string;
  readonly chart: TopLevelSpec;
}

/** What the runs of one experiment say, before it is written down. */
export interface Answer {
  readonly figure?: ResultFigure;
  readonly tables: readonly ResultTable[];
  readonly values: Values;
}

/** One section of the page. */
export interface ResultSection {
  /** Name of the experiment: its runs lie under it. */
  readonly experiment: string;
  readonly title: string;
  readonly answer: (loaded: LoadedExperiment) => Answer;
  /** The tables hold the published figures of the experiment, so that none is added for them. */
  readonly tablesHoldPublished?: boolean;
  /** What a publication did otherwise, in sentences. */
  readonly differs?: string;
  readonly findings: readonly Finding[];
}

export function valueText(value: string | number): string {
  return typeof value === 'number' ? formatNumber(value) : value;
}

const placeholder = /\{([^{}]*)\}/g;

/** Numbers that are not a matter of measurement stand in backticks: `γ ≤ 4τ`, `online-ipo-2`. */
const code = /`[^`]*`/g;

/**
 * The sentences with their numbers. Throws when a sentence names a value there is none of, holds a number of its own, or
 * no longer holds, and when a value is neither named nor rested on.
 */
export function writtenFindings({ experiment, findings }: ResultSection, values: Values): string {
  const refuse = (what: string): Error => new Error(`${experiment}: ${what}`);
  const text = findings.map(({ says }) => says).join(' ');
  const used = new Set([...text.matchAll(placeholder)].map(([, name]) => name));
  for (const name of used)
    if (!Object.hasOwn(values, name)) throw refuse(`a finding names {${name}}, which has no value`);
  const prose = text.replace(placeholder, '').replace(code, '');
  const typed = /.{0,30}\d.{0,10}/.exec(prose);
  if (typed !== null) throw refuse(`a finding holds a typed number: "…${typed[0]}…"`);
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'number' && Number.isNaN(value)) throw refuse(`the value {${name}} is not a number`);
  const numbers = checkedNumbers(values, used, refuse);
  for (const { says, holds } of findings)
    if (!holds(numbers)) throw refuse(`the finding no longer holds: "${filled(says, values)}"`);
  for (const name of Object.keys(values)) if (!used.has(name)) throw refuse(`the value {${name}} is used nowhere`);
  return filled(text, values);
}

/** Numbers by name, noting which are used; a name without one throws instead of making every comparison false. */
function checkedNumbers(
  values: Values,
  used: Set<string>,
  refuse: (what: string) => Error,
): Readonly<Record<string, number>> {
  return new Proxy<Record<string, number>>(
    {},
    {
      get(_, name) {
        const value = typeof name === 'string' && Object.hasOwn(values, name) ? values[name] : undefined;
        if (typeof value !== 'number') throw refuse(`a finding rests on ${String(name)}, which is no number of it`);
        used.add(String(name));
        return value;
      },
    },
  );
}

function filled(text: string, values: Values): string {
  return text.replace(placeholder, (_, name: string) => valueText(values[name]));
}
