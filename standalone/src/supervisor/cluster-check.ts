import {
  ADMISSION_POLICIES,
  DEFAULT_TEMPLATE,
  SYSTEM_NAMESPACE,
  WORKLOAD_NAMESPACE,
} from '@agentworkloads/api';
import { apiStatus } from '@agentworkloads/kube';
import { ACCOUNTS, type AccountName } from './accounts';

export interface Needed {
  /** For people. */
  what: string;
  path: string;
  /** What brings it. */
  mend: string;
}

const apply = (folder: string) => `kubectl apply --server-side -k ${folder}`;
const ARGO = 'install Argo Workflows (deploy/argo/README.md)';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';

/** Everything that must be there before a portal or an operator can use a cluster. */
export function neededObjects(accounts: readonly AccountName[]): Needed[] {
  const kind = (name: string, mend: string): Needed => ({
    what: `kind ${name}`,
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`,
    mend,
  });
  return [
    kind('agentworkloads.agentworkloads.io', apply('deploy/crds')),
    kind('agentworkloadschedules.agentworkloads.io', apply('deploy/crds')),
    kind('agentapprovals.agentworkloads.io', apply('deploy/crds')),
    kind('workflows.argoproj.io', ARGO),
    kind('workflowtemplates.argoproj.io', ARGO),
    ...accounts.map(account => {
      const { namespace, name } = ACCOUNTS[account];
      return {
        what: `ServiceAccount ${namespace}/${name}`,
        path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`,
        mend: apply('deploy/rbac'),
      };
    }),
    {
      what: 'ClusterRole agentworkloads-portal-people, in whose name the portal may act',
      path: '/apis/rbac.authorization.k8s.io/v1/clusterroles/agentworkloads-portal-people',
      mend: 'node scripts/portal-people.mjs alice bob | kubectl apply --server-side -f -',
    },
    ...Object.values(ADMISSION_POLICIES).flatMap(name => [
      {
        what: `admission policy ${name}`,
        path: `${ADMISSION}/validatingadmissionpolicies/${name}`,
        mend: apply('deploy/policies'),
      },
      {
        what: `binding of the admission policy ${name}`,
        path: `${ADMISSION}/validatingadmissionpolicybindings/${name}`,
        mend: apply('deploy/policies'),
      },
    ]),
    {
      what: `WorkflowTemplate ${WORKLOAD_NAMESPACE}/${DEFAULT_TEMPLATE}`,
      path: `/apis/argoproj.io/v1alpha1/namespaces/${WORKLOAD_NAMESPACE}/workflowtemplates/${DEFAULT_TEMPLATE}`,
      mend: apply('deploy/argo'),
    },
  ];
}

/** What the check asks of a client. */
export interface Asker {
  call(call: { method: 'GET'; path: string }): Promise<unknown>;
}

/** @returns undefined when there is no such object */
async function ask(client: Asker, path: string): Promise<unknown> {
  try {
    return await client.call({ method: 'GET', path });
  } catch (error) {
    if (apiStatus(error) === 404) return undefined;
    if (apiStatus(error) === 401) {
      throw new Error(
        'the cluster does not accept the token or certificate of the kubeconfig; it may have expired',
      );
    }
    throw error;
  }
}

/** The missing ones with what brings them, in the order of installation; '' when nothing is missing. */
export function describeMissing(missing: readonly Needed[]): string {
  const mends = [...new Set(missing.map(({ mend }) => mend))];
  return mends
    .map(mend => {
      const things = missing.filter(one => one.mend === mend);
      return [
        ...things.map(({ what }) => `  - ${what}`),
        `    mend it with: ${mend}`,
      ].join('\n');
    })
    .join('\n');
}

/** @throws Error that lists what is missing and which commands bring it */
export async function checkCluster(
  client: Asker,
  needed: readonly Needed[],
): Promise<void> {
  const found = await Promise.all(needed.map(({ path }) => ask(client, path)));
  const missing = needed.filter((_one, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `the cluster lacks what is needed:\n${describeMissing(missing)}`,
    );
  }
}

/** How many operators the cluster itself wants to run. */
export async function operatorsInCluster(client: Asker): Promise<number> {
  const deployment = (await ask(
    client,
    `/apis/apps/v1/namespaces/${SYSTEM_NAMESPACE}/deployments/${ACCOUNTS.operator.name}`,
  )) as
    | { spec?: { replicas?: number }; status?: { replicas?: number } }
    | undefined;
  if (!deployment) return 0;
  return Math.max(
    deployment.spec?.replicas ?? 1,
    deployment.status?.replicas ?? 0,
  );
}
