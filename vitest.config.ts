import { defineConfig } from 'vitest/config'

/** Tests that need a container engine, a sandbox or a browser. They take seconds each and share the machine. */
const ENGINE_TESTS = ['server/e2e/**/*.test.ts', 'server/src/sandbox/*-driver.test.ts', 'server/**/*.engine.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['client/src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'sandbox-images/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...ENGINE_TESTS],
          // Monaco brings style sheets that Node does not load.
          server: { deps: { inline: ['monaco-editor'] } },
          // Deadlines for what hangs, not for what is slow on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ENGINE_TESTS,
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
