import { writeFileSync } from 'node:fs';
import { benchOptions, usage } from './options.ts';
import { report } from './report.ts';
import { bench } from './sections.ts';

try {
  const options = benchOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(usage);
  else {
    const result = await bench(options, (text) => process.stderr.write(`${text}\n`));
    process.stdout.write(`${report(result)}\n`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 1)}\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
