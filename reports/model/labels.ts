/** Order by code units, the same in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Invisible; keeps Vega from taking a label for the prototype of the objects it keeps labels in. */
const wordJoiner = '\u2060';

/** Labels on one line each, none empty and no two alike, so that each names one place on an axis. */
export function distinctLabels(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const line = label.replace(/\s+/g, ' ').trim();
    const base = line === '__proto__' ? `${line}${wordJoiner}` : line || '(empty)';
    let name = base;
    for (let copy = 2; taken.has(name); copy++) name = `${base} (${copy})`;
    taken.add(name);
    return name;
  });
}

const limit = 48;

/** A label short enough for running text and tables; the full one belongs in a title. */
export function shortened(label: string): string {
  const characters = Array.from(label);
  return characters.length <= limit ? label : `${characters.slice(0, limit - 1).join('')}…`;
}
