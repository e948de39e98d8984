import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  ARTIFACTS,
  changesFileSchema,
  factsFileSchema,
  looksOf,
  manifestSchema,
  shotsFileSchema,
  type AgentWorkload,
  type Manifest,
  type ShotsFile,
} from '@agentworkloads/api';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { z } from 'zod';
import type { ArtifactStore, ObjectInfo } from './ArtifactStore';

/** No honest object of a run is larger. */
const MAX_BYTES = 64 * 1024 * 1024;

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws ConflictError when the bytes are not those that the hash is of */
export function assertSha256(
  bytes: Buffer,
  expected: string,
  what: string,
): void {
  if (sha256Of(bytes) === expected) return;
  throw refusal(ConflictError, 'objectReplaced', { what });
}

/** A decision is waited for: what is shown now is what will be approved. */
export function isAtGate({ status }: AgentWorkload): boolean {
  return status?.phase === 'AwaitingApproval' && !status.gate?.decision;
}

/**
 * The whole object, proven.
 * @throws NotFoundError when it is not there, ConflictError when it is another one
 */
export async function readVerified(
  store: ArtifactStore,
  key: string,
  sha256: string | undefined,
  what: string,
): Promise<Buffer> {
  if (sha256 === undefined) {
    throw refusal(ConflictError, 'objectNotOfGate', { what });
  }
  const info = await store.stat(key);
  if (!info) {
    throw refusal(NotFoundError, 'objectNotThere', { what });
  }
  if (info.size > MAX_BYTES) {
    throw refusal(ConflictError, 'objectTooLarge', { what });
  }
  const bytes =
    info.size === 0
      ? Buffer.alloc(0)
      : await buffer(await store.read(key, 0, info.size));
  assertSha256(bytes, sha256, what);
  return bytes;
}

function hashesIn(
  manifest: Manifest | undefined,
  shots: ShotsFile | undefined,
): Map<string, string> {
  const hashes = new Map<string, string>();
  const add = (key: string | undefined, sha256: string | undefined) => {
    if (key && sha256) hashes.set(key, sha256);
  };
  const looks = looksOf(manifest?.pages ?? []);
  for (const page of looks) {
    add(page.textKey, page.textSha256);
    add(page.htmlKey, page.htmlSha256);
    add(page.layoutKey, page.layoutSha256);
    for (const view of page.views ?? []) {
      add(view.textKey, view.textSha256);
      add(view.htmlKey, view.htmlSha256);
      add(view.layoutKey, view.layoutSha256);
      for (const shot of view.shots) add(shot.key, shot.sha256);
    }
  }
  for (const page of [...looks, ...(shots?.pages ?? [])]) {
    for (const shot of page.shots) add(shot.key, shot.sha256);
  }
  return hashes;
}

/** Of every object that the evidence of a run is made of: its key, and the hash that it must have. */
export async function evidenceHashes(
  store: ArtifactStore,
  workload: AgentWorkload,
): Promise<Map<string, string>> {
  const artifacts = workload.status?.workflowArtifacts ?? {};
  const read = async <T>(name: string, schema: z.ZodType<T>) => {
    const ref = artifacts[name];
    if (!ref) return undefined;
    const bytes = await readVerified(store, ref.key, ref.sha256, name);
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  };
  const [manifest, shots] = await Promise.all([
    read(ARTIFACTS.manifest, manifestSchema),
    read(ARTIFACTS.shots, shotsFileSchema),
    read(ARTIFACTS.facts, factsFileSchema),
    read(ARTIFACTS.changes, changesFileSchema),
  ]);
  const hashes = hashesIn(manifest, shots);
  for (const { key, sha256 } of Object.values(artifacts)) {
    if (sha256) hashes.set(key, sha256);
  }
  return hashes;
}

/** A store whose objects are read whole and proven before the first byte of them is given. */
export class VerifiedStore implements ArtifactStore {
  constructor(
    private readonly store: ArtifactStore,
    private readonly hashes: ReadonlyMap<string, string>,
  ) {}

  get bucket(): string {
    return this.store.bucket;
  }

  /** The tag is of the proven bytes: what a browser kept from before the gate is not taken for them. */
  async stat(key: string): Promise<ObjectInfo | undefined> {
    const bytes = await this.bytesOf(key);
    return { size: bytes.length, etag: sha256Of(bytes) };
  }

  async read(key: string, start: number, length: number): Promise<Readable> {
    const bytes = await this.bytesOf(key);
    return Readable.from([bytes.subarray(start, start + length)]);
  }

  private bytesOf(key: string): Promise<Buffer> {
    return readVerified(
      this.store,
      key,
      this.hashes.get(key),
      `The object ${key.slice(key.lastIndexOf('/') + 1)}`,
    );
  }
}
