import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 30_000, hookTimeout: 120_000 };

/** `unit` is npm test; `rates`, `scale` and `browser` run in CI as well. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/rates/**', 'tests/scale/**', 'tests/browser/**', 'tests/bench/**'],
        },
      },
      { test: { ...shared, testTimeout: 600_000, name: 'rates', include: ['tests/rates/**/*.test.ts'] } },
      { test: { ...shared, testTimeout: 600_000, name: 'scale', include: ['tests/scale/**/*.test.ts'] } },
      { test: { ...shared, testTimeout: 120_000, name: 'browser', include: ['tests/browser/**/*.test.ts'] } },
    ],
  },
});
