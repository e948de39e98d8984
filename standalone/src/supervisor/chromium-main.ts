import path from 'node:path';
import { findChromium } from './chromium';
import { createLayout } from './layout';

/** Prints the path of the browser that `npm start` would use, so that tests use the same. */
const root = process.env.AGENTIC_ROOT ?? process.cwd();
const { chromium } = createLayout(root, path.join(root, '.agentic'));
try {
  const file = await findChromium({
    environment: process.env,
    folder: chromium,
    say: line => console.error(line),
  });
  console.log(file);
} catch (error) {
  console.error(`✖ ${(error as Error).message}`);
  process.exit(1);
}
