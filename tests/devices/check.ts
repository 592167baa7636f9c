import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NashlabError } from '../../src/core/errors.ts';
import { candidates } from './backends.ts';
import { offerCarried } from './carried-libraries.ts';
import { type DeviceTimes, deviceTimes, plan } from './device-times.ts';
import { type BackendFacts, firstAnswer } from './first-answer.ts';
import { type HostFacts, hostFacts } from './host-facts.ts';
import type { CaseResult } from './suite.ts';
import { timesTable } from './times-table.ts';
import { type Upload, upload } from './upload.ts';

const usage = `sh .device/run.sh [options]     one JSON object on stdout, progress on stderr
  --quick            few sizes, short rounds
  --sizes 100,300,1000,4096,16384   --runs 1,64,1024
  --seconds 240      for the timing, after the conformance tests
  --memory 16        GiB that the timing may take (default: what is free)
  --no-conformance   timing alone
`;

/** What a run of the check prints. */
export interface DeviceCheck {
  readonly schema: 'nashlab-device-check/1';
  readonly date: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly host: HostFacts;
  /** What the check did for the machine, or missed. */
  readonly notes: readonly string[];
  readonly backends: readonly (BackendFacts & {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly cases: readonly CaseResult[];
  })[];
  /** Failed cases that belong to no backend: files that did not load. */
  readonly broken: readonly CaseResult[];
  readonly uploads: readonly Upload[];
  readonly times: readonly DeviceTimes[];
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new NashlabError('bad-option', { what: `--${name} ${text}`, expected: 'a number above 0' });
  return value;
}

function counts(name: string, text: string): number[] {
  const values = text.split(',').map(Number);
  if (!values.every((value) => Number.isInteger(value) && value > 0))
    throw new NashlabError('bad-option', { what: `--${name} ${text}`, expected: 'whole numbers above 0, as 100,300' });
  return values;
}

async function check(args: readonly string[]): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const options = {
    quick: flag,
    'no-conformance': flag,
    sizes: text,
    runs: text,
    seconds: text,
    memory: text,
    help: flag,
  };
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    process.stderr.write(usage);
    return;
  }
  const { quick, sizes, runs, seconds, memory } = values;
  const planned = plan(quick, {
    sizes: sizes === undefined ? undefined : counts('sizes', sizes),
    runs: runs === undefined ? undefined : counts('runs', runs),
    seconds: seconds === undefined ? undefined : positive('seconds', seconds),
    memoryBytes: memory === undefined ? undefined : positive('memory', memory) * 2 ** 30,
  });
  const started = performance.now();
  const notes: string[] = [];
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  };
  offerCarried(join(fileURLToPath(new URL('.', import.meta.url)), 'lib'), (line) => {
    notes.push(line);
    say(line);
  });
  const host = hostFacts();
  const all = candidates();
  const facts: BackendFacts[] = [];
  for (const candidate of all) {
    const found = await firstAnswer(candidate);
    say(found.works ? `${found.name}: ${found.library}, ${found.device}` : `${found.name}: left out: ${found.reason}`);
    facts.push(found);
  }

  // Loaded late, so that opening a backend for the first time is timed before.
  const cases = values['no-conformance'] ? [] : await (await import('./conformance.ts')).conformance(say);
  const working = all.flatMap((candidate, k) => {
    const fact = facts[k];
    return fact.works ? [{ ...candidate, bytesPerEntry: fact.dtype === 'float64' ? 8 : 4 }] : [];
  });
  const uploads: Upload[] = [];
  for (const one of working) uploads.push(await upload(one, quick ? 512 : 4096));
  const times = await deviceTimes(working, planned, say);

  const result: DeviceCheck = {
    schema: 'nashlab-device-check/1',
    date: new Date().toISOString(),
    quick,
    seconds: Math.round((performance.now() - started) / 1000),
    host,
    notes,
    backends: facts.map((fact) => {
      const own = cases.filter(({ about }) => about === fact.name);
      const count = (outcome: string): number => own.filter((one) => one.outcome === outcome).length;
      return { ...fact, passed: count('passed'), failed: count('failed'), skipped: count('skipped'), cases: own };
    }),
    broken: cases.filter(({ about, outcome }) => about === undefined && outcome === 'failed'),
    uploads,
    times,
  };
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
  process.stderr.write(`\nµs per step of extragradient (GFLOP/s of its products)\n${timesTable(times)}\n`);
  for (const { group, message } of result.broken) say(`${group} does not load: ${message}`);
  const failed = cases.filter(({ outcome }) => outcome === 'failed').length;
  for (const { name, works, passed, failed: bad } of result.backends)
    if (works && !values['no-conformance']) say(`${name}: ${passed} cases passed, ${bad} failed`);
  if (failed > 0) process.exitCode = 1;
}

try {
  await check(process.argv.slice(2));
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const misuse = error instanceof NashlabError || code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${misuse ? message : stack}\n`);
  process.exitCode = 2;
}
