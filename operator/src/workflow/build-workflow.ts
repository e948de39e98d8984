import {
  AGENT_WORKLOAD,
  API_VERSION,
  ARGO_API_VERSION,
  entityLabelValue,
  LABELS,
  parseDuration,
  WORKFLOW_PARAMETERS,
  type AgentWorkloadSpec,
  type AgentWorkloadStatus,
  type Baseline,
  type EvidenceRecord,
  type UnfitBaseline,
  type HostRules,
} from '@agentworkloads/api';
import { sha256Hex } from './hash';

export interface MadeWorkflow extends Record<string, unknown> {
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    ownerReferences: object[];
  };
  spec: Record<string, unknown>;
}

/** By which a controller with `instanceID` knows its Workflows; others pass them by. */
export const INSTANCE_ID_LABEL = 'workflows.argoproj.io/controller-instanceid';

export interface WorkflowOwner {
  name: string;
  namespace: string;
  uid: string;
}

/**
 * Argo expands `{{…}}` wherever a parameter's text ends up, `{{=…}}` even as an expression. What
 * a person typed must stay text, so the braces are moved apart.
 */
export function withoutTemplateTags(text: string): string {
  return text.replace(/\{(?=\{)/g, '{ ');
}

/** The same as JSON, without loss: two braces in a row stand in a JSON string only, where `\u007b` is a brace. */
function jsonWithoutTemplateTags(value: unknown): string {
  return JSON.stringify(value).replace(/\{(?=\{)/g, '\\u007b');
}

/** Without an answer on record nothing may be visited. */
const NO_HOSTS: HostRules = { allow: [], deny: ['*'] };

function hostRules({ allow, deny }: HostRules): string {
  return jsonWithoutTemplateTags({ allow, deny });
}

/** Field by field, for the text must be the same however the API server sorts a status. */
function baselineJson(baseline: Baseline): string {
  const { name, workflowUid, completedAt, seenAt, artifacts } = baseline;
  const [manifest, facts] = [artifacts.manifest, artifacts.facts].map(
    ({ bucket, key, sha256 }) => ({ bucket, key, sha256 }),
  );
  return jsonWithoutTemplateTags({
    name,
    workflowUid,
    completedAt,
    ...(seenAt ? { seenAt } : {}),
    artifacts: { manifest, facts },
  });
}

/** What the steps are told of the earlier run; undefined where there is none. */
function baselineText({
  baseline,
  unfitBaseline,
}: StartRecord): string | undefined {
  if (baseline) return baselineJson(baseline);
  return (
    unfitBaseline &&
    jsonWithoutTemplateTags({
      name: unfitBaseline.name,
      unfit: unfitBaseline.unfit,
    })
  );
}

/** Field by field, as the baseline is. */
function evidenceJson(evidence: EvidenceRecord): string {
  const { name, workflowUid, seenAt, seenIn, seenInWorkflow, artifacts } =
    evidence;
  const { bucket, key, sha256 } = artifacts.manifest;
  return jsonWithoutTemplateTags({
    name,
    workflowUid,
    seenAt,
    seenIn,
    seenInWorkflow,
    artifacts: { manifest: { bucket, key, sha256 } },
  });
}

/** What was recorded at the start and decides what is made, so that it is made the same each time. */
export interface StartRecord {
  /** As policy `start` answered them. */
  egress?: HostRules;
  longestGateSeconds?: number;
  baseline?: Baseline;
  unfitBaseline?: UnfitBaseline;
  evidenceFrom?: EvidenceRecord;
}

export function startRecordOf(
  status: AgentWorkloadStatus | undefined,
): StartRecord {
  const { policy, baseline, unfitBaseline, evidenceFrom } = status ?? {};
  const { egress, longestGateSeconds } = policy?.start ?? {};
  return { egress, longestGateSeconds, baseline, unfitBaseline, evidenceFrom };
}

/** A label value is at most 63 long; a longer name is left out, the uid label is what counts. */
function nameLabel(name: string): Record<string, string> {
  return name.length <= 63 ? { [LABELS.workloadName]: name } : {};
}

/**
 * Milliseconds after which Argo ends a run of which the operator sees nothing: all its work, and the longest that its
 * gate can be open once people have extended it.
 */
export function longestRun(
  { execution, suspendGate }: AgentWorkloadSpec['timeouts'],
  { longestGateSeconds = 0 }: StartRecord,
): number {
  const gate = Math.max(parseDuration(suspendGate), longestGateSeconds * 1000);
  return parseDuration(execution) + gate;
}

/**
 * The Workflow of a workload, whole: made from the WorkflowTemplate, owned by the workload (so that
 * it goes when the workload goes) and in the same namespace, since owners don't cross namespaces.
 * @param name as it was recorded in status before
 * @param bucket of the artifact repository
 * @param instanceId of the Argo controller that is to take it; empty for one without
 */
export function buildWorkflow(
  name: string,
  owner: WorkflowOwner,
  spec: AgentWorkloadSpec,
  bucket: string,
  start: StartRecord = {},
  instanceId = '',
): MadeWorkflow {
  const { egress = NO_HOSTS } = start;
  const baseline = baselineText(start);
  const entity = spec.entityRef && entityLabelValue(spec.entityRef, sha256Hex);
  const parameters: Record<string, string> = {
    ...Object.fromEntries(
      Object.entries(spec.parameters).map(([name, value]) => [
        name,
        withoutTemplateTags(value),
      ]),
    ),
    [WORKFLOW_PARAMETERS.jobId]: `${owner.namespace}/${owner.name}`,
    [WORKFLOW_PARAMETERS.targetUrls]: jsonWithoutTemplateTags(spec.targetUrls),
    [WORKFLOW_PARAMETERS.objective]: withoutTemplateTags(spec.objective),
    [WORKFLOW_PARAMETERS.bucket]: bucket,
    [WORKFLOW_PARAMETERS.egressRules]: hostRules(egress),
    // Only where there is something to say: a template without the parameter runs as before.
    ...(spec.follow === 'pricing' && {
      [WORKFLOW_PARAMETERS.follow]: spec.follow,
    }),
    ...(entity && { [WORKFLOW_PARAMETERS.entity]: entity }),
    ...(baseline && {
      [WORKFLOW_PARAMETERS.baseline]: baseline,
    }),
    ...(start.evidenceFrom && {
      [WORKFLOW_PARAMETERS.evidenceFrom]: evidenceJson(start.evidenceFrom),
    }),
  };
  return {
    apiVersion: ARGO_API_VERSION,
    kind: 'Workflow',
    metadata: {
      name,
      namespace: owner.namespace,
      labels: {
        [LABELS.workloadUid]: owner.uid,
        ...nameLabel(owner.name),
        ...(instanceId ? { [INSTANCE_ID_LABEL]: instanceId } : {}),
      },
      ownerReferences: [
        {
          apiVersion: API_VERSION,
          kind: AGENT_WORKLOAD.kind,
          name: owner.name,
          uid: owner.uid,
          controller: true,
        },
      ],
    },
    spec: {
      workflowTemplateRef: {
        name: spec.workflowTemplateRef.name,
        ...(spec.workflowTemplateRef.clusterScope
          ? { clusterScope: true }
          : {}),
      },
      activeDeadlineSeconds: Math.ceil(longestRun(spec.timeouts, start) / 1000),
      arguments: {
        parameters: Object.entries(parameters).map(([name, value]) => ({
          name,
          value,
        })),
      },
    },
  };
}
