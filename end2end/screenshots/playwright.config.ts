import { devices } from '@playwright/test';
import tests from '../playwright.config';

/** The README's pictures, of the demo data: `cargo xtask screenshots`. */
export default {
  ...tests,
  testDir: '.',
  outputDir: '../test-results/screenshots',
  projects: [
    { name: 'desk', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } } },
    { name: 'phone', use: { ...devices['Pixel 7'], viewport: { width: 412, height: 800 } } },
  ],
};
