import type { EquilibriumPath } from '../solve/solution.ts';
import type { PathPoint } from './quantal-response.ts';

/** Actions kept per role. */
const keptActions = 24;

/** Indices of the actions whose probability peaks highest along the path, of equals the first; in their own order. */
function highestPeaks(points: readonly PathPoint[], role: number): number[] {
  const count = points[0].profile[role].length;
  const actions = Array.from({ length: count }, (_, action) => action);
  if (count <= keptActions) return actions;
  const peaks = actions.map((action) =>
    points.reduce((most, { profile }) => Math.max(most, profile[role][action]), -Infinity),
  );
  return actions
    .sort((a, b) => peaks[b] - peaks[a] || a - b)
    .slice(0, keptActions)
    .sort((a, b) => a - b);
}

/** A path as it is stored: probabilities, of at most 24 actions per role. */
export function equilibriumPath(points: readonly PathPoint[]): EquilibriumPath {
  const actions = points[0].profile.map((_, role) => highestPeaks(points, role));
  return {
    temperature: points.map(({ temperature }) => temperature),
    gap: points.map(({ gap }) => gap),
    actions,
    profiles: points.map(({ profile }) => actions.map((kept, role) => kept.map((a) => Math.exp(profile[role][a])))),
  };
}
