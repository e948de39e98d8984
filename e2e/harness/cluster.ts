import { execSync } from 'node:child_process';
import { Kube, type KubeObject } from './kube';
import { ObjectStore, type ObjectStoreOptions } from './objects';
import { eventually } from './runs';

export const WORKLOADS = 'agentworkloads';
export const SYSTEM = 'agentworkloads-system';
export const SERVICES = 'shared-services';

export type Scaled = 'deployments' | 'statefulsets';

/** The cluster that KUBECONFIG names, with the product installed as `deploy/overlays/ci` does. */
export class Cluster {
  readonly kube: Kube;
  readonly file: string;

  constructor(file = process.env.KUBECONFIG) {
    if (!file) throw new Error('KUBECONFIG names no cluster');
    this.file = file;
    this.kube = new Kube(file, WORKLOADS);
  }

  close(): void {
    this.kube.close();
  }

  /**
   * The bucket, at the Service's own address: this machine is the node. Elsewhere forward the port
   * and say so in E2E_S3_ENDPOINT.
   */
  async objects(): Promise<ObjectStore> {
    return new ObjectStore(await this.artifacts());
  }

  /** How the bucket of {@link objects} is reached, with its keys. */
  async artifacts(): Promise<ObjectStoreOptions> {
    const secret = await this.secret('minio-credentials');
    return {
      endpoint:
        process.env.E2E_S3_ENDPOINT ??
        `http://${await this.ipOf('minio')}:9000`,
      region: 'us-east-1',
      accessKey: secret.MINIO_ROOT_USER,
      secretKey: secret.MINIO_ROOT_PASSWORD,
      bucket: 'agentworkloads',
    };
  }

  /** The values of a Secret, decoded. */
  async secret(
    name: string,
    namespace = SERVICES,
  ): Promise<Record<string, string>> {
    const { data } = await this.kube.get<{ data: Record<string, string> }>(
      'secrets',
      name,
      namespace,
    );
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString('utf8'),
      ]),
    );
  }

  /** Where the node, which this machine is, reaches a shared service. */
  async ipOf(service: string): Promise<string> {
    const { spec } = await this.kube.get('services', service, SERVICES);
    return String(spec?.clusterIP);
  }

  /** How many replicas a workload of the cluster is to have. */
  async replicas(
    plural: Scaled,
    name: string,
    namespace: string,
  ): Promise<number> {
    const path = `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`;
    const { spec } = await this.kube.request('GET', path);
    return Number(spec?.replicas);
  }

  /** Sets the replicas of a workload of the cluster and waits until it is so. */
  async scale(
    plural: Scaled,
    name: string,
    namespace: string,
    replicas: number,
  ): Promise<void> {
    const path = `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`;
    await this.kube.request('PATCH', path, {
      body: { spec: { replicas } },
      contentType: 'application/merge-patch+json',
    });
    await eventually(
      `${name} to have ${replicas} replicas`,
      async () => {
        const { status = {} } = await this.kube.request('GET', path);
        const pods = await this.kube.list(
          'pods',
          `app.kubernetes.io/name=${name}`,
          namespace,
        );
        return (
          Number(status.readyReplicas ?? 0) === replicas &&
          pods.length === replicas
        );
      },
      240_000,
    );
  }

  /** Pods of one step of a Workflow, those of its retries too. */
  async podsOf(workflow: KubeObject, step: string): Promise<KubeObject[]> {
    const pods = await this.kube.list(
      'pods',
      `workflows.argoproj.io/workflow=${workflow.metadata.name}`,
    );
    return pods.filter(pod =>
      pod.metadata.name.startsWith(`${workflow.metadata.name}-${step}-`),
    );
  }

  logOf({ metadata }: KubeObject, container: string): Promise<string> {
    return this.kube.request<string>(
      'GET',
      `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/log?container=${container}`,
      { asText: true },
    );
  }

  /** A token as the kubelet gives one to that pod. */
  async tokenOfPod(pod: KubeObject): Promise<string> {
    const { metadata, spec } = pod;
    const account = String(spec?.serviceAccountName);
    const answer = await this.kube.request<{ status: { token: string } }>(
      'POST',
      `/api/v1/namespaces/${WORKLOADS}/serviceaccounts/${account}/token`,
      {
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: {
            expirationSeconds: 600,
            boundObjectRef: {
              kind: 'Pod',
              apiVersion: 'v1',
              name: metadata.name,
              uid: metadata.uid,
            },
          },
        },
        // Nobody else may ask for one of the steps' account.
        as: {
          user: 'e2e-kubelet',
          groups: ['system:masters', 'system:nodes'],
        },
      },
    );
    return answer.status.token;
  }
}

/** Argo's controller is not always a Deployment: whoever runs the tests says how to stop and start it. */
export const argo = {
  stop: process.env.E2E_STOP_ARGO,
  start: process.env.E2E_START_ARGO,
};

export function shell(command: string): void {
  execSync(command, { stdio: 'ignore', timeout: 120_000 });
}

export interface WorkflowNode {
  id: string;
  displayName: string;
  type: string;
  phase: string;
  startedAt?: string;
  finishedAt?: string;
  message?: string;
  outputs?: { parameters?: { name: string; value?: string }[] };
}

export function nodesOf(workflow: KubeObject | undefined): WorkflowNode[] {
  return Object.values(
    (workflow?.status?.nodes ?? {}) as Record<string, WorkflowNode>,
  );
}

/** The node of a step; with retries the one that stands for all of them. */
export function nodeOf(
  workflow: KubeObject | undefined,
  step: string,
): WorkflowNode | undefined {
  return nodesOf(workflow).find(node => node.displayName === step);
}

/** How each try of a step ended, the first one first. */
export function triesOf(
  workflow: KubeObject | undefined,
  step: string,
): string[] {
  const pattern = new RegExp(`^${step}\\((\\d+)\\)$`);
  return nodesOf(workflow)
    .map(node => ({ node, number: pattern.exec(node.displayName)?.[1] }))
    .filter(({ number }) => number !== undefined)
    .sort((a, b) => Number(a.number) - Number(b.number))
    .map(({ node }) => node.phase);
}

export function conditionsOf(
  object: KubeObject,
): { type: string; status: string; reason: string; message: string }[] {
  return (object.status?.conditions ?? []) as never;
}
