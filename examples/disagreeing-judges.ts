/**
 * Judges of different minds: pooled Nash, max-min, group-robust and constrained policies side by side, with the worst group's
 * win rate of each.
 *
 *   npx tsx examples/disagreeing-judges.ts vicuna80_judges.csv judge
 *   npx tsx examples/disagreeing-judges.ts cuisine_ratings.csv 3
 *
 * The second argument is the column that tells the groups apart, or how many are learned by EM. Without a file: three made-up
 * groups.
 */
import { catalogueGame, cpuBackend, instance, openGame, requireGroups, solve, solvers } from '../src/index.ts';

const [file, by = 'judge'] = process.argv.slice(2);
const game =
  file === undefined
    ? catalogueGame('annotators:groups=3,n=6,seed=4')
    : await openGame(file, {
        groups: Number.isInteger(Number(by)) ? Number(by) : by,
        missing: 'half',
        report: (line) => console.error(line),
      });
const { groups } = requireGroups(game, 'this comparison');
console.log(groups.map(({ name, weight }) => `${name} ${(100 * weight).toFixed(1)} %`).join(', '));

const methods: readonly (readonly [name: string, temperature: number, params: Record<string, string | number>])[] = [
  ['exact', 0, {}],
  ['group-minimax', 0, {}],
  ['exact', 0.1, {}],
  ['maxmin-rlhf', 0.1, {}],
  ['maxmin-rlhf', 0.1, { payoff: 'win-rate' }],
  ['group-robust', 0.1, {}],
  ['mixture-of-judges', 0.1, { threshold: 0.5 }],
];
// Win rates are against the uniform policy; the value is the worst group's win rate against its worst opponent.
console.log('\nmethod                                    τ  pooled   value  worst group');
for (const [name, temperature, params] of methods) {
  const { runs } = await solve(cpuBackend(), instance(game, { temperature }), solvers[name], { params, steps: 5_000 });
  const { metrics, profile } = runs[0].answer;
  const rates = metrics['group-win-rates'] as number[];
  const worst = rates.indexOf(Math.min(...rates));
  const top = profile[0].indexOf(Math.max(...profile[0]));
  const words = [name, ...Object.values(params)].join(' ');
  const [pooled, value] = ['win-rate(policy, reference)', 'worst-group-value'].map((metric) =>
    (metrics[metric] as number).toFixed(4),
  );
  console.log(
    `${words.padEnd(36)} ${String(temperature).padStart(6)}  ${pooled}  ${value}  ${rates[worst].toFixed(4)} ${groups[worst].name}; most often ${game.labels[0][top]} (${profile[0][top].toFixed(3)})`,
  );
}
