import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { VersionStore } from './server';
import { VERSIONS, type Version } from './site';

const stateSchema = z.object({ version: z.literal([...VERSIONS]) });

function readState(file: string): Version | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
  } catch {
    // Absent or half-written by an older program: the demo starts with its first version.
    return undefined;
  }
}

/** Keeps the version in memory and, with `file`, over a restart. */
export function createVersionStore(
  initial: Version,
  file?: string,
): VersionStore {
  let version = (file && readState(file)) || initial;
  return {
    read: () => version,
    write(next) {
      version = next;
      if (!file) return;
      writeFileSync(`${file}.tmp`, JSON.stringify({ version }));
      renameSync(`${file}.tmp`, file);
    },
  };
}
