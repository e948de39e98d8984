import {
  apiStatus,
  type HttpKubeClient,
  type KubeMeta,
  type ResourceKind,
} from '@agentworkloads/kube';

/** What the engine asks of the Kubernetes API; all answers are unparsed objects. */
export type Cluster = Pick<
  HttpKubeClient,
  'find' | 'create' | 'replace' | 'patch' | 'delete' | 'listWatch'
>;

const ARGO = { group: 'argoproj.io', version: 'v1alpha1' };
const CORE = { group: '', version: 'v1' };

export const KINDS = {
  workflows: { ...ARGO, plural: 'workflows' },
  workflowTemplates: { ...ARGO, plural: 'workflowtemplates' },
  clusterWorkflowTemplates: { ...ARGO, plural: 'clusterworkflowtemplates' },
  pods: { ...CORE, plural: 'pods' },
  configMaps: { ...CORE, plural: 'configmaps' },
  secrets: { ...CORE, plural: 'secrets' },
} as const;

/** Deletes this very object, what it owns after it; one that is gone already is no error. */
export async function removeOne(
  cluster: Cluster,
  kind: ResourceKind,
  { namespace = '', name, uid }: KubeMeta,
): Promise<void> {
  try {
    await cluster.delete(kind, namespace, name, { uid });
  } catch (error) {
    if (apiStatus(error) !== 404) throw error;
  }
}
