import {
  agentWorkloadSchema,
  API_VERSION,
  evidenceOf,
  type AgentWorkload,
  type AgentWorkloadSpecInput,
  type AgentWorkloadStatus,
  type GateStatus,
  type TemplateStatus,
} from '@agentworkloads/api';
import { CANONICAL_FORM } from '../../src/workflow/canonical';
import {
  buildWorkflow,
  startRecordOf,
} from '../../src/workflow/build-workflow';
import { sha256Hex } from '../../src/workflow/hash';
import { expectedPin, pinTemplate } from '../../src/workflow/pinned-spec';
import { TEMPLATE, TEMPLATE_META } from './template';

export const NOW = new Date('2026-03-02T10:00:00Z');
export const WORKLOAD_UID = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
export const WORKFLOW_UID = 'f0e1d2c3-b4a5-9687-7869-5a4b3c2d1e0f';
export const WORKFLOW_NAME = 'weekly-0a1b2c3d4e';
/** Of the manifest, shots and facts that `aWorkflow().evidence()` has. */
export const EVIDENCE = evidenceOf(
  ['manifest', 'shots', 'facts'].map(name => [name, sha256Hex(name)] as const),
  sha256Hex,
);
export const GATE_NODE = 'weekly-0a1b2c3d4e-111';

/** `NOW` plus so many seconds. */
export function at(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

export function iso(seconds: number): string {
  return at(seconds)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
}

/** What is recorded of the template before the Workflow is made. */
function pinOf({ metadata, spec, status }: AgentWorkload): TemplateStatus {
  const { namespace: _namespace, ...meta } = TEMPLATE_META;
  const recorded = startRecordOf(status);
  const made = buildWorkflow('', metadata, spec, 'bucket', recorded);
  return {
    ...meta,
    form: CANONICAL_FORM,
    sha256: pinTemplate(TEMPLATE).sha256,
    expectedSha256: expectedPin(made.spec, TEMPLATE, {}).sha256,
  };
}

/** Reads like the resource: `aWorkload().fourEyes().started().build()`. */
export class WorkloadBuilder {
  private spec: AgentWorkloadSpecInput = {
    objective: 'What do they charge?',
    targetUrls: ['https://acme.example/pricing'],
    requestedBy: { username: 'bob' },
  };
  private status: AgentWorkloadStatus | undefined;
  private isPinned = false;
  private metadata: Record<string, unknown> = {
    name: 'weekly',
    namespace: 'agentworkloads',
    uid: WORKLOAD_UID,
    generation: 1,
    resourceVersion: '7',
    creationTimestamp: iso(-60),
  };

  withSpec(spec: Partial<AgentWorkloadSpecInput>): this {
    this.spec = { ...this.spec, ...spec };
    return this;
  }

  withMetadata(metadata: Record<string, unknown>): this {
    this.metadata = { ...this.metadata, ...metadata };
    return this;
  }

  withStatus(status: Partial<AgentWorkloadStatus>): this {
    this.status = { ...this.status, ...status };
    return this;
  }

  cancelled(cancelledBy?: AgentWorkloadSpecInput['cancelledBy']): this {
    return this.withSpec({ cancel: true, ...(cancelledBy && { cancelledBy }) });
  }

  /** As an operator wrote it that did not know templates. */
  ofAnOlderOperator(): this {
    this.isPinned = false;
    return this;
  }

  allowed(gate: Partial<GateStatus> = {}): this {
    this.isPinned = true;
    return this.withStatus({
      phase: 'Pending',
      policy: { start: { decision: 'allow', reasons: [], revision: 'r1' } },
      gate: { mode: 'human', fourEyes: false, ...gate },
      workflowNames: [WORKFLOW_NAME],
    });
  }

  /** The Workflow was made `seconds` before NOW. */
  started(seconds = 60, gate: Partial<GateStatus> = {}): this {
    return this.allowed(gate).withStatus({
      phase: 'Running',
      argoWorkflow: {
        name: WORKFLOW_NAME,
        namespace: 'agentworkloads',
        uid: WORKFLOW_UID,
        startedAt: iso(-seconds),
      },
    });
  }

  /** The gate is open and undecided; its time ends 20 minutes after NOW. */
  waiting(gate: Partial<GateStatus> = {}): this {
    return this.started(120).withStatus({
      phase: 'AwaitingApproval',
      policy: {
        start: { decision: 'allow', reasons: [], revision: 'r1' },
        gate: { decision: 'hold', reasons: ['a person decides'] },
      },
      gate: {
        mode: 'human',
        fourEyes: false,
        nodeId: GATE_NODE,
        evidence: EVIDENCE,
        openedAt: iso(-10),
        deadline: iso(20 * 60),
        ...gate,
      },
    });
  }

  build(): AgentWorkload {
    const workload = agentWorkloadSchema.parse({
      apiVersion: API_VERSION,
      kind: 'AgentWorkload',
      metadata: this.metadata,
      spec: this.spec,
      status: this.status,
    });
    if (!this.isPinned || !workload.status) return workload;
    const template = { ...pinOf(workload), ...workload.status.template };
    return { ...workload, status: { ...workload.status, template } };
  }
}

export function aWorkload(): WorkloadBuilder {
  return new WorkloadBuilder();
}
