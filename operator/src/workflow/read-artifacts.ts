import {
  belongsToStep,
  DIGESTS_PARAMETER,
  digestsSchema,
  EVIDENCE_PARAMETER,
  evidenceOf,
  outputParameter,
  STEPS,
  type ArgoNode,
  type ArtifactDigest,
  type ArtifactRef,
  type Digests,
} from '@agentworkloads/api';
import type { EvidenceFacts } from './facts';
import { sha256Hex } from './hash';

const MAX_ARTIFACTS = 64;
/** Characters of a `digests` parameter: 64 artifacts with names of 63. */
const MAX_DIGESTS_TEXT = 16 * 1024;

/** What the step says of its artifacts; nothing when it says nothing that can be read. */
function digestsOf(node: ArgoNode): Digests {
  const text = outputParameter(node, DIGESTS_PARAMETER);
  if (text === undefined || text.length > MAX_DIGESTS_TEXT) return {};
  try {
    return digestsSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

interface FoundArtifact extends ArtifactRef {
  name: string;
  node: ArgoNode;
}

/** What succeeded nodes put out. Logs that Argo archives are artifacts too, but not ours. */
function artifactsOf(nodes: ArgoNode[], bucket: string): FoundArtifact[] {
  const found: FoundArtifact[] = [];
  for (const node of nodes) {
    if (node.phase !== 'Succeeded') continue;
    const digests = digestsOf(node);
    for (const { name, s3 } of node.outputs?.artifacts ?? []) {
      const key = s3?.key;
      const own = s3?.bucket || bucket;
      if (!key || key.length > 1024 || !own) continue;
      if (name.endsWith('-logs') || name.length > 63) continue;
      const sha256 = Object.hasOwn(digests, name) ? digests[name] : undefined;
      found.push({
        name,
        node,
        bucket: own,
        key,
        ...(sha256 ? { sha256 } : {}),
      });
    }
  }
  return found;
}

/** Places of all artifacts, with their hashes where the step named them. */
export function readArtifacts(
  nodes: ArgoNode[],
  bucket: string,
): Record<string, ArtifactRef> {
  const found: Record<string, ArtifactRef> = {};
  for (const { name, node: _of, ...ref } of artifactsOf(nodes, bucket)) {
    if (Object.keys(found).length >= MAX_ARTIFACTS) break;
    found[name] = ref;
  }
  return found;
}

/** Everything that begins only once a gate has ended: what its node leads to. */
function behindGates(nodes: Map<string, ArgoNode>): Set<string> {
  const behind = new Set<string>();
  const waiting = [...nodes.values()]
    .filter(node => node.displayName === STEPS.gate)
    .flatMap(node => node.children ?? []);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (behind.has(id)) continue;
    behind.add(id);
    waiting.push(...(nodes.get(id)?.children ?? []));
  }
  return behind;
}

/**
 * What a gate is decided on, and what the report says that it was made from. A retried step has its
 * artifacts on two nodes, so each place counts once.
 */
export function readEvidence(
  byId: Map<string, ArgoNode>,
  workflow: string,
  bucket: string,
): EvidenceFacts {
  const behind = behindGates(byId);
  const missing = new Set<string>();
  const before = new Map<string, ArtifactDigest>();
  const claims = new Set<string>();
  for (const found of artifactsOf([...byId.values()], bucket)) {
    const { name, node, key, sha256 } = found;
    if (!sha256) missing.add(name);
    if (behind.has(node.id) || belongsToStep(node, workflow, STEPS.synthesis)) {
      claims.add(outputParameter(node, EVIDENCE_PARAMETER) ?? '');
    } else if (sha256) {
      before.set(JSON.stringify([name, found.bucket, key, sha256]), [
        name,
        sha256,
      ]);
    }
  }
  return {
    digest: evidenceOf(before.values(), sha256Hex),
    missing: [...missing].sort(),
    claims: [...claims].sort(),
  };
}
