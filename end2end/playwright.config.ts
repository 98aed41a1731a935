import { defineConfig, devices } from '@playwright/test';

// The system's Chromium: no download, and the browser that people really have.
const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: 'tests',
  // Each worker has a server of its own; within a file, tests share its data and so run in order.
  fullyParallel: false,
  workers: 2,
  // A test that fails once is a test that fails.
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions: chromium,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Nothing is caught half-way through a transition.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Slow for all the tests that pass; for one that fails: cargo xtask test browser -- its-name --trace on
    trace: 'off',
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } } },
    // What is tagged so has nothing to do with the size of the window.
    { name: 'phone', use: { ...devices['Pixel 7'] }, grepInvert: /@once/ },
  ],
});
