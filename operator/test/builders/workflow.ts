import { ARGO_API_VERSION, API_VERSION } from '@agentworkloads/api';
import { buildWorkflow } from '../../src/workflow/build-workflow';
import { storedSpec } from './template';
import type { WorkflowFacts } from '../../src/workflow/facts';
import { sha256Hex } from '../../src/workflow/hash';
import { readWorkflow } from '../../src/workflow/read-workflow';
import {
  aWorkload,
  EVIDENCE,
  GATE_NODE,
  iso,
  WORKFLOW_NAME,
  WORKFLOW_UID,
} from './workload';

type Node = Record<string, unknown>;

export const SUMMARY = {
  pages: 3,
  observed: 2,
  notObserved: [],
  notObservedTotal: 1,
  facts: 12,
  changes: 4,
  compared: { price: 2, plan: 1, terms: 0, other: 1, notCompared: 2 },
  hosts: ['acme.example'],
  hostsComplete: true,
};

export const REPORTS = ['report-md', 'report-html', 'report-json'];

/** Output parameter `digests`; the hash of an artifact is that of its name. */
export function digestsOf(...names: string[]) {
  const digests = Object.fromEntries(
    names.map(name => [name, sha256Hex(name)]),
  );
  return { name: 'digests', value: JSON.stringify(digests) };
}

/** What a step puts out: artifacts with their digests, and further parameters. */
function outputs(
  names: string[],
  parameters: { name: string; value: string }[] = [],
) {
  return {
    outputs: {
      artifacts: names.map(name => ({
        name,
        s3: { key: `runs/${WORKFLOW_UID}/${name}` },
      })),
      parameters: [
        digestsOf(...names.filter(name => !name.endsWith('-logs'))),
        ...parameters,
      ],
    },
  };
}

/** What the operator makes of `aWorkload()`. */
const MADE = buildWorkflow(
  WORKFLOW_NAME,
  aWorkload().build().metadata,
  aWorkload().build().spec,
  'bucket',
);

/** A Workflow as Argo writes it, moved through its life step by step. */
export class WorkflowBuilder {
  private readonly nodes = new Map<string, Node>();
  private status: Record<string, unknown> = {};
  private spec: Record<string, unknown> = MADE.spec;
  private metadata: Record<string, unknown> = {
    name: WORKFLOW_NAME,
    namespace: 'agentworkloads',
    uid: WORKFLOW_UID,
    resourceVersion: '11',
    creationTimestamp: iso(-60),
    labels: MADE.metadata.labels,
    ownerReferences: MADE.metadata.ownerReferences,
  };

  withMetadata(metadata: Record<string, unknown>): this {
    this.metadata = { ...this.metadata, ...metadata };
    return this;
  }

  withStatus(status: Record<string, unknown>): this {
    this.status = { ...this.status, ...status };
    return this;
  }

  withSpec(spec: Record<string, unknown>): this {
    this.spec = { ...this.spec, ...spec };
    return this;
  }

  ownedBy(uid: string): this {
    return this.withMetadata({
      ownerReferences: [
        {
          apiVersion: API_VERSION,
          kind: 'AgentWorkload',
          name: 'other',
          uid,
          controller: true,
        },
      ],
    });
  }

  phase(phase: string, rest: Record<string, unknown> = {}): this {
    return this.withStatus({ phase, startedAt: iso(-60), ...rest });
  }

  node(id: string, node: Node): this {
    this.nodes.set(id, {
      id,
      name: `${WORKFLOW_NAME}.${id}`,
      displayName: id,
      ...node,
    });
    return this;
  }

  /** A step of the DAG that is tried once. */
  step(name: string, phase: string, rest: Node = {}): this {
    return this.node(name, {
      type: phase === 'Omitted' || phase === 'Skipped' ? 'Skipped' : 'Pod',
      phase,
      startedAt: iso(-50),
      ...(phase === 'Running' || phase === 'Pending'
        ? { finishedAt: null }
        : { finishedAt: iso(-40) }),
      ...rest,
    });
  }

  /** scrape, screenshot and dom are done, with their artifacts and the summary. */
  evidence(): this {
    return this.phase('Running')
      .step('scrape', 'Succeeded', outputs(['manifest', 'main-logs']))
      .step('screenshot', 'Succeeded', outputs(['shots']))
      .step(
        'dom',
        'Succeeded',
        outputs(
          ['facts'],
          [{ name: 'summary', value: JSON.stringify(SUMMARY) }],
        ),
      );
  }

  gate(phase: string, rest: Node = {}): this {
    return this.node(GATE_NODE, {
      name: `${WORKFLOW_NAME}.gate`,
      displayName: 'gate',
      type: 'Suspend',
      phase,
      startedAt: iso(-30),
      ...(phase === 'Running' ? {} : { finishedAt: iso(-1) }),
      ...rest,
    });
  }

  atGate(): this {
    return this.evidence().gate('Running', {
      outputs: {
        parameters: [
          {
            name: 'decision',
            valueFrom: { supplied: {}, default: 'timed-out' },
          },
        ],
      },
    });
  }

  passedGate(value = 'approve'): this {
    return this.evidence().gate('Succeeded', {
      outputs: {
        parameters: [
          { name: 'decision', value },
          { name: 'evidence', value: EVIDENCE },
        ],
      },
    });
  }

  completed(): this {
    return this.passedGate()
      .step(
        'synthesis',
        'Succeeded',
        outputs(REPORTS, [{ name: 'evidence', value: EVIDENCE }]),
      )
      .phase('Succeeded', { finishedAt: iso(-1) });
  }

  raw(): Record<string, unknown> {
    const begun = this.nodes.size > 0 || this.status.phase === 'Succeeded';
    const status = {
      ...(begun ? { storedWorkflowTemplateSpec: storedSpec(this.spec) } : {}),
      ...this.status,
      ...(this.nodes.size ? { nodes: Object.fromEntries(this.nodes) } : {}),
    };
    return {
      apiVersion: ARGO_API_VERSION,
      kind: 'Workflow',
      metadata: this.metadata,
      spec: this.spec,
      ...(Object.keys(status).length ? { status } : {}),
    };
  }

  facts(bucket = 'agentworkloads'): WorkflowFacts {
    return readWorkflow(this.raw(), bucket);
  }
}

export function aWorkflow(): WorkflowBuilder {
  return new WorkflowBuilder();
}
