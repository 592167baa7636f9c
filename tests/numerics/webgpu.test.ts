import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/core/package-root.ts';
import { deviceBackend } from '../../src/numerics/tfjs/backend.ts';
import { tfjsCore } from '../../src/numerics/tfjs/packages.ts';
import { webgpuDevice } from '../../src/numerics/tfjs/webgpu.ts';
import { backendsHere } from '../devices/backends.ts';

const here = (await backendsHere()).some(({ name }) => name === 'webgpu');

describe.runIf(here)('webgpu', () => {
  it('a device destroyed mid-run is a device-lost, and can still be disposed of', async () => {
    const device = await webgpuDevice();
    const backend = deviceBackend(device);
    const { ops } = backend;
    const x = ops.fill([1, 3], 1);
    device.gpu.destroy();
    const pending = (async () => backend.read(ops.exp(x)))();
    await expect(pending).rejects.toMatchObject({ code: 'device-lost', message: expect.stringContaining('destroyed') });
    expect(() => ops.exp(x)).toThrow(expect.objectContaining({ code: 'device-lost' }));
    await backend.dispose();
    expect(backend.liveTensors()).toBe(0);
  });

  it('an error of the device ends it, since what is computed behind one is not to be trusted', async () => {
    const device = await webgpuDevice();
    const backend = deviceBackend(device);
    const x = backend.ops.fill([1, 3], 1);
    const { gpu } = device as unknown as { gpu: { createBuffer(description: object): unknown } };
    gpu.createBuffer({ size: 4, usage: 0 });
    const pending = (async () => backend.read(backend.ops.exp(x)))();
    await expect(pending).rejects.toMatchObject({
      code: 'device-lost',
      message: expect.stringContaining('usages must not be 0;'),
    });
    await backend.dispose();
  });

  it('products are right in the form that graphics cards take, too', async () => {
    const backend = deviceBackend(await webgpuDevice());
    (await tfjsCore('webgpu')).env().set('WEBGPU_MATMUL_PROGRAM_TYPE', -1);
    for (const [rows, columns, runs] of [
      [5, 7, 2],
      [150, 3, 1],
      [300, 40, 2],
    ]) {
      const matrix = Array.from({ length: rows * columns }, (_, k) => Math.fround(Math.sin(k + 1)));
      const vectors = Array.from({ length: runs * columns }, (_, k) => Math.fround(Math.cos(3 * k)));
      const { ops } = backend;
      const placed = ops.tensor(matrix, [1, rows, columns]);
      const values = await backend.read(ops.matVec(placed, ops.tensor(vectors, [runs, columns])));
      for (let r = 0; r < runs; r++)
        for (let i = 0; i < rows; i++) {
          let expected = 0;
          for (let j = 0; j < columns; j++) expected += matrix[i * columns + j] * vectors[r * columns + j];
          expect(Math.abs(values[r * rows + i] - expected)).toBeLessThanOrEqual(backend.tolerance * columns);
        }
    }
    await backend.dispose();
  });

  it('lets the process end once disposed of, and leaves no navigator behind', () => {
    const script = `
      import { offerSwiftShader } from './tests/devices/swiftshader.ts';
      import { openBackend } from './src/numerics/catalogue.ts';
      offerSwiftShader();
      const had = 'navigator' in globalThis;
      const backend = await openBackend('webgpu');
      await backend.read(backend.ops.exp(backend.ops.fill([1, 2], 0)));
      await backend.dispose();
      console.log(backend.info.name, had === 'navigator' in globalThis);
    `;
    const node = [`--import=tsx`, '--input-type=module', '--eval', script];
    const { status, stdout } = spawnSync(process.execPath, node, {
      cwd: packageRoot(),
      encoding: 'utf8',
      timeout: 25_000,
    });
    expect([status, stdout]).toEqual([0, 'webgpu true\n']);
  });
});
