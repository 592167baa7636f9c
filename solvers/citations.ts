import type { Citation } from '../src/solve/solver.ts';

const cite = (key: string, authors: string, year: number, title: string, where: string): Citation => ({
  key,
  authors,
  year,
  title,
  where,
});

/** Sources of the solvers, by BibTeX key. */
export const citations = {
  freund1999: cite(
    'freund1999',
    'Freund and Schapire',
    1999,
    'Adaptive game playing using multiplicative weights',
    'Games and Economic Behavior 29',
  ),
  swamy2024: cite(
    'swamy2024',
    'Swamy et al.',
    2024,
    'A minimaximalist approach to reinforcement learning from human feedback',
    'ICML, arXiv:2401.04056',
  ),
  munos2024: cite('munos2024', 'Munos et al.', 2024, 'Nash learning from human feedback', 'ICML, arXiv:2312.00886'),
  sokota2023: cite(
    'sokota2023',
    'Sokota et al.',
    2023,
    'A unified approach to reinforcement learning, quantal response equilibria, and two-player zero-sum games',
    'ICLR, arXiv:2206.05825',
  ),
  zhang2025inpo: cite(
    'zhang2025inpo',
    'Zhang et al.',
    2025,
    'Iterative Nash policy optimization: aligning LLMs with general preferences via no-regret learning',
    'ICLR, arXiv:2407.00617',
  ),
  zhou2025: cite(
    'zhou2025',
    'Zhou, Fazel and Du',
    2025,
    'Extragradient preference optimization (EGPO): beyond last-iterate convergence for Nash learning from human feedback',
    'arXiv:2503.08942',
  ),
  tiapkin2025: cite(
    'tiapkin2025',
    'Tiapkin et al.',
    2025,
    'Accelerating Nash learning from human feedback via mirror prox',
    'arXiv:2505.19731',
  ),
  zhang2025onpo: cite(
    'zhang2025onpo',
    'Zhang et al.',
    2025,
    'Improving LLM general preference alignment via optimistic online mirror descent',
    'arXiv:2502.16852',
  ),
  mckelvey1995: cite(
    'mckelvey1995',
    'McKelvey and Palfrey',
    1995,
    'Quantal response equilibria for normal form games',
    'Games and Economic Behavior 10',
  ),
} as const;
