/** Vertices reachable from `start` along `edge`. */
function reached(vertices: readonly number[], start: number, edge: (from: number, to: number) => boolean): Set<number> {
  const found = new Set([start]);
  let rest = vertices.filter((vertex) => vertex !== start);
  for (const from of found) {
    const next = rest.filter((to) => edge(from, to));
    for (const to of next) found.add(to);
    if (next.length > 0) rest = rest.filter((to) => !found.has(to));
    if (rest.length === 0) break;
  }
  return found;
}

/**
 * Strongly connected components of a directed graph on 0 … n − 1, each ascending, those that reach others first (a
 * topological order). O(n²) per component; the graphs of comparisons have few.
 */
export function strongComponents(n: number, edge: (from: number, to: number) => boolean): number[][] {
  const split = (vertices: readonly number[]): number[][] => {
    if (vertices.length === 0) return [];
    const pivot = vertices[vertices.length >> 1];
    const after = reached(vertices, pivot, edge);
    const before = reached(vertices, pivot, (from, to) => edge(to, from));
    const unrelated = vertices.filter((vertex) => !after.has(vertex) && !before.has(vertex));
    return [
      ...split(vertices.filter((vertex) => before.has(vertex) && !after.has(vertex))),
      vertices.filter((vertex) => before.has(vertex) && after.has(vertex)),
      ...split(unrelated),
      ...split(vertices.filter((vertex) => after.has(vertex) && !before.has(vertex))),
    ];
  };
  return split(Array.from({ length: n }, (_, vertex) => vertex));
}
