import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import { counted } from './counted.ts';
import { gameFamily } from './family.ts';
import { distinctLabels, type Judge, judgePreferences, judgingRule } from './judges.ts';
import { preferenceGame } from './preference.ts';
import { numberIn, type Row, vegaDataset } from './vega-dataset.ts';

const judges: readonly Judge<Row>[] = ['IMDB Rating', 'Rotten Tomatoes Rating', 'Worldwide Gross'].map((name) => ({
  name,
  better: 'higher',
  score: (movie) => numberIn(movie, name),
}));

const filters = { genre: 'Major Genre', creative: 'Creative Type', director: 'Director' } as const;

function yearOf(movie: Row): number {
  return Number(/\d{4}$/.exec(String(movie['Release Date']))?.[0]);
}

/**
 * Movies judged by IMDB rating, Rotten Tomatoes rating and worldwide gross. Three judges, so majorities can run in circles:
 * `genre=Musical`, `director=Tim Burton` and, from 15 items on, `creative=Science Fiction` have no Condorcet winner.
 */
export const movies = gameFamily({
  name: 'movies',
  summary: 'movies judged by IMDB, Rotten Tomatoes and the box office (real data); majorities can run in circles',
  parameters: z.strictObject({
    genre: z.string().optional().describe('a major genre, such as Musical; all if not given'),
    director: z.string().optional().describe('a director, such as Tim Burton; all if not given'),
    creative: z.string().optional().describe('a creative type, such as Science Fiction; all if not given'),
    items: z
      .number()
      .int()
      .min(2)
      .max(3000)
      .default(12)
      .describe('how many movies, by number of IMDB votes, an integer in 2 … 3000; 12 if not given'),
  }),
  positional: [],
  examples: ['movies:genre=Musical', 'movies:director=Tim Burton,items=8'],
  build: ({ items, ...wanted }, name) => {
    const { rows, source } = vegaDataset('movies.json');
    const rated = rows.filter(
      (movie) => movie.Title !== null && judges.every(({ score }) => score(movie) !== undefined),
    );
    const given = (Object.keys(filters) as (keyof typeof filters)[]).filter((key) => wanted[key] !== undefined);
    for (const key of given) {
      const known = [...new Set(rated.map((movie) => movie[filters[key]]))]
        .filter((value) => value !== null)
        .map(String);
      if (!known.includes(String(wanted[key]))) throw unknownName(key, String(wanted[key]), known, `game "${name}"`);
    }
    const chosen = rated
      .filter((movie) => given.every((key) => movie[filters[key]] === wanted[key]))
      .sort((a, b) => (numberIn(b, 'IMDB Votes') ?? 0) - (numberIn(a, 'IMDB Votes') ?? 0))
      .slice(0, items);
    if (chosen.length < 2)
      throw new NashlabError('bad-parameter', {
        what: `${counted(chosen.length, 'movie')} with numbers from all judges ${chosen.length === 1 ? 'matches' : 'match'}`,
        where: `game "${name}"`,
        expected: 'at least 2: give fewer filters',
      });
    const { rows: matrix, entries } = judgePreferences(chosen, judges);
    const selection = given.map((key) => `${filters[key]} ${wanted[key]}`).join(', ');
    return preferenceGame(matrix, {
      name,
      entries,
      labels: distinctLabels(chosen.map((movie) => ({ title: String(movie.Title), year: yearOf(movie) }))),
      description: [
        `${chosen.length} movies${selection === '' ? '' : ` (${selection})`}, those with the most IMDB votes among the movies that have a number from every judge.`,
        `Judges: ${judges.map((judge) => judge.name).join(', ')}; each prefers the higher number.`,
        judgingRule,
        source,
      ].join(' '),
    });
  },
});
