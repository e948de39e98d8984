import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { namesOf, peopleRole } from './portal-people.mjs';

describe('the list of people in whose name the portal may act', () => {
  it('becomes a ClusterRole that names each of them once', () => {
    const names = namesOf(
      '# the team\nbob\nalice  # approves\n\nbob\nkate@corp.example\nteam/eve\n',
    );
    expect(parse(peopleRole(names))).toMatchObject({
      kind: 'ClusterRole',
      metadata: { name: 'agentworkloads-portal-people' },
      rules: [
        {
          apiGroups: [''],
          resources: ['users'],
          verbs: ['impersonate'],
          resourceNames: ['alice', 'bob', 'kate@corp.example', 'team/eve'],
        },
      ],
    });
  });

  it.each([
    ['nobody', [], /at least one/],
    ['a controller', ['system:kube-controller-manager'], /Kubernetes itself/],
    ['a ServiceAccount', ['System:serviceaccount:a:b'], /Kubernetes itself/],
    ['everybody', ['*'], /not everybody/],
    ['two who differ by case', ['alice', 'ALICE'], /differ by case only/],
    ['a blank in a name', ['alice b'], /no name/],
  ])('is refused with %s', (_what, names, sentence) => {
    expect(() => peopleRole(names)).toThrow(sentence);
  });
});
