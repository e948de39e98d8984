import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { starts, unpackChromium } from './unpack-chromium';

const NAMES = [
  'chromium',
  'chromium-headless-shell',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

export interface ChromiumSource {
  environment: NodeJS.ProcessEnv;
  /** Folder for the unpacked browser. */
  folder: string;
  say(line: string): void;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function installed(
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const folders = (environment.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean);
  const candidates = [
    ...NAMES.flatMap(name => folders.map(folder => path.join(folder, name))),
    ...NAMES.map(name => `/usr/bin/${name}`),
    MAC,
  ];
  for (const candidate of candidates) {
    // Some distributions have a script of that name that only says how to install one.
    if ((await isExecutable(candidate)) && (await starts(candidate))) {
      return candidate;
    }
  }
  return undefined;
}

/**
 * The path of a Chromium: `CHROMIUM_PATH`, then one that is installed, then the one of the package
 * `@sparticuz/chromium`, unpacked once. All others (agents, tests) are told the result.
 *
 * @throws Error that says how to get one
 */
export async function findChromium(source: ChromiumSource): Promise<string> {
  const wanted = source.environment.CHROMIUM_PATH;
  if (wanted) {
    if (await isExecutable(wanted)) return wanted;
    throw new Error(
      `CHROMIUM_PATH names ${wanted}, which is not a program. Correct it, or unset it to use another browser.`,
    );
  }
  const found = await installed(source.environment);
  if (found) {
    return found;
  }
  try {
    return await unpackChromium(source);
  } catch (error) {
    throw new Error(
      `No Chromium is installed, and the packaged one can't be used (${
        (error as Error).message
      }). Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
      { cause: error },
    );
  }
}
