import { podName } from '../spec/names';
import type { Container, Template } from '../spec/schema';
import {
  ANNOTATIONS,
  LABELS,
  MAIN_CONTAINER,
  type NodeStatus,
  type Pod,
  type StepIo,
} from './model';
import type { Operation } from './operation';

/** Seconds a Pod may run: the rest of the Workflow's time or the template's own, whichever is less. */
function activeDeadline(
  operation: Operation,
  template: Template,
): number | undefined {
  const left =
    operation.deadline &&
    Math.floor((operation.deadline.getTime() - operation.now.getTime()) / 1000);
  const limits = [left, template.activeDeadlineSeconds].filter(
    (limit): limit is number => limit !== undefined,
  );
  return limits.length ? Math.max(1, Math.min(...limits)) : undefined;
}

/** The Pod of one attempt. Argo's has helper containers beside `main`; here the runner does their work. */
export function buildPod(
  operation: Operation,
  node: NodeStatus,
  template: Template,
  container: Container,
): Pod {
  const { metadata } = operation.workflow;
  const io: StepIo = {
    inputs: template.inputs,
    outputs: template.outputs,
    repository: operation.status.artifactRepositoryRef,
  };
  const deadline = activeDeadline(operation, template);
  const { podMetadata, volumes, serviceAccountName } = operation.spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(metadata.name, node.name, template.name),
      namespace: metadata.namespace,
      labels: {
        ...podMetadata?.labels,
        ...template.metadata?.labels,
        [LABELS.workflow]: metadata.name,
        [LABELS.completed]: 'false',
      },
      annotations: {
        ...podMetadata?.annotations,
        ...template.metadata?.annotations,
        [ANNOTATIONS.nodeId]: node.id,
        [ANNOTATIONS.nodeName]: node.name,
        [ANNOTATIONS.defaultContainer]: MAIN_CONTAINER,
        [ANNOTATIONS.template]: JSON.stringify(io),
      },
      ownerReferences: [
        {
          apiVersion: operation.workflow.apiVersion,
          kind: operation.workflow.kind,
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      restartPolicy: 'Never',
      ...(serviceAccountName ? { serviceAccountName } : {}),
      ...(deadline ? { activeDeadlineSeconds: deadline } : {}),
      volumes: (volumes ?? []).map(({ name }) => ({ name, emptyDir: {} })),
      containers: [
        {
          name: MAIN_CONTAINER,
          image: container.image,
          command: container.command,
          ...(container.args ? { args: container.args } : {}),
          ...(container.env ? { env: container.env } : {}),
          ...(container.envFrom ? { envFrom: container.envFrom } : {}),
          ...(container.volumeMounts
            ? { volumeMounts: container.volumeMounts }
            : {}),
        },
      ],
    },
  };
}
