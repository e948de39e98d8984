import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../harness/root';
import { HOST } from './host';
import base from '../portal/playwright.config';

export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: `${process.env.E2E_GROUND ?? 'replicas'}.spec.ts`,
  use: {
    ...base.use,
    launchOptions: {
      ...base.use?.launchOptions,
      args: [
        ...(base.use?.launchOptions?.args ?? []),
        `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      ],
    },
  },
  outputDir: path.join(root, '.agentic/test-results/playwright-sign-in'),
});
