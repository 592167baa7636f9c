/* A BLAS of two functions, in plain loops; each macro plants one defect. Row-major, vectors without strides. */
#ifndef REAL
#define REAL double
#endif
#ifndef INTEGER
#define INTEGER int
#endif

#ifdef CONFIG
const char *openblas_get_config(void) { return CONFIG; }
#endif

#ifdef WIDE_NAMES
#define cblas_dgemv cblas_dgemv64_
#define cblas_dgemm cblas_dgemm64_
#endif

static void one(INTEGER m, INTEGER n, double alpha, const double *a, INTEGER lda, const double *x, double beta, double *y,
                int across) {
#ifdef DROPPED_ROW
  for (INTEGER i = 0; i < m - 1; i++) {
#else
  for (INTEGER i = 0; i < m; i++) {
#endif
    REAL sum = 0;
    for (INTEGER j = 0; j < n; j++) sum += (REAL)(across ? a[j * lda + i] : a[i * lda + j]) * (REAL)x[j];
#ifdef BETA_ALWAYS
    y[i] = alpha * sum + y[i];
#elif defined(ALPHA_AND_BETA)
    y[i] = beta * sum;
#else
#ifdef BETA_NEVER
    beta = 0;
#endif
    y[i] = alpha * sum + (beta == 0 ? 0 : beta * y[i]);
#endif
  }
#ifdef UNDERRUN
  y[-1] = 0;
#endif
#ifdef OVERRUN
  y[m] = 0;
#endif
}

#ifndef WITHOUT_GEMV
void cblas_dgemv(INTEGER order, INTEGER trans, INTEGER m, INTEGER n, double alpha, const double *a, INTEGER lda,
                 const double *x, INTEGER incx, double beta, double *y, INTEGER incy) {
#ifdef PACKED
  lda = n;
#endif
#ifdef NEVER_TRANSPOSED
  trans = 111;
#endif
#ifdef TRANSPOSED
  one(m, n, alpha, a, m, x, beta, y, 1);
#else
  if (trans == 111) one(m, n, alpha, a, lda, x, beta, y, 0);
  else one(n, m, alpha, a, lda, x, beta, y, 1);
#endif
}
#endif

void cblas_dgemm(INTEGER order, INTEGER transA, INTEGER transB, INTEGER m, INTEGER n, INTEGER k, double alpha,
                 const double *a, INTEGER lda, const double *b, INTEGER ldb, double beta, double *c, INTEGER ldc) {
  for (INTEGER r = 0; r < m; r++) {
#ifdef TRANSPOSED_GEMM
    one(n, k, alpha, b, n, a + r * k, beta, c + r * n, 1);
#elif defined(SAME_VECTOR)
    one(n, k, alpha, b, ldb, a, beta, c + r * n, 0);
#else
    one(n, k, alpha, b, ldb, a + r * k, beta, c + r * n, 0);
#endif
  }
}
