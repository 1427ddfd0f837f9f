import { defineConfig } from 'vitest/config';

// The `source` condition lets tests run on the TypeScript sources of every package, without a build.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  oxc: { decorator: { legacy: true } },
  test: {
    reporters: ['default', './test/closing-line.ts'],
    globalSetup: './test/setup/temporary-folder.ts',
    include: [
      'packages/*/src/**/*.test.ts',
      'plugins/*/src/**/*.test.ts',
      'test/**/*.test.ts',
      'examples/**/*.test.mjs',
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
