import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { compileDecision } from './compileDecision';
import type { WorkloadResource } from './resource';
import { agentWorkloadsRules } from './rules';

const rules = Object.values(agentWorkloadsRules);
const ruleset = {
  getRuleByName(name: string) {
    const rule = rules.find(one => one.name === name);
    if (!rule) {
      throw new Error(`no rule ${name}`);
    }
    return rule;
  },
} as never;

const condition = (rule: string, params: object) => ({
  rule,
  resourceType: 'agent-workload',
  params,
});
const conditional = (conditions: object) =>
  ({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'agent-workloads',
    resourceType: 'agent-workload',
    conditions,
  } as PolicyDecision);

const here = condition('inNamespace', { namespaces: ['here'] });
const mine = condition('isOwner', { userRefs: ['user:default/me'] });
const resources: WorkloadResource[] = ['here', 'there'].flatMap(namespace =>
  ['user:default/me', 'user:default/you', undefined].map(requesterRef => ({
    cluster: 'c',
    namespace,
    name: 'n',
    requesterRef,
    fourEyes: true,
  })),
);

describe('compileDecision', () => {
  it.each([
    ['allow', { result: AuthorizeResult.ALLOW } as PolicyDecision],
    ['deny', { result: AuthorizeResult.DENY } as PolicyDecision],
    ['one', conditional(here)],
    ['all of', conditional({ allOf: [here, mine] })],
    ['any of', conditional({ anyOf: [here, mine] })],
    ['not', conditional({ not: mine })],
    [
      'nested',
      conditional({ anyOf: [{ allOf: [here, { not: mine }] }, { not: here }] }),
    ],
  ])('answers %s as the permission framework does', (_what, decision) => {
    const ours = compileDecision<WorkloadResource>(decision, ruleset);
    const theirs = createConditionAuthorizer(ruleset) as (
      d: PolicyDecision,
      r: WorkloadResource,
    ) => boolean;
    for (const resource of resources) {
      expect(ours(resource)).toBe(theirs(decision, resource));
    }
  });

  it.each([
    ['parameters of another kind', condition('isOwner', { userRefs: 'me' })],
    ['another resource type', { ...mine, resourceType: 'catalog-entity' }],
    ['an unknown rule', condition('isFriday', {})],
  ])('stops at %s rather than let anything pass', (_what, conditions) => {
    expect(() => compileDecision(conditional(conditions), ruleset)).toThrow();
  });
});
