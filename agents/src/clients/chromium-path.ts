import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { programFolders } from '../config/host-env';
import { PermanentError } from '../runtime/errors';

const NAMES = [
  'chromium',
  'chromium-headless-shell',
  'google-chrome',
  'chromium-browser',
];

/**
 * A Chromium on this machine: the one that is named, else an installed one. A step never unpacks one itself: on one
 * machine the supervisor does, once for all, and names it.
 *
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
  throw new PermanentError(
    'No browser: set BROWSER_WS_ENDPOINT or CHROMIUM_PATH, or install chromium.',
  );
}

const runnable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
