import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { environment, nashlab, type Outcome, stackLine, workplace } from './command.ts';

const place = workplace();
const dataUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

/** A module for --import: packages of these names are not found, as if they had never been installed. */
function without(prefix: string): string {
  const hook = `export async function resolve(specifier, context, next) {
    if (!specifier.startsWith(${JSON.stringify(prefix)})) return next(specifier, context);
    throw Object.assign(new Error('Cannot find package ' + specifier), { code: 'ERR_MODULE_NOT_FOUND' });
  }`;
  return dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))});`);
}

function run(absent: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', without(absent), ...nashlab, ...args], {
      cwd: place.folder,
      env: { ...environment, NASHLAB_BLAS: 'none' },
    });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (more: string) => {
        text[name] += more;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

const install = 'npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0';

describe('without packages that come with nashlab', () => {
  it('doctor says so in a row, and what installs them', async () => {
    const { code, stdout, stderr } = await run('@tensorflow/', 'doctor');
    expect(stderr).not.toMatch(stackLine);
    expect(code).toBe(0);
    for (const name of ['wasm', 'cuda', 'tensorflow'])
      expect(stdout).toMatch(new RegExp(`^backend ${name} +no +.*: its packages are not installed$`, 'm'));
    expect(stdout).toContain(`backend wasm: ${install}\n`);
    expect(stdout).toMatch(/^backend cpu +yes/m);
  });

  it('--backend wasm is refused, and auto takes another', async () => {
    const outcome = await run('@tensorflow/tfjs-backend-wasm', 'solve', 'rps', '--backend', 'wasm');
    expect(outcome).toEqual({
      code: 2,
      stdout: '',
      stderr: `error[backend-missing]: backend "wasm" does not work here: its packages are not installed; expected ${install}\n`,
    });
    const large = ['solve', 'random:n=1000,seed=1', '--backend', 'auto', '--steps', '1', '--tolerance', '0', '--json'];
    const { code, stdout, stderr } = await run('@tensorflow/tfjs-backend-wasm', ...large);
    expect(stderr).toMatch(/^backend cpu: .*, and no other backend is faster here$/m);
    expect({ code, backend: JSON.parse(stdout).backend.name }).toEqual({ code: 0, backend: 'cpu' });
  });
});
