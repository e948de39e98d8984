import { WORKLOADS_CRD } from '../src/admission/crd';
import { expectedObjects, type Accounts } from '../src/admission/expected';
import { KINDS } from '../src/reconcile/kinds';
import type { FakeApiServer, SeenRequest } from '@agentworkloads/kube/testing';

export const ACCOUNTS: Accounts = {
  operator:
    'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
  argo: ['system:serviceaccount:argo:argo'],
};

/** The CRD as far as the operator looks at it. */
export function keptByCrd(
  forgotten: readonly ('approvals' | 'groups' | 'votes')[] = [],
) {
  const gate = (...fields: string[]) => ({
    properties: {
      gate: {
        properties: Object.fromEntries(
          fields
            .filter(field => !(forgotten as readonly string[]).includes(field))
            .map(field => [field, {}]),
        ),
      },
    },
  });
  const openAPIV3Schema = {
    properties: {
      spec: gate('mode', 'approvals', 'groups'),
      status: gate('mode', 'approvals', 'groups', 'votes'),
    },
  };
  return {
    metadata: {
      name: WORKLOADS_CRD,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { versions: [{ name: 'v1alpha1', schema: { openAPIV3Schema } }] },
  };
}

/** As the API server words what the policy refuses. */
export const deniedBy = (says: string) =>
  `ValidatingAdmissionPolicy 'agentworkloads-approval-identity' with binding 'agentworkloads-approval-identity' denied request: ${says}`;

/** What the shipped policy says to an approval that the operator makes; undefined for any other request. */
export function admitApproval({
  kind,
  body,
}: Pick<SeenRequest, 'kind' | 'body'>): string | undefined {
  if (kind !== 'agentapprovals') return undefined;
  const { spec } = body as {
    spec: { approver: { username: string; groups?: string[] } };
  };
  const { username, groups } = spec.approver;
  if (username === ACCOUNTS.operator && groups) {
    return deniedBy(
      `each of spec.approver.groups must be a group of yours, ${username}`,
    );
  }
  return deniedBy(
    username === ACCOUNTS.operator
      ? `${ACCOUNTS.operator} may not approve agentworkloads/agentworkloads-trial in x: ask for`
      : `spec.approver.username must be your own name, ${ACCOUNTS.operator}`,
  );
}

/** The shipped policies and lists, and what the policies say of an approval that the operator makes. */
export function installAdmission(api: FakeApiServer): void {
  const creationTimestamp = '2026-01-01T00:00:00Z';
  for (const { kind, name, spec } of expectedObjects(ACCOUNTS)) {
    const metadata = { name, creationTimestamp };
    api.create(KINDS[kind].plural, '', { metadata, spec });
  }
  api.create('customresourcedefinitions', '', keptByCrd());
  api.create('configmaps', 'agentworkloads-system', {
    metadata: { name: 'agentworkloads-writers', creationTimestamp },
    data: { statusWriters: `${ACCOUNTS.operator}\n` },
  });
  api.admit = admitApproval;
}
