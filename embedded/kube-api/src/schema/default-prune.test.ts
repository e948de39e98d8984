import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json';
import type { StructuralSchema } from '../model';
import { applyDefaults, prune } from './default-prune';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        a: { type: 'string', default: 'x' },
        gate: {
          type: 'object',
          default: {},
          properties: { mode: { type: 'string', default: 'policy' } },
        },
        open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        map: { type: 'object', additionalProperties: { type: 'string' } },
        list: {
          type: 'array',
          items: {
            type: 'object',
            properties: { n: { type: 'integer', default: 1 } },
          },
        },
        nul: { type: 'string', nullable: true },
      },
    },
  },
};

const object = (spec: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'X',
  metadata: { name: 'x', labels: { a: 'b' } },
  spec,
});

describe('prune', () => {
  it('drops what the schema does not know and names it', () => {
    const value = object({
      a: 'y',
      z: 1,
      open: { any: { thing: 1 } },
      map: { k: 'v' },
      list: [{ n: 1, m: 2 }],
    });
    expect(prune(value, schema)).toEqual(['spec.list[0].m', 'spec.z']);
    expect(value).toEqual(
      object({
        a: 'y',
        open: { any: { thing: 1 } },
        map: { k: 'v' },
        list: [{ n: 1 }],
      }),
    );
  });
});

describe('applyDefaults', () => {
  it('fills absent fields, nested ones and those of items', () => {
    const value = object({ list: [{}, { n: 5 }] });
    applyDefaults(value, schema);
    expect(value.spec).toEqual({
      a: 'x',
      gate: { mode: 'policy' },
      list: [{ n: 1 }, { n: 5 }],
    });
  });

  it('reads a null as absent unless null is allowed', () => {
    const value = object({ a: null, map: null, nul: null });
    applyDefaults(value, schema);
    expect(value.spec).toEqual({
      a: 'x',
      gate: { mode: 'policy' },
      nul: null,
    });
  });

  it('gives every object its own copy', () => {
    const [one, two] = [object({}), object({})];
    applyDefaults(one, schema);
    applyDefaults(two, schema);
    ((one.spec as JsonObject).gate as JsonObject).mode = 'human';
    expect((two.spec as JsonObject).gate).toEqual({ mode: 'policy' });
  });
});
