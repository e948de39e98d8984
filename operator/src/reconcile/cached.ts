import {
  agentApprovalSchema,
  objectMetaSchema,
  type AgentApproval,
} from '@agentic/api';
import { z } from 'zod';
import type { KubeObject } from '../ports';
import { readWorkflow } from '../workflow/read-workflow';
import type { WorkflowFacts } from '../workflow/facts';

/** Objects as the caches hold them: what isn't needed is dropped when it comes in. */

const anyObjectSchema = z.looseObject({ metadata: objectMetaSchema });
type AnyObject = z.infer<typeof anyObjectSchema>;

export interface CachedWorkload extends KubeObject {
  /** As it came, without managedFields: each pass parses it, so that a bad one is seen as bad. */
  raw: AnyObject;
}

export interface CachedWorkflow extends KubeObject {
  /** Name of the workload that owns it; undefined for a Workflow that isn't ours. */
  ownerName?: string;
  facts?: WorkflowFacts;
  /** Why there are no facts. */
  problem?: string;
}

export interface CachedApproval extends KubeObject {
  /** `namespace/name` of the workload that it names. */
  workloadKey?: string;
  approval?: AgentApproval;
}

function slim(raw: unknown): AnyObject {
  const object = anyObjectSchema.parse(raw);
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function metaOf({ metadata }: AnyObject): KubeObject['metadata'] {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { name, namespace, uid, resourceVersion };
}

export function toCachedWorkload(raw: unknown): CachedWorkload {
  const object = slim(raw);
  return { metadata: metaOf(object), raw: object };
}

export function toCachedWorkflow(raw: unknown, bucket: string): CachedWorkflow {
  const object = slim(raw);
  const metadata = metaOf(object);
  const owners = object.metadata.ownerReferences;
  const owner: unknown = Array.isArray(owners)
    ? owners.find((ref: { controller?: boolean }) => ref.controller)
    : undefined;
  const ownerName = z.object({ name: z.string() }).safeParse(owner);
  const named = ownerName.success ? { ownerName: ownerName.data.name } : {};
  try {
    return { metadata, ...named, facts: readWorkflow(object, bucket) };
  } catch {
    return {
      metadata,
      ...named,
      problem: 'it has not the shape of a Workflow',
    };
  }
}

export function toCachedApproval(raw: unknown): CachedApproval {
  const object = slim(raw);
  const parsed = agentApprovalSchema.safeParse(object);
  if (!parsed.success) return { metadata: metaOf(object) };
  const approval = parsed.data;
  return {
    metadata: metaOf(object),
    workloadKey: `${approval.metadata.namespace}/${approval.spec.workloadRef.name}`,
    approval,
  };
}
