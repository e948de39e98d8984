import { LABELS } from '@agentworkloads/api';
import { canonicalJson } from './canonical';
import { sha256Hex } from './hash';

/** The part of a manifest that tells what it was made as. */
interface Manifest {
  metadata: {
    labels?: Record<string, string>;
    ownerReferences?: object[];
  };
  spec: object;
}

/** Argo adds labels of its own, and a GitOps tool may too: ours are what counts. */
function ourLabels(labels: Record<string, string> = {}): object {
  const ours: readonly string[] = Object.values(LABELS);
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => ours.includes(name)),
  );
}

/**
 * Two Workflows with the same digest run the same for the same owner. `shutdown` is left out: anybody
 * may stop a Workflow, and a stopped one of ours is still ours.
 * @returns hex sha256 of the whole spec, our labels and the owners
 */
export function madeDigest({ metadata, spec }: Manifest): string {
  const { shutdown: _stopped, ...rest } = spec as { shutdown?: unknown };
  return sha256Hex(
    canonicalJson({
      spec: rest,
      labels: ourLabels(metadata.labels),
      owners: metadata.ownerReferences ?? [],
    }),
  );
}
