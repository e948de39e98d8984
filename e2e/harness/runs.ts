import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type AgentWorkload,
  agentWorkloadSchema,
  type ArtifactRef,
  isFinalPhase,
  type Phase,
  type Report,
} from '@agentworkloads/api';
import { parse } from 'yaml';
import { Kube, KubeObject, Person } from './kube';
import { root } from './root';

export const ALICE: Person = {
  user: 'alice',
  groups: ['agentworkloads:approvers'],
};
export const BOB: Person = {
  user: 'bob',
  groups: ['agentworkloads:requesters'],
};

export const sleep = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

/** Repeats `probe` until it gives a value; fails with what it was waiting for. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value as T;
    if (Date.now() > end)
      throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await sleep(100);
  }
}

/** One of the shipped examples, under a name of its own. */
export function example(file: string, name: string): KubeObject {
  const object = parse(
    readFileSync(path.join(root, 'examples', `${file}.yaml`), 'utf8'),
  ) as KubeObject;
  return { ...object, metadata: { ...object.metadata, name } };
}

let counter = 0;

/** A run on one ground, seen from outside: through the Kubernetes API alone. */
export class Run {
  private constructor(private readonly kube: Kube, readonly name: string) {}

  static async start(
    kube: Kube,
    file: string,
    options: { spec?: Record<string, unknown>; as?: Person } = {},
  ): Promise<Run> {
    counter += 1;
    const object = example(
      file,
      `${file}-${Date.now().toString(36)}-${counter}`,
    );
    await kube.create(
      'agentworkloads',
      {
        ...object,
        metadata: { ...object.metadata, namespace: kube.namespace },
        spec: { ...object.spec, ...options.spec },
      },
      options.as,
    );
    return new Run(kube, object.metadata.name);
  }

  /** A run that was started before; after a restart the old client is of no use. */
  static existing(kube: Kube, name: string): Run {
    return new Run(kube, name);
  }

  async workload(): Promise<AgentWorkload> {
    return agentWorkloadSchema.parse(
      await this.kube.get('agentworkloads', this.name),
    );
  }

  async workflow(): Promise<KubeObject | undefined> {
    const { metadata } = await this.workload();
    const found = await this.kube.list(
      'workflows',
      `agentworkloads.io/workload-uid=${metadata.uid}`,
    );
    if (found.length > 1)
      throw new Error(`${found.length} Workflows for one workload`);
    return found[0];
  }

  /** Waits for a phase; a final phase that is another one fails at once, with its message. */
  async until(phase: Phase, timeoutMs = 120_000): Promise<AgentWorkload> {
    return eventually(
      `${this.name} to be ${phase}`,
      async () => {
        const workload = await this.workload();
        const now = workload.status?.phase;
        if (now === phase) return workload;
        if (isFinalPhase(now))
          throw new Error(
            `${this.name} ended as ${now}, not ${phase}: ${workload.status?.message}`,
          );
        return undefined;
      },
      timeoutMs,
    );
  }

  /** Its report, from the storage of the ground that it ran on. */
  async report(objects: {
    json<T>(ref: ArtifactRef): Promise<T>;
  }): Promise<Report> {
    const { status } = await this.workload();
    const ref = status?.workflowArtifacts?.['report-json'];
    if (!ref)
      throw new Error(`${this.name} has no report; it is ${status?.phase}`);
    return objects.json<Report>(ref);
  }

  async approval(
    decision: 'approve' | 'deny' | 'extend',
    person: Person,
    comment: string,
    more: { extendTo?: string } = {},
  ): Promise<object> {
    const workload = await this.workload();
    return {
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind: 'AgentApproval',
      metadata: {
        generateName: `${this.name}-`,
        namespace: workload.metadata.namespace,
      },
      spec: {
        workloadRef: { name: this.name, uid: workload.metadata.uid },
        gate: {
          workflowUid: workload.status?.argoWorkflow?.uid ?? 'none',
          nodeId: workload.status?.gate?.nodeId ?? 'none',
        },
        decision,
        comment,
        ...(decision === 'approve'
          ? { evidence: workload.status?.gate?.evidence ?? 'none' }
          : {}),
        ...more,
        approver: { username: person.user },
      },
    };
  }

  async decide(
    decision: 'approve' | 'deny',
    person = ALICE,
    comment = 'seen',
  ): Promise<KubeObject> {
    return this.kube.create(
      'agentapprovals',
      await this.approval(decision, person, comment),
      person,
    );
  }

  /** More time at the gate that is open. */
  async extend(extendTo: string, person = ALICE): Promise<KubeObject> {
    return this.kube.create(
      'agentapprovals',
      await this.approval('extend', person, 'more time', { extendTo }),
      person,
    );
  }

  async cancel(): Promise<void> {
    await this.kube.mergePatch('agentworkloads', this.name, {
      spec: { cancel: true },
    });
  }

  /** Condition `type` as `Status/Reason`, or undefined. */
  async condition(type: string): Promise<string | undefined> {
    const { status } = await this.workload();
    const found = status?.conditions?.find(one => one.type === type);
    return found && `${found.status}/${found.reason}`;
  }

  async stepRan(step: string): Promise<boolean> {
    const { status } = await this.workload();
    const row = status?.steps?.find(one => one.name === step);
    return (
      row !== undefined &&
      !['Pending', 'Skipped', 'Omitted'].includes(row.phase)
    );
  }

  async eventReasons(): Promise<string[]> {
    const events = await this.kube.list('events');
    return events
      .filter(
        event =>
          (event.regarding as { name?: string } | undefined)?.name ===
          this.name,
      )
      .map(event => String(event.reason));
  }
}
