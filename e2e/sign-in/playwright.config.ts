import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../harness/root';
import base from '../portal/playwright.config';

export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'replicas.spec.ts',
  outputDir: path.join(root, '.agentic/test-results/playwright-sign-in'),
});
