import { execFile } from 'node:child_process';
import {
  access,
  constants,
  mkdir,
  readFile,
  rename,
  rm,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeFileWhole } from '../processes/json-file';

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
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Whether the browser starts at all: its libraries may be missing. */
async function starts(file: string): Promise<boolean> {
  return promisify(execFile)(file, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
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
    return await unpackedChromium(source);
  } catch (error) {
    throw new Error(
      `No Chromium is installed, and the packaged one can't be used (${
        (error as Error).message
      }). Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
      { cause: error },
    );
  }
}

async function unpackedChromium(source: ChromiumSource): Promise<string> {
  const build = path.dirname(
    createRequire(import.meta.url).resolve('@sparticuz/chromium'),
  );
  const manifest = await readFile(
    path.join(build, '..', 'package.json'),
    'utf8',
  );
  const { version } = JSON.parse(manifest) as { version: string };
  const home = path.join(source.folder, version);
  const launcher = path.join(home, 'chromium-launch');
  if (await isExecutable(launcher)) {
    return launcher;
  }
  source.say('• Unpacking Chromium (once, about 10 s)');
  const partial = `${home}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await unpackInto(partial, build);
  const browser = path.join(partial, 'chromium');
  const libraries = (await starts(browser))
    ? ''
    : path.join(home, 'al2023', 'lib');
  await writeLauncher(partial, home, libraries);
  // Renamed when whole: the package itself takes a half-written browser for a good one.
  await rm(home, { recursive: true, force: true });
  await rename(partial, home);
  if (!(await starts(launcher))) {
    throw new Error('it does not start; some of its libraries are missing');
  }
  return launcher;
}

/** The package always unpacks to the temporary folder; a process of its own is given another one. */
async function unpackInto(folder: string, build: string): Promise<void> {
  const script =
    "await (await import('@sparticuz/chromium')).default.executablePath()";
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    {
      cwd: build,
      timeout: 180_000,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        TMPDIR: folder,
        // Makes the package unpack the libraries that it brings, too.
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
        AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
      },
    },
  );
}

async function writeLauncher(
  partial: string,
  home: string,
  libraries: string,
): Promise<void> {
  const lines = [
    '#!/bin/sh',
    ...(libraries
      ? [
          `LD_LIBRARY_PATH='${libraries}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
          'export LD_LIBRARY_PATH',
        ]
      : []),
    // A machine without any fonts draws none.
    `[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH='${path.join(
      home,
      'fonts',
    )}'`,
    `exec '${path.join(home, 'chromium')}' "$@"`,
  ];
  await writeFileWhole(
    path.join(partial, 'chromium-launch'),
    `${lines.join('\n')}\n`,
    0o700,
  );
}
