import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { KubernetesObject } from '@agentworkloads/kube';
import { KINDS, type Cluster } from './cluster';
import type { ArtifactRepositoryRef, Workflow } from './core/model';
import type { Observed } from './core/next';

const DEFAULT_REPOSITORY = 'workflows.argoproj.io/default-artifact-repository';

const refSchema = z.looseObject({
  workflowTemplateRef: z
    .looseObject({ name: z.string(), clusterScope: z.boolean().optional() })
    .optional(),
  artifactRepositoryRef: z
    .looseObject({
      configMap: z.string().optional(),
      key: z.string().optional(),
    })
    .optional(),
});

/** What a Workflow that has not begun refers to: its template and its artifact repository. */
export async function readReferences(
  cluster: Cluster,
  workflow: Workflow,
): Promise<Pick<Observed, 'template' | 'artifactRepository'>> {
  const refs = refSchema.safeParse(workflow.spec);
  const { namespace } = workflow.metadata;
  const named = refs.data?.workflowTemplateRef;
  const template = named?.clusterScope
    ? await cluster.find(KINDS.clusterWorkflowTemplates, '', named.name)
    : named &&
      (await cluster.find(KINDS.workflowTemplates, namespace, named.name));
  const templateSpec = (template as { spec?: unknown } | undefined)?.spec;
  const ref =
    refs.data?.artifactRepositoryRef ??
    refSchema.safeParse(templateSpec).data?.artifactRepositoryRef;
  return {
    template: template
      ? { kind: 'found', spec: templateSpec }
      : { kind: 'missing' },
    artifactRepository: await readRepository(cluster, namespace, ref),
  };
}

async function readRepository(
  cluster: Cluster,
  namespace: string,
  ref: { configMap?: string; key?: string } | undefined,
): Promise<Observed['artifactRepository']> {
  const name = ref?.configMap ?? 'artifact-repositories';
  const configMap = (await cluster.find(KINDS.configMaps, namespace, name)) as
    | (KubernetesObject & { data?: Record<string, string> })
    | undefined;
  const key = ref?.key ?? configMap?.metadata.annotations?.[DEFAULT_REPOSITORY];
  const text = key === undefined ? undefined : configMap?.data?.[key];
  if (text === undefined) {
    return ref
      ? {
          kind: 'missing',
          message: `failed to resolve artifact repository: ConfigMap "${name}" with key "${key}" not found`,
        }
      : { kind: 'found', ref: { default: true } };
  }
  return {
    kind: 'found',
    ref: {
      namespace,
      configMap: name,
      key,
      artifactRepository: parseYaml(
        text,
      ) as ArtifactRepositoryRef['artifactRepository'],
    },
  };
}
