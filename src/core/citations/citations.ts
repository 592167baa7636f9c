import { pairs } from './pairs.ts';
import { players } from './players.ts';

/** Sources of solvers and populations, by BibTeX key. */
export const citations = { ...pairs, ...players } as const;
