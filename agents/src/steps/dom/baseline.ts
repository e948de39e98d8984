import {
  manifestSchema,
  type Baseline,
  type ComparedWith,
  type Manifest,
} from '@agentworkloads/api';
import type { ArtifactStore } from '../../artifacts/artifact-store';
import type { StepDeps } from '../../runtime/step';
import { FileAltered, sha256 } from './page-facts';

/** What an earlier run saved, and how it is read: by the places and hashes that were recorded, never by a convention. */

export type PastFiles = Pick<ArtifactStore, 'get'>;

const OF_RUNS = /^runs\/(?!(?:.*\/)?\.\.?(?:\/|$))/;

/** Files of earlier runs: only below `runs/`, and only read. */
export function filesOfRuns(store: PastFiles): PastFiles {
  return {
    async get(key) {
      if (OF_RUNS.test(key)) return store.get(key);
      throw new FileAltered(
        `A manifest names a file that belongs to no run: ${key.slice(0, 200)}`,
      );
    },
  };
}

/** Why there is nothing to compare with. */
export type NoBaseline = Required<Pick<ComparedWith, 'reason' | 'detail'>>;

const gone = (detail: string): NoBaseline => ({
  reason: 'BASELINE_GONE',
  detail,
});
const changed = (detail: string): NoBaseline => ({
  reason: 'BASELINE_CHANGED',
  detail,
});

function parse(body: Buffer): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * The pages of the baseline, held to the hash that the operator recorded.
 *
 * @returns its manifest, or why there is none
 * @throws RetryableError where object storage is away
 */
export async function readBaseline(
  baseline: Baseline,
  deps: Pick<StepDeps, 'job'> & { store: PastFiles },
): Promise<Manifest | NoBaseline> {
  const { bucket, key, sha256: hash } = baseline.artifacts.manifest;
  const run = `the earlier run ${baseline.name}`;
  if (bucket !== deps.job.bucket)
    return gone(
      `What ${run} saved is in bucket "${bucket}", and this run reads "${deps.job.bucket}" only.`,
    );
  if (!OF_RUNS.test(key))
    return gone(`The list of pages of ${run} is not among the runs' objects.`);
  const body = await deps.store.get(key);
  if (!body)
    return gone(`The list of pages of ${run} is no longer in object storage.`);
  if (sha256(body) !== hash)
    return changed(
      `The list of pages of ${run} does not have the hash that was recorded.`,
    );
  return parse(body) ?? changed(`The list of pages of ${run} can't be read.`);
}
