type Json = Record<string, unknown>;

/** What a run is made of, in the few fields that the tests need. */
export const TEMPLATE: Json = {
  entrypoint: 'main',
  serviceAccountName: 'agentworkloads-agent',
  arguments: {
    parameters: [
      { name: 'target_urls' },
      { name: 'objective', value: 'What do they charge?' },
      { name: 'depth', value: 1 },
      { name: 'evidence_from', value: '' },
    ],
  },
  ttlStrategy: { secondsAfterCompletion: 600 },
  volumes: [{ name: 'work', emptyDir: { sizeLimit: '1Gi' } }],
  templates: [
    {
      name: 'main',
      dag: { tasks: [{ name: 'scrape', template: 'scrape' }] },
    },
    { name: 'gate', suspend: {} },
    {
      name: 'scrape',
      retryStrategy: { limit: 2, backoff: { duration: '1m', factor: 2 } },
      container: {
        image: 'agents',
        command: ['node'],
        env: [
          {
            name: 'EVIDENCE_FROM',
            value: '{{workflow.parameters.evidence_from}}',
          },
        ],
      },
    },
  ],
};

export const TEMPLATE_META = {
  name: 'competitor-scrape',
  namespace: 'agentworkloads',
  uid: 'aaaabbbb-cccc-dddd-eeee-ffff00001111',
  generation: 3,
};

/** As the API server gives it. */
export function aTemplate(spec: Json = TEMPLATE, metadata: Json = {}): Json {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'WorkflowTemplate',
    metadata: { ...TEMPLATE_META, ...metadata },
    spec,
  };
}

type Parameter = { name: string } & Json;
const parametersOf = (spec: Json) =>
  ((spec.arguments as Json | undefined)?.parameters ?? []) as Parameter[];

/** As Argo's Go types write it: more than was said, in an order of their own. */
export function storedSpec(own: Json, template: Json = TEMPLATE): Json {
  const given = parametersOf(own);
  const { arguments: _arguments, templates, ...rest } = template;
  return {
    templates: ((templates ?? []) as Json[]).map(one => ({
      inputs: {},
      outputs: {},
      metadata: {},
      ...one,
      ...(one.container
        ? { container: { name: '', resources: {}, ...(one.container as Json) } }
        : {}),
    })),
    ...rest,
    ...own,
    arguments: {
      parameters: [
        ...given,
        ...parametersOf(template)
          .filter(({ name }) => !given.some(one => one.name === name))
          .map(({ value, ...parameter }) => ({
            ...parameter,
            ...(value === undefined ? {} : { value: String(value) }),
          })),
      ],
    },
  };
}
