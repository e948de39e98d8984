import type { Arguments, WorkflowSpec } from '../spec/schema';

/** Kubernetes object metadata as far as the engine reads and writes it. */
export interface ObjectMeta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export type NodePhase =
  | 'Pending'
  | 'Running'
  | 'Succeeded'
  | 'Skipped'
  | 'Failed'
  | 'Error'
  | 'Omitted';

export type NodeType = 'DAG' | 'Retry' | 'Pod' | 'Suspend' | 'Skipped';

export interface Outputs extends Arguments {
  exitCode?: string;
}

/** An entry of `status.nodes`, under Argo's names. */
export interface NodeStatus {
  id: string;
  name: string;
  displayName: string;
  type: NodeType;
  templateName?: string;
  templateScope?: string;
  phase: NodePhase;
  boundaryID?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  progress?: string;
  inputs?: Arguments;
  outputs?: Outputs;
  children?: string[];
  outboundNodes?: string[];
  nodeFlag?: { retried?: boolean };
}

export type WorkflowPhase =
  | ''
  | 'Pending'
  | 'Running'
  | 'Succeeded'
  | 'Failed'
  | 'Error';

export interface ArtifactRepositoryRef {
  default?: boolean;
  namespace?: string;
  configMap?: string;
  key?: string;
  artifactRepository?: { s3?: Record<string, unknown> };
}

export interface WorkflowStatus {
  phase?: WorkflowPhase;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  progress?: string;
  nodes?: Record<string, NodeStatus>;
  conditions?: { type: string; status: string }[];
  artifactRepositoryRef?: ArtifactRepositoryRef;
  /** The merged spec that is run; fixed when the Workflow starts, as in Argo. */
  storedWorkflowTemplateSpec?: unknown;
}

export interface Workflow {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  /** As it stands in the API; {@link WorkflowSpec} once it was read. */
  spec: unknown;
  status?: WorkflowStatus;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
}

export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  message?: string;
  reason?: string;
  startTime?: string;
  conditions?: {
    type: string;
    status: string;
    reason?: string;
    message?: string;
    lastTransitionTime?: string;
  }[];
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
}

export interface ContainerStatus {
  name: string;
  state: ContainerState;
  ready?: boolean;
  restartCount?: number;
  image?: string;
  imageID?: string;
}

export interface Pod {
  apiVersion: 'v1';
  kind: 'Pod';
  metadata: Omit<ObjectMeta, 'uid'> & { uid?: string };
  spec: PodSpec;
  status?: PodStatus;
}

export interface PodSpec {
  restartPolicy: 'Never';
  serviceAccountName?: string;
  activeDeadlineSeconds?: number;
  volumes?: { name: string; emptyDir: Record<string, unknown> }[];
  containers: PodContainer[];
}

export interface PodContainer {
  name: string;
  image: string;
  command: string[];
  args?: string[];
  env?: import('../spec/schema').EnvVar[];
  envFrom?: import('../spec/schema').Container['envFrom'];
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
}

/** What a step has to fetch and to save; travels on the Pod, as Argo's own does. */
export interface StepIo {
  inputs?: Arguments;
  outputs?: Arguments;
  /** Holds references to Secrets, never their values. */
  repository?: ArtifactRepositoryRef;
}

export const LABELS = {
  workflow: 'workflows.argoproj.io/workflow',
  completed: 'workflows.argoproj.io/completed',
  phase: 'workflows.argoproj.io/phase',
} as const;

export const ANNOTATIONS = {
  nodeId: 'workflows.argoproj.io/node-id',
  nodeName: 'workflows.argoproj.io/node-name',
  defaultContainer: 'kubectl.kubernetes.io/default-container',
  podNameFormat: 'workflows.argoproj.io/pod-name-format',
  /** JSON of {@link StepIo}. Argo puts its template there. */
  template: 'workflows.argoproj.io/template',
  /** JSON of {@link Outputs}: what the step left, written by the runner when the step has ended well. */
  outputs: 'workflows.argoproj.io/outputs',
} as const;

export const MAIN_CONTAINER = 'main';

const FULFILLED: readonly NodePhase[] = [
  'Succeeded',
  'Skipped',
  'Failed',
  'Error',
  'Omitted',
];

export function isFulfilled(node: { phase: NodePhase }): boolean {
  return FULFILLED.includes(node.phase);
}

/** Ended by having run; a Skipped or Omitted node hands its parent's phase on. */
export function isCompleted(node: { phase: NodePhase }): boolean {
  return ['Succeeded', 'Failed', 'Error'].includes(node.phase);
}

export function isFailedOrError(node: { phase: NodePhase }): boolean {
  return node.phase === 'Failed' || node.phase === 'Error';
}

export function isWorkflowDone(status: WorkflowStatus | undefined): boolean {
  return ['Succeeded', 'Failed', 'Error'].includes(status?.phase ?? '');
}

/** RFC 3339 in whole seconds, as metav1.Time is written. */
export function toTimestamp(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

export type { Arguments, WorkflowSpec };
