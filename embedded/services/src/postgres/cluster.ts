import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  lchown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Account, Accounts } from './account';
import { explain } from './explain';
import { endLeftServers } from './leftovers';
import type { Programs } from './programs';

/** The files of one database server. `folder` itself is for whoever starts it. */
export interface Files {
  data: string;
  /** Of the server's own administrator, who makes databases. */
  password: string;
}

export function filesIn(folder: string): Files {
  return {
    data: path.join(folder, 'data'),
    password: path.join(folder, 'password'),
  };
}

/**
 * How a process that works in the folder names it. Another account can't get there by its path, for its parents are closed; it is
 * put there before it becomes that account.
 */
export function nameFromInside(data: string, account?: Account): string {
  return account ? '/proc/self/cwd' : data;
}

async function giveTo(folder: string, { uid, gid }: Account): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    await lchown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
}

/**
 * Makes the data where there are none yet: whole, or not at all.
 *
 * @returns the administrator's password
 */
export async function ensureCluster(
  folder: string,
  programs: Programs,
  accounts: Accounts | undefined,
  durable: boolean,
): Promise<string> {
  const files = filesIn(folder);
  const major = (await readText(path.join(files.data, 'PG_VERSION')))?.trim();
  const password = (await readText(files.password))?.trim();
  if (major !== undefined) {
    requireUsable(folder, major, programs.major, password);
    if (accounts && (await stat(files.data)).uid !== accounts.server.uid) {
      await giveTo(files.data, accounts.server);
    }
    return password as string;
  }
  const fresh = randomBytes(20).toString('hex');
  await writeFile(files.password, `${fresh}\n`, { mode: 0o600 });
  await initialise(folder, programs, accounts, durable, fresh);
  return fresh;
}

function requireUsable(
  folder: string,
  major: string,
  wanted: string,
  password: string | undefined,
): void {
  if (major !== wanted) {
    throw new Error(
      `${folder} holds a database of PostgreSQL ${major}, and this is ${wanted}: remove the folder (what it holds is lost), or go back to the version of the project that made it`,
    );
  }
  if (!password) {
    throw new Error(
      `${
        filesIn(folder).password
      } is missing, and nobody can open the database without it: put it back, or remove ${folder} (what it holds is lost)`,
    );
  }
}

async function initialise(
  folder: string,
  programs: Programs,
  accounts: Accounts | undefined,
  durable: boolean,
  password: string,
): Promise<void> {
  const partial = path.join(folder, 'partial');
  const data = path.join(partial, 'data');
  await endLeftServers(data);
  await rm(partial, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  // Beside the data, where initdb gets by its account.
  await writeFile(path.join(partial, 'password'), password, { mode: 0o600 });
  if (accounts) await giveTo(partial, accounts.init);
  const named = nameFromInside(data, accounts?.init);
  await promisify(execFile)(
    path.join(programs.folder, 'bin/initdb'),
    [
      ...['-D', named, '-U', 'postgres', '-E', 'UTF8', '--no-locale'],
      ...['--auth=scram-sha-256', `--pwfile=${named}/../password`],
      ...(durable ? [] : ['--no-sync']),
      '--no-instructions',
      // /dev/shm may be missing, or small.
      ...['-c', 'dynamic_shared_memory_type=mmap'],
    ],
    { cwd: data, env: { TZ: 'UTC' }, ...accounts?.init },
  ).catch(error => {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(
      `the database could not be made: ${explain(stderr || message)}`,
    );
  });
  if (accounts) await giveTo(data, accounts.server);
  await rename(data, filesIn(folder).data);
  await rm(partial, { recursive: true, force: true });
}
