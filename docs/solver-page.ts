import { solvers } from '../solvers/catalogue.ts';
import { parameterNames } from '../src/solve/params.ts';
import {
  type AnySolver,
  callsPerStep,
  equilibriumWords,
  type Family,
  families,
  isDirect,
} from '../src/solve/solver.ts';

/** Markdown would read these as marks. */
function plain(text: string): string {
  return text.replace(/([|*_<>])/g, '\\$1');
}

function sentence(text: string): string {
  return plain(`${text[0].toUpperCase()}${text.slice(1)}`);
}

function row({ name, source, iterate, equilibrium, rate }: AnySolver): string {
  return `| [\`${name}\`](#${name}) | ${plain(source.authors)} ${source.year} | ${iterate} | ${equilibriumWords[equilibrium]} | ${plain(rate)} |`;
}

/** Parameters by name, and what a step with their defaults asks of the oracle. */
function costsOf(solver: AnySolver): string[] {
  const names = parameterNames(solver).map((name) => `\`${name}\``);
  return [
    ...(names.length === 0 ? [] : [`Parameters: ${names.join(', ')}.`]),
    ...(isDirect(solver) ? [] : [`Oracle calls per step and role: ${callsPerStep(solver, solver.params.parse({}))}.`]),
  ];
}

function entry(solver: AnySolver): string {
  const { name, summary, aliases = [], choiceOf, fixed = {}, conversion, source, target, guarantees = [] } = solver;
  const fixes = Object.entries(fixed).map(([key, value]) => `${key} = ${value}`);
  const facts = [
    ...(aliases.length === 0 ? [] : [`Also known as ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`]),
    ...(choiceOf === undefined ? [] : [`A choice of \`${[choiceOf, ...fixes].join(', ')}\`.`]),
    ...(target === undefined ? [] : [`Approaches ${plain(target)}.`]),
    ...(conversion === undefined ? [] : [`Symbols: ${plain(conversion)}.`]),
    ...(isDirect(solver) || solver.defaultStepSize === undefined
      ? []
      : [`Default step: \`${solver.defaultStepSize(solver.params.parse({}))}\`.`]),
    ...costsOf(solver),
    `${plain(`${source.authors} ${source.year}, ${source.title}, ${source.where}`)}.`,
  ];
  const theorems =
    choiceOf !== undefined && guarantees.length > 0
      ? [`Theorems are among those of [\`${choiceOf}\`](#${choiceOf}).`]
      : guarantees.map(({ statement, derived }) => `- ${plain(statement)}${derived ? ' (ours)' : ''}`);
  return [
    `#### ${name}`,
    `${sentence(summary)}. ${facts.join(' ')}`,
    ...(theorems.length === 0 ? [] : [theorems.join('\n')]),
  ].join('\n\n');
}

function part(family: Family): string {
  const own = Object.values(solvers).filter((solver) => solver.family === family);
  const head = '| solver | paper | iterate | equilibrium | rate |\n| --- | --- | --- | --- | --- |';
  const title = families[family];
  return [`## ${sentence(title)}`, `${head}\n${own.map(row).join('\n')}`, ...own.map(entry)].join('\n\n');
}

/** The page of all solvers, from the catalogue. */
export function solverPage(): string {
  return `# Solvers

Every method with its paper, the iterate that converges, what to and how fast, and its theorems, which are code: a run says
_within the bound_, _outside the theorem's premises_ or _VIOLATED_. _(ours)_ marks constants proved in
[ARCHITECTURE](../ARCHITECTURE.md). s is the payoff span (1 for preferences), τ the temperature, ρ the reference, u(π) the payoffs
against π, D = max log 1/π₀; KL is KL(π\\*‖π_t) summed over roles.

This page is written from the catalogue by \`npm run solvers:page\`; \`nashlab list <solver>\` says the same of one, and what its parameters do.

${(Object.keys(families) as Family[]).map(part).join('\n\n')}
`;
}
