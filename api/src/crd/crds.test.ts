import { describe, expect, it } from '@jest/globals';
import { customResourceDefinitions } from './crds';
import { visitFields } from './descriptions';
import { toStructural, withRules } from './structural';
import { z } from 'zod';

interface Node {
  [keyword: string]: unknown;
  properties?: Record<string, Node>;
}

/** Every schema below this one, with its path. */
function* walk(node: Node, path = ''): Generator<[string, Node]> {
  yield [path, node];
  for (const [name, child] of Object.entries(node.properties ?? {}))
    yield* walk(child, `${path}.${name}`);
  if (node.items) yield* walk(node.items as Node, `${path}[]`);
  if (node.additionalProperties)
    yield* walk(node.additionalProperties as Node, `${path}{}`);
}

const schemas = customResourceDefinitions().map(crd => {
  const { metadata, spec } = crd as {
    metadata: { name: string };
    spec: { versions: { schema: { openAPIV3Schema: Node } }[] };
  };
  return [metadata.name, spec.versions[0].schema.openAPIV3Schema] as const;
});

describe.each(schemas)('CRD %s', (_, root) => {
  const nodes = [...walk(root)];

  it('is structural: every node has one type, and none has properties beside additionalProperties', () => {
    const bad = nodes.filter(
      ([, node]) =>
        typeof node.type !== 'string' ||
        (node.properties && node.additionalProperties),
    );
    expect(bad.map(([path]) => path)).toEqual([]);
  });

  it('bounds everything, so that the cost of its CEL rules is bounded', () => {
    const unbounded = nodes.filter(([path, node]) => {
      if (path === '.apiVersion' || path === '.kind') return false;
      if (node.type === 'string')
        return !node.maxLength && !node.enum && node.format !== 'date-time';
      if (node.type === 'array') return !node.maxItems;
      return node.additionalProperties !== undefined && !node.maxProperties;
    });
    expect(unbounded.map(([path]) => path)).toEqual([]);
  });

  it('describes every field, for kubectl explain', () => {
    const silent: string[] = [];
    visitFields(root, (path, { description }) => {
      if (!description) silent.push(path);
    });
    // The API server describes this one itself, and refuses a CRD that does.
    expect(silent).toEqual(['metadata']);
  });

  it('uses no keyword that the API server refuses', () => {
    const text = JSON.stringify(root);
    expect(text).not.toMatch(
      /"(\$schema|\$ref|propertyNames|const|exclusiveMinimum|anyOf|oneOf)":/,
    );
  });
});

describe('structural schemas', () => {
  it('make a field with a default optional and keep the default', () => {
    const schema = toStructural(
      z.object({ a: z.string().default('x'), b: z.string() }),
    );
    expect(schema.required).toEqual(['b']);
    expect(schema.properties?.a).toEqual({ type: 'string', default: 'x' });
  });

  it('refuse a rule for a property that is not there', () => {
    expect(() =>
      withRules({ type: 'object', properties: {} }, { 'spec.nope': [] }),
    ).toThrow(/no property "spec"/);
  });
});
