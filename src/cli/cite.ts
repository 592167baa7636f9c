import { Command } from 'commander';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { knownSolver, solverNamed, solvers } from '../../solvers/catalogue.ts';
import type { Citation } from '../core/citations/cite.ts';
import { unknownName } from '../core/names.ts';
import type { AnySolver } from '../solve/solver.ts';
import { exitCode } from './exit.ts';
import { print } from './streams.ts';

function bibtex({ key, authors, title, year, where }: Citation): string {
  const names = authors.replace(/ et al\.$/, ' and others').replaceAll(', ', ' and ');
  return `@misc{${key},\n  author = {${names}},\n  title = {${title}},\n  year = {${year}},\n  note = {${where}}\n}`;
}

function citationsOf(solver: AnySolver): Citation[] {
  return [solver.source, ...(solver.guarantees ?? []).map(({ source }) => source)];
}

function solversIn(name: string): AnySolver[] {
  const solver = knownSolver(name);
  if (solver !== undefined) return [solver];
  const known = [...Object.keys(solvers), ...readyExperiments()];
  if (!known.includes(name) && !/[\\/.]/.test(name)) throw unknownName('solver or experiment', name, known);
  const entries = readExperiment(name).experiment.solvers;
  return entries.map((entry) => solverNamed(typeof entry === 'string' ? entry : entry.name));
}

export function citeCommand(finish: (code: number) => void): Command {
  return new Command('cite')
    .description('BibTeX of exactly what was used')
    .argument('<name>', 'a solver, a ready experiment or an experiment file')
    .action((name: string) => {
      const sources = new Map(
        solversIn(name)
          .flatMap(citationsOf)
          .map((source) => [source.key, source]),
      );
      print([...sources.values()].map(bibtex).join('\n\n'));
      finish(exitCode.certified);
    });
}
