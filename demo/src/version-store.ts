import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { VERSIONS, type Version } from './site';

const versionSchema = z.literal([...VERSIONS]);
const stateSchema = z.union([
  z.object({
    versions: z.record(z.string(), versionSchema),
    pinned: z.boolean(),
  }),
  // Of before each company had a version of its own.
  z
    .object({ version: versionSchema })
    .transform(({ version }) => ({ versions: {}, pinned: true, version })),
]);

/** What each company says now. Pinned: no run moves it on. */
export interface DemoState {
  versions: Readonly<Record<string, Version>>;
  pinned: boolean;
}

export interface VersionStore {
  state(): DemoState;
  read(company: string): Version;
  /** Holds one company, or all, at a version until {@link release}. */
  pin(version: Version, company?: string): void;
  release(): void;
  /** One version further, after the last the first; nothing while pinned. */
  advance(company: string): void;
}

function readState(
  file: string,
  companies: readonly string[],
): DemoState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (!('version' in state)) return state;
    return { versions: allAt(state.version, companies), pinned: true };
  } catch {
    // Absent or half-written by an older program: the demo starts with its first versions.
    return undefined;
  }
}

function allAt(
  version: Version,
  companies: readonly string[],
): Record<string, Version> {
  return Object.fromEntries(companies.map(company => [company, version]));
}

/**
 * Keeps the versions in memory and, with `file`, over a restart.
 *
 * @param pinned whether the companies stay at `initial` at first
 */
export function createVersionStore(
  companies: readonly string[],
  {
    initial = 1,
    pinned = false,
    file,
  }: { initial?: Version; pinned?: boolean; file?: string } = {},
): VersionStore {
  const first = { versions: allAt(initial, companies), pinned };
  let now: DemoState = first;
  const kept = file && readState(file, companies);
  if (kept)
    now = { ...kept, versions: { ...first.versions, ...kept.versions } };
  const write = (next: DemoState) => {
    now = next;
    if (!file) return;
    writeFileSync(`${file}.tmp`, JSON.stringify(now));
    renameSync(`${file}.tmp`, file);
  };
  return {
    state: () => now,
    read: company => now.versions[company] ?? initial,
    pin(version, company) {
      const pinnedNow = company
        ? { ...now.versions, [company]: version }
        : allAt(version, companies);
      write({ versions: pinnedNow, pinned: true });
    },
    release: () => write({ ...now, pinned: false }),
    advance(company) {
      if (now.pinned) return;
      const at = VERSIONS.indexOf(now.versions[company] ?? initial);
      const next = VERSIONS[(at + 1) % VERSIONS.length];
      write({ ...now, versions: { ...now.versions, [company]: next } });
    },
  };
}
