import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { agentWorkloadSpecSchema } from '../agent-workload';
import { customResourceDefinitions } from './crds';
import { freezing, MUTABLE_SPEC_FIELDS } from './freezing';

interface Rule {
  rule: string;
}
const [workload] = customResourceDefinitions() as {
  spec: {
    versions: {
      schema: {
        openAPIV3Schema: {
          properties: { spec: { 'x-kubernetes-validations': Rule[] } };
        };
      };
    }[];
  };
}[];
const rules = workload.spec.versions[0].schema.openAPIV3Schema.properties.spec[
  'x-kubernetes-validations'
].map(({ rule }) => rule);
const fields = Object.keys(agentWorkloadSpecSchema.shape);
const isFrozen = (field: string) =>
  rules.some(
    rule =>
      rule.endsWith(`self.${field} == oldSelf.${field}`) ||
      rule.endsWith(`self.${field} == oldSelf.${field})`),
  );

describe('the spec of an AgentWorkload', () => {
  it('never changes in any field but those that are named', () => {
    expect(fields.filter(field => !isFrozen(field))).toEqual([
      ...MUTABLE_SPEC_FIELDS,
    ]);
    expect(MUTABLE_SPEC_FIELDS).toEqual(['cancelledBy', 'cancel']);
  });

  it('is frozen in a field that is added, of whatever kind', () => {
    const grown = agentWorkloadSpecSchema.extend({
      required: z.string(),
      optional: z.string().optional().describe('of a kind'),
      defaulted: z.string().default('x'),
    });
    const added = freezing(grown, MUTABLE_SPEC_FIELDS).slice(-3);
    expect(added.map(({ rule }) => rule)).toEqual([
      'self.required == oldSelf.required',
      'has(self.optional) == has(oldSelf.optional) && (!has(self.optional) || self.optional == oldSelf.optional)',
      'self.defaulted == oldSelf.defaulted',
    ]);
  });

  it('may change in a field that is named', () => {
    const grown = agentWorkloadSpecSchema.extend({ paused: z.boolean() });
    const named = freezing(grown, [...MUTABLE_SPEC_FIELDS, 'paused']);
    expect(JSON.stringify(named)).not.toContain('paused');
    expect(named).toHaveLength(fields.length - MUTABLE_SPEC_FIELDS.length);
  });
});
