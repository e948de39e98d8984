import { describe, expect, it } from '@jest/globals';
import { allows, type PolicyRule } from './rbac';

const rule = (change: Partial<PolicyRule>): PolicyRule => ({
  verbs: ['get'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceURLs: [],
  ...change,
});
const pods = { verb: 'get', group: '', resource: 'pods', name: 'p' };

describe('a rule', () => {
  it.each<[string, Partial<PolicyRule>, object, boolean]>([
    ['the same', {}, {}, true],
    ['another verb', {}, { verb: 'list' }, false],
    ['another group', {}, { group: 'apps' }, false],
    ['a subresource', {}, { subresource: 'log' }, false],
    [
      'a named subresource',
      { resources: ['pods/log'] },
      { subresource: 'log' },
      true,
    ],
    [
      'the same of every resource',
      { resources: ['*/log'] },
      { subresource: 'log' },
      true,
    ],
    ['the resource by its subresource', { resources: ['pods/log'] }, {}, false],
    [
      'everything',
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verb: 'approve', group: 'x', resource: 'y', subresource: 'z' },
      true,
    ],
    ['a name on the list', { resourceNames: ['p'] }, {}, true],
    ['another name', { resourceNames: ['q'] }, {}, false],
    ['no name', { resourceNames: ['p'] }, { name: undefined }, false],
    ['a path', { nonResourceURLs: ['/api'] }, { path: '/api' }, true],
    [
      'below a path',
      { nonResourceURLs: ['/api/*'] },
      { path: '/api/v1' },
      true,
    ],
    ['beside a path', { nonResourceURLs: ['/api'] }, { path: '/apis' }, false],
  ])('judges %s', (_what, change, attributes, expected) => {
    expect(allows(rule(change), { ...pods, ...attributes })).toBe(expected);
  });
});
