/** Names as they are, those that are empty or stand there twice with numbers: a, a → a_1, a_2, as Gambit itself does. */
export function distinctNames(names: readonly string[]): string[] {
  const used = new Set(names);
  const next = new Map<string, number>();
  return names.map((name) => {
    if (name !== '' && names.indexOf(name) === names.lastIndexOf(name)) return name;
    let number = next.get(name) ?? 1;
    while (used.has(`${name}_${number}`)) number++;
    next.set(name, number + 1);
    used.add(`${name}_${number}`);
    return `${name}_${number}`;
  });
}
