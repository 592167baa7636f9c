import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../src/core/package-root.ts';
import { experimentSchema } from './spec.ts';

/** The JSON Schema of experiment files, for editors; `npm run schema` writes it, a test checks that it is current. */
export function experimentJsonSchema(): string {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'nashlab experiment', ...schema }, null, 2)}\n`;
}

if (process.argv[1]?.endsWith('write-schema.ts'))
  writeFileSync(join(packageRoot(), 'experiments', 'experiment.schema.json'), experimentJsonSchema());
