/** Packages that users install only if they want them; what nashlab uses of each. */

declare module 'webgpu' {
  export function create(options: readonly string[]): unknown;
  export const globals: Readonly<Record<string, unknown>>;
}

declare module '@tensorflow/tfjs-backend-webgpu' {
  export const WebGPUBackend: new (device: unknown, adapterInfo: unknown) => unknown;
}

declare module '@tensorflow/tfjs-node' {
  export const version: Readonly<Record<string, string>>;
}

declare module '@tensorflow/tfjs-node-gpu' {
  export const version: Readonly<Record<string, string>>;
}
