import { saysAbsent, type KubeClient, type ResourceKind } from '../ports';
import type { AdmissionProof } from '../admission/proof';
import type { Json } from '../json';
import type { Activity } from '../workflow/argo-activity';
import type { StartSources } from './ask-start';
import type { CachedWorkflow, CachedWorkload } from './cached';
import type { Observed } from './observed';

/** Where gather reads. Caches first; the client where the cache's "not there" isn't good enough. */
export interface Sources extends StartSources {
  workloads: { get(key: string): CachedWorkload | undefined };
  workflows: { get(key: string): CachedWorkflow | undefined };
  /** What Argo is known to do, by namespace. */
  argo: { of(namespace: string): Activity | undefined };
  client: KubeClient;
  admission: AdmissionProof;
  /** What became of earlier tries to make a Workflow, by uid of the workload. */
  refusals: { get(uid: string): string | undefined };
  /** Lower-case letters and digits that nobody can guess, ten at least. */
  random: () => string;
  /** Bucket of the artifact repository, for Workflows that don't name theirs. */
  bucket: string;
  /** What `workflowDefaults` of Argo's controller may add. */
  workflowDefaults: Json;
}

/** @returns absent if the server says so; any other failure is "unreadable", which can only lead to waiting */
export async function read<T>(
  { client }: Sources,
  kind: ResourceKind,
  { namespace, name }: { namespace: string; name: string },
  parse: (raw: unknown) => T,
): Promise<Observed<T>> {
  try {
    const raw = await client.get(kind, namespace, name);
    return { kind: 'present', value: parse(raw) };
  } catch (error) {
    if (saysAbsent(error, name)) return { kind: 'absent' };
    return {
      kind: 'unreadable',
      cause: error instanceof Error ? error.message : String(error),
    };
  }
}
