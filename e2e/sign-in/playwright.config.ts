import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../harness/root';
import base from '../portal/playwright.config';

const onCluster = process.env.E2E_GROUND === 'cluster';

export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: onCluster ? 'cluster.spec.ts' : 'replicas.spec.ts',
  outputDir: path.join(
    root,
    '.agentic/test-results',
    onCluster ? 'playwright-sign-in-on-cluster' : 'playwright-sign-in',
  ),
});
