import { NashlabError } from '../../core/errors.ts';
import type { Blas } from './blas.ts';
import type { Library } from './koffi.ts';

const rowMajor = 101;
const plain = 111;
const transposed = 112;

type Products = Pick<Blas, 'matVec' | 'addBlock' | 'matMul'>;

function tooShort(call: string, shape: string, lengths: string): NashlabError {
  return new NashlabError('bad-parameter', {
    what: `${call}: arrays of lengths ${lengths} do not hold shape ${shape}`,
    expected: 'at least one row, one column and one vector, and arrays that hold them all',
  });
}

/** The products of a library with 32-bit integers; throws koffi's error when it lacks one of them. */
export function products(library: Library): Products {
  const gemv = library.func(
    'void cblas_dgemv(int order, int transA, int m, int n, double alpha, const double *a, int lda, const double *x, int incX, double beta, double *y, int incY)',
  );
  const gemm = library.func(
    'void cblas_dgemm(int order, int transA, int transB, int m, int n, int k, double alpha, const double *a, int lda, const double *b, int ldb, double beta, double *c, int ldc)',
  );
  return {
    // A C function reads and writes past the end of what is too short: these checks are all that stands before it.
    matVec(matrix, rows, columns, vector, result) {
      if (
        !(rows > 0 && columns > 0) ||
        matrix.length < rows * columns ||
        vector.length < columns ||
        result.length < rows
      )
        throw tooShort('matVec', `[${rows}, ${columns}]`, `${matrix.length}, ${vector.length}, ${result.length}`);
      gemv(rowMajor, plain, rows, columns, 1, matrix, columns, vector, 1, 0, result, 1);
    },
    addBlock(block, rows, columns, stride, mirrored, vector, result) {
      const [given, made] = mirrored ? [rows, columns] : [columns, rows];
      if (
        !(rows > 0 && columns > 0 && stride >= columns) ||
        block.length < (rows - 1) * stride + columns ||
        vector.length < given ||
        result.length < made
      )
        throw tooShort(
          'addBlock',
          `[${rows}, ${columns}] in rows of ${stride}`,
          `${block.length}, ${vector.length}, ${result.length}`,
        );
      const sign = mirrored ? -1 : 1;
      gemv(rowMajor, mirrored ? transposed : plain, rows, columns, sign, block, stride, vector, 1, 1, result, 1);
    },
    matMul(matrix, rows, columns, vectors, count, result) {
      if (
        !(rows > 0 && columns > 0 && count > 0) ||
        matrix.length < rows * columns ||
        vectors.length < count * columns ||
        result.length < count * rows
      )
        throw tooShort(
          'matMul',
          `[${rows}, ${columns}] by ${count}`,
          `${matrix.length}, ${vectors.length}, ${result.length}`,
        );
      gemm(rowMajor, plain, transposed, count, rows, columns, 1, vectors, columns, matrix, columns, 0, result, rows);
    },
  };
}
