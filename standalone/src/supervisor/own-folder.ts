import { chmod, lstat, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

export type Stats = Awaited<ReturnType<typeof lstat>>;

/** What is wrong with a file or folder that is to be ours alone, or undefined. */
export function foreignness(
  stats: Pick<Stats, 'isSymbolicLink' | 'uid'>,
  uid: number | undefined,
): string | undefined {
  if (stats.isSymbolicLink()) return 'is a symbolic link';
  // Where there are no user ids, nothing can be said.
  if (uid === undefined) return undefined;
  if (Number(stats.uid) !== uid) {
    return `belongs to another user (${stats.uid}, this one is ${uid})`;
  }
  return undefined;
}

/**
 * Sees to it that a folder is there, is a real one, and that nobody else can put files into it: what lies in it is run.
 *
 * @throws Error that names the folder and says how to mend it
 */
export async function ensureOwnFolder(
  folder: string,
  uid = process.getuid?.(),
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await mkdir(folder, { mode: 0o700 }).catch(error => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  const stats = await lstat(folder);
  const wrong = stats.isDirectory()
    ? foreignness(stats, uid)
    : foreignness(stats, uid) ?? 'is no folder';
  if (wrong) throw new Error(`${folder} ${wrong}: remove it, then try again`);
}

/** Makes a folder if need be, and lets nobody else look into it: it holds keys, databases and what pages said. */
export async function ensurePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  // eslint-disable-next-line no-bitwise -- the permission bits of the mode
  if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
}
