import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../harness/root';
import base from '../portal/playwright.config';

export default defineConfig({
  ...base,
  testDir: '.',
  testMatch:
    process.env.E2E_GROUND === 'cluster'
      ? 'cluster.spec.ts'
      : 'replicas.spec.ts',
  outputDir: path.join(root, '.agentic/test-results/playwright-sign-in'),
});
