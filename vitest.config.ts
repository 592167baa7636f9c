import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 30_000, hookTimeout: 120_000 };

/** Three suites: `unit` is npm test; `rates` and `browser` run in CI as well. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/rates/**', 'tests/browser/**', 'tests/bench/**'],
        },
      },
      { test: { ...shared, testTimeout: 600_000, name: 'rates', include: ['tests/rates/**/*.test.ts'] } },
      { test: { ...shared, testTimeout: 120_000, name: 'browser', include: ['tests/browser/**/*.test.ts'] } },
    ],
  },
});
