import { access, constants, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { programFolders, withTemporaryFolder } from '../config/host-env';
import { PermanentError } from '../runtime/errors';

const NAMES = [
  'chromium',
  'chromium-headless-shell',
  'google-chrome',
  'chromium-browser',
];

/**
 * A Chromium on this machine: the one that is named, an installed one, else the npm package
 * `@sparticuz/chromium`. Its arguments are never used: they take the browser's protections away.
 * @throws PermanentError when there is none.
 */
export async function findChromium(named?: string): Promise<string> {
  if (named) {
    if (await runnable(named)) return named;
    throw new PermanentError(
      `CHROMIUM_PATH names ${named}, which can't be run.`,
    );
  }
  for (const name of NAMES) {
    for (const folder of ['/usr/bin', ...programFolders()]) {
      if (await runnable(join(folder, name))) return join(folder, name);
    }
  }
  return unpackChromium();
}

const runnable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * The package unpacks into the temporary folder and takes a half-written file for a whole one, so it gets a
 * folder of its own and the result is renamed when it is whole.
 */
async function unpackChromium(): Promise<string> {
  const folder = join(tmpdir(), 'agentic-chromium-153');
  const path = join(folder, 'chromium');
  if (await runnable(path)) return path;
  const chromium = await import('@sparticuz/chromium').catch(error => {
    throw new PermanentError(
      'No browser: set BROWSER_WS_ENDPOINT or CHROMIUM_PATH, or install chromium.',
      { cause: error },
    );
  });
  const own = await mkdtemp(join(tmpdir(), 'agentic-chromium-'));
  await withTemporaryFolder(own, () => chromium.default.executablePath());
  try {
    await rename(own, folder);
  } catch {
    // Somebody else was faster.
    await rm(own, { recursive: true, force: true });
  }
  if (!(await stat(path).catch(() => undefined))) {
    throw new PermanentError(
      'The browser of @sparticuz/chromium could not be unpacked.',
    );
  }
  return path;
}
