import { rmSync } from 'node:fs';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** How the name of a folder with programs begins that lies outside of the database's. */
export const PROGRAMS_PREFIX = 'agentworkloads-postgres-';

const recordIn = (folder: string) => path.join(folder, 'programs.json');

/** Writes down which folder outside of the database's goes with it. */
export function rememberPrograms(
  folder: string,
  programs: string,
): Promise<void> {
  return writeFile(recordIn(folder), `${JSON.stringify(programs)}\n`, {
    mode: 0o600,
  });
}

/** Removes what {@link rememberPrograms} wrote down, where it is still what was made. `npm run reset` does it, too. */
export async function removeLentPrograms(folder: string): Promise<void> {
  const text = await readFile(recordIn(folder), 'utf8').catch(() => '""');
  let programs: unknown;
  try {
    programs = JSON.parse(text);
  } catch {
    return;
  }
  if (
    typeof programs === 'string' &&
    path.isAbsolute(programs) &&
    path.basename(programs).startsWith(PROGRAMS_PREFIX)
  ) {
    const stats = await lstat(programs).catch(() => undefined);
    if (stats?.isDirectory() && stats.uid === process.getuid?.()) {
      rmSync(programs, { recursive: true, force: true });
    }
  }
  await rm(recordIn(folder), { force: true });
}
