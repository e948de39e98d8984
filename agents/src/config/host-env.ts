import { delimiter } from 'node:path';

/** The folders in which this machine looks for programs. */
export function programFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean);
}

/** Runs `work` while the temporary folder of this process is `folder`: for libraries that know no option. */
export async function withTemporaryFolder<T>(
  folder: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
