import { delimiter } from 'node:path';

/** The folders in which this machine looks for programs. */
export function programFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean);
}
