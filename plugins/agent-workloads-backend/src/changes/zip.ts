import { zipSync } from 'fflate';

/** A file of an archive: a path with slashes, and its bytes. */
export interface ZipFile {
  path: string;
  bytes: Buffer;
}

/** The first day that the format knows, in whatever time zone: the same files give the same bytes. */
const FIRST_DAY = new Date(1980, 0, 1);

/** An archive that any program opens. For a few files of some megabytes: it is built in memory. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const entries = files.map(({ path, bytes }) => [path, bytes]);
  return Buffer.from(
    zipSync(Object.fromEntries(entries), { mtime: FIRST_DAY }),
  );
}
