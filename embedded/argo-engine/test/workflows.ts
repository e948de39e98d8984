import type { Pod, Workflow } from '../src/core/model';
import type { Observed } from '../src/core/next';

export const UID = '11111111-2222-3333-4444-555555555555';
export const START = new Date('2026-01-05T10:00:00Z');

export const after = (seconds: number) =>
  new Date(START.getTime() + seconds * 1000);

/** A Workflow as the API gives it out before any controller saw it. */
export function workflow(spec: unknown, name = 'run'): Workflow {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name,
      namespace: 'agentworkloads',
      uid: UID,
      resourceVersion: '1',
      creationTimestamp: '2026-01-05T09:59:59Z',
    },
    spec,
  };
}

/** A container template with one mount, `/work`. */
export function step(name: string, extra: object = {}) {
  return {
    name,
    container: {
      image: 'agentworkloads/agents:1',
      command: ['node', '/app/main.mjs'],
      args: [name],
      volumeMounts: [{ name: 'work', mountPath: '/work' }],
    },
    ...extra,
  };
}

export function dag(tasks: object[], templates: object[], extra: object = {}) {
  return {
    entrypoint: 'main',
    volumes: [{ name: 'work', emptyDir: {} }],
    templates: [{ name: 'main', dag: { tasks } }, ...templates],
    ...extra,
  };
}

export const gate = {
  name: 'gate',
  inputs: {
    parameters: [
      {
        name: 'decision',
        default: 'timed-out',
        enum: ['approve', 'deny', 'timed-out'],
      },
    ],
  },
  suspend: {},
  outputs: {
    parameters: [
      {
        name: 'decision',
        valueFrom: { supplied: {}, default: 'timed-out' },
      },
    ],
  },
};

export function observed(pods: Pod[] = [], extra: object = {}): Observed {
  return {
    pods,
    checkImage: () => undefined,
    artifactRepository: { kind: 'found', ref: { default: true } },
    ...extra,
  };
}

export const running = (pod: Pod): Pod => ({
  ...pod,
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'main', state: { running: {} } }],
  },
});

/** The Pod after its step has exited. */
export function exited(pod: Pod, exitCode: number, at: Date, outputs?: object) {
  const finishedAt = `${at.toISOString().slice(0, 19)}Z`;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      annotations: {
        ...pod.metadata.annotations,
        ...(outputs
          ? { 'workflows.argoproj.io/outputs': JSON.stringify(outputs) }
          : {}),
      },
    },
    status: {
      phase: exitCode === 0 ? 'Succeeded' : 'Failed',
      containerStatuses: [
        {
          name: 'main',
          state: {
            terminated: {
              exitCode,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              finishedAt,
            },
          },
        },
      ],
    },
  } as Pod;
}
