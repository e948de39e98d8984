/** A kind's place in the API: `/api/v1/…` when `group` is empty. */
export interface Resource {
  group: string;
  version: string;
  plural: string;
}

export const RESOURCES = {
  workflows: { group: 'argoproj.io', version: 'v1alpha1', plural: 'workflows' },
  workflowTemplates: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'workflowtemplates',
  },
  clusterWorkflowTemplates: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'clusterworkflowtemplates',
  },
  pods: { group: '', version: 'v1', plural: 'pods' },
  configMaps: { group: '', version: 'v1', plural: 'configmaps' },
  secrets: { group: '', version: 'v1', plural: 'secrets' },
} as const satisfies Record<string, Resource>;

export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject;
}

export interface ObjectName {
  namespace?: string;
  name: string;
}

/** An answer of the API server that is not a success. */
export class KubeError extends Error {
  readonly name = 'KubeError';

  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** What the engine asks of the Kubernetes API; all answers are unparsed objects. */
export interface KubePort {
  /** @returns undefined when there is no such object */
  get(resource: Resource, name: ObjectName): Promise<KubeObject | undefined>;
  list(
    resource: Resource,
    labelSelector?: string,
  ): Promise<{ items: KubeObject[]; resourceVersion: string }>;
  create(resource: Resource, object: KubeObject): Promise<KubeObject>;
  /** Refused with 409 when `metadata.resourceVersion` is not the newest. */
  replace(resource: Resource, object: KubeObject): Promise<KubeObject>;
  mergePatch(
    resource: Resource,
    name: ObjectName,
    patch: unknown,
    subresource?: 'status',
  ): Promise<KubeObject>;
  /** Deleting what is gone already is no error. */
  remove(resource: Resource, name: ObjectName, uid?: string): Promise<void>;
  /** Ends without an error when the server closes the stream. */
  watch(
    resource: Resource,
    options: {
      resourceVersion: string;
      labelSelector?: string;
      signal: AbortSignal;
    },
    onEvent: (event: WatchEvent) => void,
  ): Promise<void>;
}
