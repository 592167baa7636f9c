import type { Citation } from '../src/solve/solver.ts';

const cite = (key: string, authors: string, year: number, title: string, where: string): Citation => ({
  key,
  authors,
  year,
  title,
  where,
});

export const wu2026 = cite(
  'wu2026',
  'Wu, Huang et al.',
  2026,
  'Multiplayer Nash preference optimization',
  'ICLR, arXiv:2509.23102',
);
export const munos2024 = cite(
  'munos2024',
  'Munos et al.',
  2024,
  'Nash learning from human feedback',
  'ICML, arXiv:2312.00886',
);
export const brown1951 = cite(
  'brown1951',
  'Brown',
  1951,
  'Iterative solution of games by fictitious play',
  'Activity Analysis of Production and Allocation',
);
export const heinrich2016 = cite(
  'heinrich2016',
  'Heinrich and Silver',
  2016,
  'Deep reinforcement learning from self-play in imperfect-information games',
  'arXiv:1603.01121',
);
export const vinyals2019 = cite(
  'vinyals2019',
  'Vinyals et al.',
  2019,
  'Grandmaster level in StarCraft II using multi-agent reinforcement learning',
  'Nature 575',
);
export const lanctot2017 = cite(
  'lanctot2017',
  'Lanctot et al.',
  2017,
  'A unified game-theoretic approach to multiagent reinforcement learning',
  'NeurIPS, arXiv:1711.00832',
);
