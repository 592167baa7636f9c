import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { backendStates } from '../../src/numerics/backend-states.ts';
import { backendCatalogue, openBackend } from '../../src/numerics/catalogue.ts';

describe('the catalogue of backends', () => {
  it('loads no tfjs before a backend asks for it', async () => {
    expect(commandLine).toBeDefined();
    await (await openBackend('cpu')).dispose();
    expect('_tfengine' in globalThis).toBe(false);
    await (await openBackend('wasm')).dispose();
    expect('_tfengine' in globalThis).toBe(true);
  });

  it('opens what it names', async () => {
    for (const name of ['cpu', 'wasm']) {
      const backend = await openBackend(name);
      expect(backend.info).toMatchObject({ name, dtype: backendCatalogue[name].dtype });
      await backend.dispose();
    }
  });

  it('refuses unknown and missing backends instead of taking another', async () => {
    await expect(openBackend('wsam')).rejects.toMatchObject({ code: 'unknown-name' });
    await expect(openBackend('cuda')).rejects.toMatchObject({
      code: 'backend-missing',
      parts: { expected: 'npm install --save-dev @tensorflow/tfjs-node-gpu@4.22.0' },
    });
  });

  it('auto takes the CPU for small problems and says why', async () => {
    const lines: string[] = [];
    const backend = await openBackend('auto', { size: { actions: 10, runs: 1 }, note: (line) => lines.push(line) });
    expect(backend.info.name).toBe('cpu');
    expect(lines).toEqual([
      'backend cpu: 100 multiply-adds per evaluation are too few for another backend to be faster',
    ]);
    await backend.dispose();
  });

  it('says of a backend that fails in its own way how, and goes on with the others', async () => {
    const open = async () => {
      throw new TypeError('x is not a function\nand more');
    };
    const states = await backendStates({ wasm: { ...backendCatalogue.wasm, open }, cpu: backendCatalogue.cpu });
    expect(states).toMatchObject([
      { works: false, words: expect.stringMatching(/: it fails \(x is not a function\)$/) },
      { works: true },
    ]);
  });

  it('says of every backend whether it works here, and what to do where it does not', async () => {
    const states = await backendStates();
    expect(states.map(({ name }) => name)).toEqual(Object.keys(backendCatalogue));
    expect(states.filter(({ works }) => works).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cpu', 'wasm']),
    );
    for (const { works, advice } of states) expect(works || advice !== undefined).toBe(true);
    const cuda = states.find(({ name }) => name === 'cuda');
    expect(cuda).toMatchObject({ works: false, advice: expect.stringMatching(/^npm install /) });
    expect(cuda?.words).toMatch(/its packages are not installed$/);
  });
});
