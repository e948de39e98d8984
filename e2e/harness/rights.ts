import type { Kube } from './kube';

interface Subject {
  kind: 'User' | 'ServiceAccount';
  name: string;
}

/** Gives rights in the namespace of workloads until the returned function is called. */
export async function grant(
  kube: Kube,
  name: string,
  { kind, name: subject }: Subject,
  rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[],
): Promise<() => Promise<void>> {
  const metadata = { name };
  const rbac = 'rbac.authorization.k8s.io';
  const revoke = async () => {
    for (const plural of ['rolebindings', 'roles'])
      await kube.remove(plural, name).catch(() => undefined);
  };
  // An earlier run may have been stopped before it could take them back.
  await revoke();
  await kube.create('roles', {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata,
    rules,
  });
  await kube.create('rolebindings', {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: rbac, kind: 'Role', name },
    subjects: [
      kind === 'User'
        ? { apiGroup: rbac, kind, name: subject }
        : { kind, name: subject, namespace: kube.namespace },
    ],
  });
  return revoke;
}
