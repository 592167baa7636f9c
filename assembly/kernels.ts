// AssemblyScript, not TypeScript: `npm run kernels` compiles this folder to WebAssembly, into src/numerics/cpu/kernels-wasm.ts.
export { matVec } from './mat-vec';
export { combine2, combine3, exp, logSoftmax, sigmoid } from './vectors';
export { gains, responseDivergence } from './measures';
