import { apiVersionOf, type ResourceDef } from '../model';
import type { Registry } from '../registry/registry';

/** /openapi/v3: where the document of each group and version is. */
export function openApiIndex(registry: Registry): object {
  const paths: Record<string, { serverRelativeURL: string }> = {};
  for (const defs of registry.groups().values()) {
    const key = pathKey(defs[0]);
    paths[key] = { serverRelativeURL: `/openapi/v3/${key}` };
  }
  return { paths };
}

export function pathKey(def: { group: string; version: string }): string {
  return def.group ? `apis/${def.group}/${def.version}` : `api/${def.version}`;
}

/**
 * /openapi/v3/GROUP/VERSION. Custom kinds carry their schema, built-in ones only
 * their names: enough for `kubectl apply`, which asks whether the server
 * validates fields itself, and for `kubectl explain` of custom kinds.
 */
export function openApiDocument(
  registry: Registry,
  key: string,
): object | undefined {
  const defs = registry.all().filter(def => pathKey(def) === key);
  if (!defs.length) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes (embedded subset)', version: 'v1' },
    paths: Object.fromEntries(defs.map(def => [pathOf(def), operations(def)])),
    components: {
      schemas: Object.fromEntries(
        defs.map(def => [schemaName(def), schemaOf(def)]),
      ),
    },
  };
}

function pathOf(def: ResourceDef): string {
  const scope = def.namespaced ? '/namespaces/{namespace}' : '';
  return `/${pathKey(def)}${scope}/${def.plural}/{name}`;
}

function gvk(def: ResourceDef) {
  return { group: def.group, version: def.version, kind: def.kind };
}

function operations(def: ResourceDef): object {
  const query = (name: string) => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  });
  const operation = (action: string) => ({
    operationId: `${action}${def.kind}`,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(def),
    parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(
      query,
    ),
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${schemaName(def)}` },
          },
        },
      },
    },
  });
  return {
    get: operation('get'),
    put: operation('put'),
    patch: operation('patch'),
    delete: operation('delete'),
  };
}

function schemaName(def: ResourceDef): string {
  const group = def.group
    ? def.group.split('.').reverse().join('.')
    : 'io.k8s.api.core';
  return `${group}.${def.version}.${def.kind}`;
}

function schemaOf(def: ResourceDef): object {
  const known = def.custom?.schema ?? {
    type: 'object',
    description: `${def.kind} of ${apiVersionOf(def)}.`,
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    ...known,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      ...known.properties,
    },
    'x-kubernetes-group-version-kind': [gvk(def)],
  };
}
