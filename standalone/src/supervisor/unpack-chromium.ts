import { execFile } from 'node:child_process';
import {
  access,
  constants,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  statfs,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readJsonFile, writeFileWhole } from '@agentworkloads/processes';
import { ensureOwnFolder, foreignness } from './own-folder';

const LAUNCHER = 'chromium-launch';
/** Written last: which files there are, and their sizes in bytes. */
const CONTENTS = 'contents.json';
/** What version 153 takes is 270 MB; half as much again for what comes. */
const NEEDED_BYTES = 400 * 1024 * 1024;
const PARTIAL = /\.partial-(\d+)-/;

const contentsSchema = z.record(z.string(), z.int().min(0));

export interface UnpackOptions {
  /** The browser is unpacked into `<folder>/<version>`. */
  folder: string;
  say(line: string): void;
  /** Fills an empty folder with the package's browser; another one for tests. */
  unpackInto?(folder: string): Promise<void>;
  version?: string;
  freeBytes?(folder: string): Promise<number>;
}

const packageFolder = () =>
  path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));

async function packageVersion(): Promise<string> {
  const manifest = path.join(packageFolder(), '..', 'package.json');
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string })
    .version;
}

/** Whether the browser starts at all: its libraries may be missing. */
export async function starts(file: string): Promise<boolean> {
  return promisify(execFile)(file, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * The browser of the package `@sparticuz/chromium`, unpacked once. It is whole or not there: what an interrupted start
 * has left, or what lost some of its files since, is unpacked anew. Any number of processes may ask at once.
 *
 * @returns the path of the program that starts it
 * @throws Error that says what is in the way, and how to mend it
 */
export async function unpackChromium(options: UnpackOptions): Promise<string> {
  const version = options.version ?? (await packageVersion());
  await ensureOwnFolder(options.folder);
  const home = path.join(options.folder, version);
  if (await isWhole(home)) return path.join(home, LAUNCHER);
  await removeAbandoned(options.folder);
  await requireSpace(options);
  options.say('• Unpacking Chromium (once, about 10 s)');
  const partial = await mkdtemp(`${home}.partial-${process.pid}-`);
  try {
    await (options.unpackInto ?? unpackPackage)(partial);
    await complete(partial);
    await putInPlace(partial, home);
  } catch (error) {
    throw explained(error as Error, options.folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return path.join(home, LAUNCHER);
}

/** True when each file is there as it was unpacked. @throws Error when it could be somebody else's. */
async function isWhole(home: string): Promise<boolean> {
  const stats = await lstat(home).catch(() => undefined);
  if (!stats) return false;
  const wrong = foreignness(stats, process.getuid?.());
  if (wrong) throw new Error(`${home} ${wrong}: remove it, then try again`);
  const contents = contentsSchema.safeParse(
    await readJsonFile(path.join(home, CONTENTS)).catch(() => undefined),
  );
  if (!contents.success) return false;
  const same = await Promise.all(
    Object.entries(contents.data).map(async ([name, size]) => {
      const file = await lstat(path.join(home, name)).catch(() => undefined);
      return file?.isFile() === true && file.size === size;
    }),
  );
  const launcher = path.join(home, LAUNCHER);
  return (
    same.every(Boolean) &&
    (await access(launcher, constants.X_OK).then(
      () => true,
      () => false,
    ))
  );
}

/** Of unpackers that were killed: 270 MB each. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = PARTIAL.exec(name)?.[1];
    if (pid && !runs(Number(pid))) {
      await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const inMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

async function requireSpace({
  folder,
  freeBytes = freeBytesOf,
}: UnpackOptions): Promise<void> {
  const free = await freeBytes(folder);
  if (free < NEEDED_BYTES) throw diskFull(folder, inMegabytes(free));
}

const diskFull = (folder: string, free: string) =>
  new Error(
    `the disk is full: ${folder} has ${free} free and the browser needs ${inMegabytes(
      NEEDED_BYTES,
    )} once; make room, then try again`,
  );

const NO_SPACE = /\b(ENOSPC|EDQUOT)\b/;

/** The child's whole program stands in the message of the error, and what it printed beside it. */
function explained(error: Error & { stderr?: string }, folder: string): Error {
  const said = `${error.message}\n${error.stderr ?? ''}`;
  if (NO_SPACE.test(said)) return diskFull(folder, 'not enough');
  const line = /^\w*Error\b.*$/m.exec(error.stderr ?? '')?.[0];
  return line ? new Error(`it can't be unpacked: ${line}`) : error;
}

/**
 * The package unpacks into the temporary folder and takes a half-written file for a whole one. A process of its own has
 * a temporary folder of its own; setting this process's `TMPDIR` would not do, for under Jest that is a copy.
 */
async function unpackPackage(folder: string): Promise<void> {
  const script =
    "await (await import('@sparticuz/chromium')).default.executablePath()";
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    {
      cwd: packageFolder(),
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

/** Adds what starts it and what says that all is there. */
async function complete(folder: string): Promise<void> {
  const alone = await starts(path.join(folder, 'chromium'));
  await writeFileWhole(
    path.join(folder, LAUNCHER),
    launcher({ ownLibraries: !alone }),
    0o700,
  );
  if (!(await starts(path.join(folder, LAUNCHER)))) {
    throw new Error('it does not start; some of its libraries are missing');
  }
  const contents: Record<string, number> = {};
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    contents[path.relative(folder, file)] = (await lstat(file)).size;
  }
  await writeFileWhole(path.join(folder, CONTENTS), JSON.stringify(contents));
}

/** Finds everything beside itself, so that the checkout may be moved; by the shell alone, whatever `PATH` is. */
function launcher({ ownLibraries }: { ownLibraries: boolean }): string {
  const lines = [
    '#!/bin/sh',
    'here=$(CDPATH= cd -- "${0%/*}" && pwd) || exit 1',
    ...(ownLibraries
      ? [
          'LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
          'export LD_LIBRARY_PATH',
        ]
      : []),
    // A machine without any fonts draws none.
    '[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fonts"',
    'exec "$here/chromium" "$@"',
  ];
  return `${lines.join('\n')}\n`;
}

/** Renamed when whole. Somebody may have been faster; what is there and not whole is moved away first. */
async function putInPlace(partial: string, home: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(partial, home);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const taken = code && ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code);
      if (!taken || attempt >= 5) throw error;
    }
    if (await isWhole(home)) return;
    await rename(home, `${partial}.broken`).catch(() => {});
    await rm(`${partial}.broken`, { recursive: true, force: true });
  }
}
