import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { counted } from './counted.ts';
import { gameFamily } from './family.ts';
import { distinctLabels, type Judge, judgePreferences, judgingRule } from './judges.ts';
import { preferenceGame } from './preference.ts';
import { numberIn, type Row, vegaDataset } from './vega-dataset.ts';

function criterion(name: string, column: string, better: Judge<Row>['better']): Judge<Row> {
  return { name, better, score: (car) => numberIn(car, column) };
}

const judges: readonly Judge<Row>[] = [
  criterion('mileage (miles per gallon, more is better)', 'Miles_per_Gallon', 'higher'),
  criterion('power (horsepower, more is better)', 'Horsepower', 'higher'),
  criterion('engine size (displacement, more is better)', 'Displacement', 'higher'),
  criterion('weight (less is better)', 'Weight_in_lbs', 'lower'),
  criterion('acceleration (seconds to 60 mph, less is better)', 'Acceleration', 'lower'),
];

function yearOf(car: Row): number {
  return Number(String(car.Year).slice(0, 4));
}

/** Cars judged by five criteria; the default, the 12 most powerful cars of 1982, has no Condorcet winner (Smith set of 11). */
export const cars = gameFamily({
  name: 'cars',
  summary:
    'cars judged by mileage, power, engine size, weight and acceleration (real data); no car of the default wins',
  parameters: z.strictObject({
    origin: z.enum(['USA', 'Europe', 'Japan']).optional().describe('USA, Europe or Japan; all if not given'),
    year: z
      .union([z.number().int().min(1970).max(1982), z.literal('all')])
      .default(1982)
      .describe('model year, 1970 … 1982, or all; 1982 if not given'),
    items: z
      .number()
      .int()
      .min(2)
      .max(406)
      .default(12)
      .describe('how many cars, by horsepower, an integer in 2 … 406; 12 if not given'),
  }),
  positional: [],
  examples: ['cars', 'cars:origin=Japan,year=1980', 'cars:year=all,items=40'],
  build: ({ origin, year, items }, name) => {
    const { rows, source } = vegaDataset('cars.json');
    const chosen = rows
      .filter((car) => judges.every(({ score }) => score(car) !== undefined))
      .filter((car) => (origin === undefined || car.Origin === origin) && (year === 'all' || yearOf(car) === year))
      .sort((a, b) => (numberIn(b, 'Horsepower') ?? 0) - (numberIn(a, 'Horsepower') ?? 0))
      .slice(0, items);
    if (chosen.length < 2)
      throw new NashlabError('bad-parameter', {
        what: `${counted(chosen.length, 'car')} with all criteria ${chosen.length === 1 ? 'matches' : 'match'}`,
        where: `game "${name}"`,
        expected: 'at least 2: give fewer filters',
      });
    const { rows: matrix, entries } = judgePreferences(chosen, judges);
    return preferenceGame(matrix, {
      name,
      entries,
      labels: distinctLabels(chosen.map((car) => ({ title: String(car.Name), year: yearOf(car) }))),
      description: [
        `The ${chosen.length} most powerful cars${origin === undefined ? '' : ` from ${origin}`} of ${year === 'all' ? '1970 … 1982' : `model year ${year}`} that have a number for every criterion.`,
        `Judges: ${judges.map((judge) => judge.name).join(', ')}.`,
        judgingRule,
        source,
      ].join(' '),
    });
  },
});
