import { expect } from '@jest/globals';

/** Who a request is made as: a name to impersonate, or a token of its own. */
export interface Asker {
  as?: { user: string; groups?: string[] };
  token?: string;
}

export interface Request extends Asker {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{ns}` stands for the namespace of the tests. */
  path: string;
  /** `{ns}` is replaced here too. A string goes as it is. */
  body?: unknown;
  /** Default `application/json`. */
  type?: string;
}

export interface Answer {
  code: number;
  /** Of a Status that is no success. */
  reason?: string;
  message?: string;
  /** What came back; of a watch `{ events }`. */
  object: Answered;
  /** What the API server warned of, as `kubectl` prints it. */
  warnings: string;
}

/** As much of an answer's body as later requests use. */
export interface Answered {
  metadata: {
    name: string;
    uid: string;
    resourceVersion: string;
    continue?: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** What an API server must answer; `object` is what the body must have at least. */
export interface Expected {
  code: number;
  reason?: string;
  /** Words of the message. */
  says?: string;
  object?: object;
  /** Words of a warning; empty: there is none. */
  warns?: string;
}

/** A value, or how it follows from the answers so far. */
export type From<T> = T | ((given: Answer[]) => T);

/** One line of the table: after these requests, this one is answered so. */
export interface Case {
  what: string;
  /** Each must succeed. */
  given?: readonly From<Request>[];
  request: From<Request>;
  /** Sent a second after the request, which is still being answered. */
  meanwhile?: Request;
  expected: From<Expected>;
  /** A later look at what has become of it. */
  then?: { request: From<Request>; expected: From<Expected> };
  /** The answer may need some seconds: rights, policies and controllers work from caches. */
  patient?: boolean;
  /** Where the embedded server answers otherwise on purpose; see embedded/kube-api/README.md. */
  standalone?: From<Expected>;
}

export const get = (path: string, asker: Asker = {}): Request => ({
  method: 'GET',
  path,
  ...asker,
});
export const post = (
  path: string,
  body: unknown,
  asker: Asker = {},
): Request => ({ method: 'POST', path, body, ...asker });
export const put = (path: string, body: unknown): Request => ({
  method: 'PUT',
  path,
  body,
});
export const remove = (path: string, body?: unknown): Request => ({
  method: 'DELETE',
  path,
  body,
});
export const merge = (
  path: string,
  body: unknown,
  asker: Asker = {},
): Request => ({
  method: 'PATCH',
  path,
  body,
  type: 'application/merge-patch+json',
  ...asker,
});
export const jsonPatch = (path: string, body: unknown): Request => ({
  method: 'PATCH',
  path,
  body,
  type: 'application/json-patch+json',
});

/** The operator's account. Only it writes the status of our kinds. */
export const OPERATOR: Asker = {
  as: {
    user: 'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
    groups: ['system:masters'],
  },
};

export const CONFIG_MAPS = '/api/v1/namespaces/{ns}/configmaps';
export const WORKLOADS =
  '/apis/agentworkloads.io/v1alpha1/namespaces/{ns}/agentworkloads';
export const SCHEDULES =
  '/apis/agentworkloads.io/v1alpha1/namespaces/{ns}/agentworkloadschedules';
export const APPROVALS =
  '/apis/agentworkloads.io/v1alpha1/namespaces/{ns}/agentapprovals';
export const TEMPLATES =
  '/apis/argoproj.io/v1alpha1/namespaces/{ns}/workflowtemplates';
export const WORKFLOWS = '/apis/argoproj.io/v1alpha1/namespaces/{ns}/workflows';
export const DRY = '?dryRun=All';

export const configMap = (name: string, extra: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...extra },
  data: { a: '1', b: '2' },
});

const PAUSE = { entrypoint: 'a', templates: [{ name: 'a', suspend: {} }] };

/** Nothing acts on one: good for what all custom resources have in common. */
export const template = (name: string, extra: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'WorkflowTemplate',
  metadata: { name, ...extra },
  spec: PAUSE,
});

export const workflow = (name: string, labels: object, rest: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Workflow',
  metadata: { name, labels },
  spec: PAUSE,
  ...rest,
});

export const workload = (name: string, spec: object = {}) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkload',
  metadata: { name },
  spec: {
    objective: 'What does it cost?',
    targetUrls: ['https://example.com/pricing'],
    ...spec,
  },
});

export const approval = (
  name: string,
  username: string,
  spec: object = {},
) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentApproval',
  metadata: { name },
  spec: {
    workloadRef: { name: 'some-run', uid: 'u' },
    gate: { workflowUid: 'w', nodeId: 'n' },
    decision: 'approve',
    evidence: 'e'.repeat(64),
    approver: { username },
    ...spec,
  },
});

/** Refused by that policy, in words of its own. */
export const refusedBy = (name: string, says: string) => ({
  code: 403,
  reason: 'Forbidden',
  object: {
    message: expect.stringMatching(
      `ValidatingAdmissionPolicy '${name}'.* denied request: .*${says}`,
    ),
  },
});
