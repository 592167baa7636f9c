import { spawn } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { environment, nashlab, processOf, stackLine, workplace } from './command.ts';
import { solutionSchema } from './printed-json.ts';

vi.setConfig({ maxConcurrency: 2 });

const place = workplace();
const rps = '{"kind": "preference", "matrix": [[0.5, 1, 0], [0, 0.5, 1], [1, 0, 0.5]]}';
const slow = ['solve', 'random:n=60', '--solver', 'optimistic', '--steps', '400000', '--tolerance', '0', '--json'];

/** Runs a line of bash, in which `nashlab` is the command, and returns what it printed and its exit code. */
function shell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const quoted = [process.execPath, ...nashlab].map((word) => `'${word}'`).join(' ');
  return new Promise((resolve, reject) => {
    const script = `nashlab() { ${quoted} "$@"; }; ${line}`;
    const child = spawn('bash', ['-c', script], { cwd: place.folder, env: environment });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += String(text);
    });
    child.stderr.on('data', (text) => {
      stderr += String(text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('nashlab as a process', () => {
  it.concurrent('exits with 2 and one line on stderr for bad input', async () => {
    const outcome = await processOf(place, ['solve', 'rps', '--steps', '0']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/^error\[bad-option\]: steps 0; expected a whole number above 0\n$/);
  });

  it.concurrent('reads a game from standard input', async () => {
    const { code, stdout } = await processOf(place, ['solve', '-', '--json'], { input: rps });
    expect(code).toBe(0);
    expect(solutionSchema.parse(JSON.parse(stdout)).game).toMatchObject({ name: 'stdin', actions: [3] });
  });

  it.concurrent('refuses an empty standard input', async () => {
    const { code, stdout, stderr } = await processOf(place, ['inspect', '-']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error\[bad-file\]: an empty \w+, at <stdin>; expected /);
  });

  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    '%s stops a long solve at the next step: exit 3, the answer so far on stdout',
    async (signal) => {
      // The first line of progress tells that the solver is at work.
      let sent = false;
      const { code, stdout, stderr } = await processOf(place, slow, {
        onStderr(soFar, kill) {
          if (!sent && soFar.includes(' % · step')) kill(signal);
          sent ||= soFar.includes(' % · step');
        },
      });
      expect({ code, trace: stackLine.test(stderr) }).toEqual({ code: 3, trace: false });
      const printed = solutionSchema.parse(JSON.parse(stdout));
      expect(printed).toMatchObject({ result: 'aborted', reason: 'interrupted' });
      expect(printed.steps).toBeGreaterThan(0);
      expect(printed.profile[0].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    },
  );

  it.concurrent('a reader that closes early changes neither the exit code nor stderr', async () => {
    const line = 'nashlab solve random:n=2000 --steps 1 -q --json | head -n 1; echo $PIPESTATUS';
    expect(await shell(line)).toEqual({ code: 0, stdout: '{\n1\n', stderr: '' });
  });

  it.concurrent('a closed stderr changes nothing either', async () => {
    const { stdout } = await shell('nashlab solve rsp 2> >(exec true); echo $?; nashlab solve rps -q 2>&-');
    expect(stdout).toMatch(/^2\naction +probability\n/);
  });

  it.concurrent('progress goes to stderr, about one line per 10 %', async () => {
    const args = ['solve', 'random:n=60', '--solver', 'optimistic', '--steps', '400000', '--tolerance', '0'];
    const { code, stdout, stderr } = await processOf(place, args);
    expect({ code, progress: stdout.includes(' % · step') }).toEqual({ code: 0, progress: false });
    expect(stderr).toMatch(/^(optimistic: \d+ % · step [^\n]+\n){1,10}$/);
  });
});
