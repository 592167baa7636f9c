import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

// Fedora names its build with threads libopenblasp; Alpine counts to 3.
const fastNames = [
  'libopenblasp.so.0',
  'libopenblas.so.0',
  'libopenblas.so.3',
  'libopenblas.so',
  'libmkl_rt.so.2',
  'libmkl_rt.so',
  'libblis.so.4',
  'libblis.so',
];
const slowNames = ['libcblas.so.3', 'libblas.so.3'];

const debianFolders = ['pthread', 'openmp', 'serial'].flatMap((variant) =>
  ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/openblas-${variant}`),
);

const macFiles = [
  '/System/Library/Frameworks/Accelerate.framework/Accelerate',
  '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
  '/usr/local/opt/openblas/lib/libopenblas.dylib',
];

/**
 * Libraries to try in this order, the fast ones first: names that the system's loader resolves, and files that exist.
 * Builds with 64-bit integers (libopenblas64_ and its like) are another interface and not among them.
 */
export function candidates(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  const conda = environment.CONDA_PREFIX;
  if (platform === 'darwin') {
    const inConda = conda ? [join(conda, 'lib/libopenblas.dylib')] : [];
    // The framework is no file on disk since macOS 11, yet the loader knows its path.
    return macFiles.concat(inConda).filter((file) => file.startsWith('/System/') || existsSync(file));
  }
  if (platform === 'win32') {
    const inConda = conda ? [join(conda, 'Library/bin/openblas.dll'), join(conda, 'Library/bin/mkl_rt.2.dll')] : [];
    return ['libopenblas.dll', 'openblas.dll', ...inConda.filter((file) => existsSync(file))];
  }
  const files = debianFolders.map((folder) => join(folder, 'libopenblas.so.0'));
  const inConda = conda ? [...fastNames, ...slowNames].map((name) => join(conda, 'lib', name)) : [];
  return [...fastNames, ...files, ...inConda, ...slowNames].filter((name) => !isAbsolute(name) || existsSync(name));
}

/** The command that gives this platform a fast BLAS. */
export function installAdvice(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'brew install openblas';
  if (platform === 'win32')
    return 'download OpenBLAS from github.com/OpenMathLib/OpenBLAS/releases and set NASHLAB_BLAS to its libopenblas.dll';
  return 'apt-get install libopenblas0-pthread (Debian, Ubuntu; elsewhere the package openblas)';
}
