import { writeFileSync } from 'node:fs';
import { benchApart } from './apart.ts';
import { benchOptions, usage } from './options.ts';
import { report } from './report.ts';
import { bench } from './sections.ts';

try {
  const args = process.argv.slice(2);
  const options = benchOptions(args);
  if (options === undefined) process.stdout.write(usage);
  else {
    const note = (text: string): boolean => process.stderr.write(`${text}\n`);
    const result = options.sections.length > 1 ? benchApart(options, args) : await bench(options, note);
    process.stdout.write(`${report(result)}\n`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 1)}\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
