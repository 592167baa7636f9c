import { basename } from 'node:path';
import type { BlasKind } from './blas.ts';
import type { Library } from './koffi.ts';

export interface Identity {
  readonly kind: BlasKind;
  readonly library: string;
  readonly build: string;
  readonly getThreads?: () => number;
  readonly setThreads?: (count: number) => void;
  /** Why its products must not be called at all. */
  readonly unusable?: string;
}

const wideIntegers = 'it takes 64-bit integers; 32-bit ones (LP64) are needed';

/** A function of the library, if it has it. */
export function optional<F>(library: Library, name: string, result: string, parameters: string[]): F | undefined {
  try {
    return library.func(name, result, parameters) as unknown as F;
  } catch {
    return undefined;
  }
}

function openblas(library: Library): Identity | undefined {
  const config = optional<() => string>(library, 'openblas_get_config', 'str', []);
  if (!config) return undefined;
  const build = config().trim();
  const version = /\d+(\.\d+)+\S*/.exec(build)?.[0];
  return {
    kind: 'openblas',
    library: version === undefined ? 'openblas' : `openblas ${version}`,
    build,
    getThreads: optional(library, 'openblas_get_num_threads', 'int', []),
    setThreads: optional(library, 'openblas_set_num_threads', 'void', ['int']),
    unusable: build.includes('USE64BITINT') ? wideIntegers : undefined,
  };
}

function mkl(library: Library): Identity | undefined {
  const describe = optional<(text: Buffer, length: number) => void>(library, 'MKL_Get_Version_String', 'void', [
    'void *',
    'int',
  ]);
  if (!describe) return undefined;
  const text = Buffer.alloc(256);
  describe(text, text.length);
  const build = text.toString('latin1').split('\0')[0].trim();
  const version = /\d{4}(\.\d+)*/.exec(build)?.[0];
  // libmkl_rt answers with the layer it uses: bit 0 is ILP64.
  const setLayer = optional<(layer: number) => number>(library, 'MKL_Set_Interface_Layer', 'int', ['int']);
  const layer = setLayer?.(0) ?? 0;
  return {
    kind: 'mkl',
    library: version === undefined ? 'mkl' : `mkl ${version}`,
    build,
    getThreads: optional(library, 'MKL_Get_Max_Threads', 'int', []),
    setThreads: optional(library, 'MKL_Set_Num_Threads', 'void', ['int']),
    unusable: layer % 2 === 1 ? wideIntegers : undefined,
  };
}

function blis(library: Library): Identity | undefined {
  const describe = optional<() => string>(library, 'bli_info_get_version_str', 'str', []);
  if (!describe) return undefined;
  const build = describe().trim();
  const integerBits = optional<() => number>(library, 'bli_info_get_blas_int_type_size', 'int64_t', []);
  return {
    kind: 'blis',
    library: `blis ${build}`,
    build,
    getThreads: optional(library, 'bli_thread_get_num_threads', 'int64_t', []),
    setThreads: optional(library, 'bli_thread_set_num_threads', 'void', ['int64_t']),
    unusable: integerBits?.() === 64 ? wideIntegers : undefined,
  };
}

/** What a loaded library says it is, and its thread switches. */
export function identify(library: Library, file: string): Identity {
  const known = openblas(library) ?? mkl(library) ?? blis(library);
  if (known) return known;
  if (file.includes('Accelerate.framework')) return { kind: 'accelerate', library: 'accelerate', build: '' };
  return { kind: 'other', library: basename(file), build: '' };
}
