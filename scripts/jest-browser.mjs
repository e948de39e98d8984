// Before tests that may drive a browser, also when Jest is called by itself: names the one of `npm start`.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from './build.mjs';
import { root, useChromium } from './test-run.mjs';

export default async function nameBrowser() {
  if (!existsSync(path.join(root, 'standalone/dist/chromium.mjs'))) {
    await buildBundles();
  }
  useChromium();
}
