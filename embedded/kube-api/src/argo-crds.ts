import type { JsonObject } from './json';

const OPEN = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

interface ArgoKind {
  kind: string;
  plural: string;
  shortNames: string[];
  scope?: 'Cluster';
  columns?: JsonObject[];
  fields: string[];
}

const AGE = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

/**
 * Argo's kinds with open schemas and, like Argo's own, without a status
 * subresource: who may update a Workflow may write its status.
 */
const KINDS: ArgoKind[] = [
  {
    kind: 'Workflow',
    plural: 'workflows',
    shortNames: ['wf'],
    fields: ['spec', 'status'],
    columns: [
      { name: 'Status', type: 'string', jsonPath: '.status.phase' },
      { name: 'Age', type: 'date', jsonPath: '.status.startedAt' },
      { name: 'Message', type: 'string', jsonPath: '.status.message' },
    ],
  },
  {
    kind: 'WorkflowTemplate',
    plural: 'workflowtemplates',
    shortNames: ['wftmpl'],
    fields: ['spec'],
  },
  {
    kind: 'ClusterWorkflowTemplate',
    plural: 'clusterworkflowtemplates',
    shortNames: ['clusterwftmpl', 'cwft'],
    scope: 'Cluster',
    fields: ['spec'],
  },
  {
    kind: 'WorkflowTaskResult',
    plural: 'workflowtaskresults',
    shortNames: [],
    fields: ['message', 'outputs', 'phase', 'progress'],
  },
];

export const ARGO_CRDS: JsonObject[] = KINDS.map(definition);

function definition(argo: ArgoKind): JsonObject {
  const field = (name: string) =>
    ['message', 'phase', 'progress'].includes(name)
      ? { type: 'string' }
      : { ...OPEN };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${argo.plural}.argoproj.io` },
    spec: {
      group: 'argoproj.io',
      scope: argo.scope ?? 'Namespaced',
      names: {
        kind: argo.kind,
        listKind: `${argo.kind}List`,
        plural: argo.plural,
        singular: argo.kind.toLowerCase(),
        shortNames: argo.shortNames,
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          additionalPrinterColumns: argo.columns ?? [AGE],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                ...Object.fromEntries(
                  argo.fields.map(name => [name, field(name)]),
                ),
              },
            },
          },
        },
      ],
    },
  };
}
