import { expectedObjects, type Accounts } from '../src/admission/expected';
import { KINDS } from '../src/reconcile/kinds';
import type { FakeApiServer, SeenRequest } from '@agentworkloads/kube/testing';

export const ACCOUNTS: Accounts = {
  operator:
    'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
  argo: ['system:serviceaccount:argo:argo'],
};

/** As the API server words what the policy refuses. */
export const deniedBy = (says: string) =>
  `ValidatingAdmissionPolicy 'agentworkloads-approval-identity' with binding 'agentworkloads-approval-identity' denied request: ${says}`;

/** What the shipped policy says to an approval that the operator makes; undefined for any other request. */
export function admitApproval({
  kind,
  body,
}: Pick<SeenRequest, 'kind' | 'body'>): string | undefined {
  if (kind !== 'agentapprovals') return undefined;
  const { spec } = body as { spec: { approver: { username: string } } };
  return deniedBy(
    spec.approver.username === ACCOUNTS.operator
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
  api.create('configmaps', 'agentworkloads-system', {
    metadata: { name: 'agentworkloads-writers', creationTimestamp },
    data: { statusWriters: `${ACCOUNTS.operator}\n` },
  });
  api.admit = admitApproval;
}
