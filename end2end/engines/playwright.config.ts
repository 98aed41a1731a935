import { defineConfig } from '@playwright/test';
import type { EngineName } from './engine';

/**
 * The main flows in Firefox and WebKit. Playwright only runs these tests: it can't drive the system's own builds, so each has a driver here.
 */
export default defineConfig<{}, { engineName: EngineName }>({
  testDir: '.',
  // One browser of each engine at a time, each with a server of its own.
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  outputDir: '../test-results/engines',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    // Firefox takes Secure cookies at a loopback address.
    { name: 'firefox', testIgnore: 'webkit.spec.ts', use: { engineName: 'firefox' } },
    { name: 'webkit', use: { engineName: 'webkit' } },
  ],
});
