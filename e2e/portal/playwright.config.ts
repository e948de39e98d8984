import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../harness/root';

/** `npm test` finds the browser, the one that `npm start` uses. */
const executablePath = process.env.CHROMIUM_PATH;

const onCluster = process.env.E2E_GROUND === 'cluster';

export default defineConfig({
  testDir: '.',
  timeout: onCluster ? 600_000 : 240_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: !!process.env.CI,
  // A test that passes at the second try is broken.
  retries: 0,
  outputDir: path.join(
    root,
    '.agentic/test-results',
    onCluster ? 'playwright-on-cluster' : 'playwright',
  ),
  reporter: [
    ['list'],
    [
      'json',
      { outputFile: path.join(root, '.agentic/test-results/journey.json') },
    ],
  ],
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 1000 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
});
