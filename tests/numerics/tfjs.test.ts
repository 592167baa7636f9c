import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/numerics/backend.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { deviceBackend } from '../../src/numerics/tfjs/backend.ts';
import { type Device, type Handle, openDevice } from '../../src/numerics/tfjs/device.ts';
import { optional } from '../../src/numerics/tfjs/packages.ts';
import { wasmBackend, wasmDevice } from '../../src/numerics/tfjs/wasm.ts';

const listeners = (): number[] =>
  ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));

/** As long as nothing of tfjs is loaded. */
const before = listeners();

/** A device that counts the arrays it holds. */
function counted(device: Device): { device: Device; held: Map<object, number> } {
  const held = new Map<object, number>();
  const take = (handle: Handle): Handle => {
    held.set(handle.dataId, (held.get(handle.dataId) ?? 0) + 1);
    return handle;
  };
  return {
    held,
    device: {
      ...device,
      write: (values, shape) => take(device.write(values, shape)),
      run: (...call) => take(device.run(...call)),
      free(handle) {
        const count = held.get(handle.dataId) ?? 0;
        if (count === 0) throw new Error('freed twice');
        if (count === 1) held.delete(handle.dataId);
        else held.set(handle.dataId, count - 1);
        device.free(handle);
      },
    },
  };
}

const total = (held: Map<object, number>): number => [...held.values()].reduce((sum, count) => sum + count, 0);

/** Every operation once, and those with several ways through them more often. */
function everyOperation({ ops }: Backend): Tensor[] {
  const x = ops.tensor([1, 2, 3, 4, 5, 6], [2, 3]);
  const s = ops.tensor([2, 3], [2, 1]);
  const shared = ops.tensor([1, 0, 2, 0, 1, 1], [1, 2, 3]);
  const own = ops.tensor([1, 0, 2, 0, 1, 1, 1, 0, 2, 0, 1, 1], [2, 2, 3]);
  return [
    ops.fill([2, 3], 1),
    ops.add(x, 1),
    ops.sub(x, s),
    ops.mul(x, 1),
    ops.div(x, x),
    ops.combine([1], [x]),
    ops.combine([1, 1], [x, x]),
    ops.combine([1, 2, s], [x, x, x]),
    ops.combine([s, 1, 1, 0.5], [x, x, x, x]),
    ops.combineLogSoftmax([1, 2], [x, x]),
    ops.exp(x),
    ops.log(x),
    ops.sigmoid(x),
    ops.positivePart(x),
    ops.xlogy(x, x),
    ops.sum(x),
    ops.max(x),
    ops.logSumExp(x),
    ops.softmax(x),
    ops.logSoftmax(x),
    ops.matVec(shared, x),
    ops.matVec(own, x),
    ops.rowBlocks(3, 2, (from, to) => ops.fill([to - from, 3], 1), x),
    ops.select([true, false], x, x),
  ];
}

describe('memory on a device', () => {
  it.each([true, false])(
    'no operation leaves an array behind or frees one twice (log 0 = −∞: %s)',
    async (infinite) => {
      const { device, held } = counted({ ...(await wasmDevice()), infiniteLogs: infinite });
      const backend = deviceBackend(device);
      backend.scope(() => {
        everyOperation(backend);
      });
      expect(backend.liveTensors()).toBe(0);
      const numbers = total(held);
      expect(numbers).toBeLessThan(10);
      const kept = backend.scope(() => everyOperation(backend));
      expect(total(held)).toBe(numbers + kept.length);
      await backend.dispose();
      expect(held.size).toBe(0);
    },
  );

  it('an operation that throws leaves nothing behind', async () => {
    const { device, held } = counted(await wasmDevice());
    const backend = deviceBackend(device);
    const { ops } = backend;
    const x = ops.fill([1, 3], 1);
    const wrong = (from: number, to: number): Tensor => ops.fill([to - from, from === 0 ? 3 : 4], 1);
    expect(() => ops.rowBlocks(4, 2, wrong, x)).toThrow('do not fit');
    expect(total(held)).toBe(1);
    await backend.dispose();
  });

  it('numbers are kept for reuse, but not without end, and stay what they are', async () => {
    const { device, held } = counted(await wasmDevice());
    const backend = deviceBackend(device);
    const x = backend.ops.fill([1, 2], 1);
    const start = backend.ops.mul(x, 0.5);
    // A number in use is never the one that makes room for the next.
    for (let k = 0; k < 2000; k++) backend.scope(() => void backend.ops.combine([0.5, k], [x, start]));
    expect(held.size).toBeLessThanOrEqual(258);
    expect(Array.from(await backend.read(backend.ops.mul(x, 1)))).toEqual([1, 1]);
    expect(Array.from(await backend.read(backend.ops.mul(x, 1999)))).toEqual([1999, 1999]);
    await backend.dispose();
  });

  it('refuses an array larger than the device takes', async () => {
    const backend = deviceBackend({ ...(await wasmDevice()) });
    const huge = { length: 2 ** 28 + 1 } as ArrayLike<number>;
    expect(() => backend.ops.tensor(huge, [1, 2 ** 28 + 1])).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(() => backend.ops.fill([1, 2 ** 14, 2 ** 15], 0)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

describe('several backends in one process', () => {
  it('do not disturb one another, and go on when one is disposed of', async () => {
    const [first, second] = [await wasmBackend(), await wasmBackend()];
    const x = first.ops.tensor([1, 2], [1, 2]);
    const y = second.ops.tensor([3, 4], [1, 2]);
    expect(first.liveTensors()).toBe(1);
    expect(Array.from(await first.read(first.scope(() => first.ops.exp(first.ops.sub(x, x)))))).toEqual([1, 1]);
    await first.dispose();
    expect(first.liveTensors()).toBe(0);
    expect(() => first.ops.add(x, 1)).toThrow('released');
    expect(Array.from(await second.read(second.ops.add(y, 1)))).toEqual([4, 5]);
    await second.dispose();
  });
});

describe('the process', () => {
  it('keeps its own listeners for errors, and no others', async () => {
    await (await wasmBackend()).dispose();
    expect(listeners()).toEqual(before);
  });
});

describe('a device that goes away', () => {
  const lostCode = expect.objectContaining({ code: 'device-lost' });

  it('is a device-lost from the next operation and read; what it held can be released', async () => {
    const device = await wasmDevice();
    const backend = deviceBackend(device);
    const x = backend.ops.fill([1, 3], 1);
    device.lose('unplugged');
    expect(() => backend.ops.exp(x)).toThrow(lostCode);
    expect(() => backend.ops.fill([1, 3], 1)).toThrow('unplugged');
    await expect(backend.read(x)).rejects.toEqual(lostCode);
    backend.release(x);
    expect(backend.liveTensors()).toBe(0);
    await backend.dispose();
  });

  it('is one as well when it is lost during a read', async () => {
    const device = await wasmDevice();
    const backend = deviceBackend(device);
    const pending = backend.read(backend.ops.fill([1, 1], 1));
    device.lose('unplugged while reading');
    await expect(pending).rejects.toEqual(lostCode);
  });

  it('is one when a read fails, or an operation with what its end looks like; other errors stay what they are', async () => {
    const parts = {
      info: { name: 'odd', dtype: 'float32', library: 'none', device: 'none' },
      tolerance: 1,
      limitBytes: 100,
      transposes: false,
      infiniteLogs: true,
      backend: { write: () => ({}), disposeData: () => true, read: () => Promise.reject(new Error('no mapping')) },
      kernel: (name: string) => () => {
        throw new Error(name);
      },
      endedBy: ({ message }: Error) => (message === 'Exp' ? 'out of memory' : undefined),
      close: async () => undefined,
    } as const;
    const reading = deviceBackend(openDevice(parts));
    const x = reading.ops.fill([1, 1], 1);
    await expect(reading.read(x)).rejects.toEqual(lostCode);
    expect(() => reading.ops.log(x)).toThrow('no mapping');
    const working = deviceBackend(openDevice(parts));
    const y = working.ops.fill([1, 1], 1);
    expect(() => working.ops.log(y)).toThrow(/^Log$/);
    expect(() => working.ops.exp(y)).toThrow(lostCode);
    expect(() => working.ops.log(y)).toThrow('out of memory');
  });
});

describe('packages that are not there', () => {
  it('are named by the command that installs them; other failures keep their words', async () => {
    const name = 'a-package-that-nobody-has';
    await expect(optional('webgpu', 'npm install it', () => import(name))).rejects.toMatchObject({
      code: 'backend-missing',
      message: 'backend "webgpu" does not work here: its packages are not installed; expected npm install it',
    });
    const broken = optional('webgpu', 'npm install it', async () => {
      throw new Error('wrong ELF class\nand more');
    });
    await expect(broken).rejects.toThrow('its package fails to load (wrong ELF class); expected npm install it');
  });
});
