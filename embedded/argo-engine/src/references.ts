import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import {
  RESOURCES,
  type KubeObject,
  type KubePort,
} from '@agentworkloads/kube-client';
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
  port: KubePort,
  workflow: Workflow,
): Promise<Pick<Observed, 'template' | 'artifactRepository'>> {
  const refs = refSchema.safeParse(workflow.spec);
  const { namespace } = workflow.metadata;
  const named = refs.data?.workflowTemplateRef;
  const template = named?.clusterScope
    ? await port.get(RESOURCES.clusterWorkflowTemplates, { name: named.name })
    : named &&
      (await port.get(RESOURCES.workflowTemplates, {
        namespace,
        name: named.name,
      }));
  const templateSpec = (template as { spec?: unknown } | undefined)?.spec;
  const ref =
    refs.data?.artifactRepositoryRef ??
    refSchema.safeParse(templateSpec).data?.artifactRepositoryRef;
  return {
    template: template
      ? { kind: 'found', spec: templateSpec }
      : { kind: 'missing' },
    artifactRepository: await readRepository(port, namespace, ref),
  };
}

async function readRepository(
  port: KubePort,
  namespace: string,
  ref: { configMap?: string; key?: string } | undefined,
): Promise<Observed['artifactRepository']> {
  const name = ref?.configMap ?? 'artifact-repositories';
  const configMap = (await port.get(RESOURCES.configMaps, {
    namespace,
    name,
  })) as (KubeObject & { data?: Record<string, string> }) | undefined;
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
