import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { agentWorkloadSchema } from '@agentworkloads/api';
import { workload } from '../__testUtils__/workloads';
import { toResourceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { fromResourceRef, toWorkloadResource } from './resource';
import {
  inNamespace,
  isNotRequester,
  isOwner,
  mayReadInCluster,
} from './rules';

const identity = new IdentityMapper({ users: [], groups: [] });
const ref = { cluster: 'local', namespace: 'agentworkloads', name: 'a' };

const resource = (
  options: { by?: string; fourEyes?: boolean; inForce?: boolean } = {},
) =>
  toWorkloadResource(
    ref,
    agentWorkloadSchema.parse(
      workload('a', {
        spec: {
          requestedBy:
            options.by === '' ? undefined : { username: options.by ?? 'bob' },
          gate: { fourEyes: options.fourEyes ?? false },
        },
        status:
          options.inForce === undefined
            ? undefined
            : { gate: { mode: 'human', fourEyes: options.inForce } },
      }),
    ),
    identity,
  );

describe('rules', () => {
  it('isOwner: the person who asked, by their catalog reference', () => {
    const bob = { userRefs: ['user:default/bob'] };
    expect(isOwner.apply(resource(), bob)).toBe(true);
    expect(isOwner.apply(resource({ by: 'other/bob' }), bob)).toBe(false);
    expect(
      isOwner.apply(resource({ by: 'system:serviceaccount:a:bob' }), bob),
    ).toBe(false);
    expect(isOwner.apply(resource({ by: '' }), { userRefs: [] })).toBe(false);
  });

  it.each([
    ['four eyes, own run', { fourEyes: true }, false],
    ['four eyes, another run', { fourEyes: true, by: 'alice' }, true],
    ['no four eyes, own run', {}, true],
    ['policy made it four eyes', { inForce: true }, false],
  ])('isNotRequester: %s', (_what, options, expected) => {
    expect(
      isNotRequester.apply(resource(options), { userRef: 'user:default/bob' }),
    ).toBe(expected);
  });

  it('inNamespace', () => {
    expect(
      inNamespace.apply(resource(), { namespaces: ['agentworkloads'] }),
    ).toBe(true);
    expect(inNamespace.apply(resource(), { namespaces: [] })).toBe(false);
  });
});

describe('resource references', () => {
  it('go there and back', () => {
    expect(fromResourceRef(toResourceRef(ref))).toEqual(ref);
  });

  it.each(['', 'a', 'a/b', 'a/b/c/d', '//'])('%j is none', text => {
    expect(fromResourceRef(text)).toBeUndefined();
  });

  describe('mayReadInCluster', () => {
    const read = {
      ...resource(),
      readers: [
        {
          userRef: 'user:default/alice',
          groupRefs: ['group:default/analysts'],
        },
      ],
    };
    const alice = (...groups: string[]) => ({
      userRef: 'user:default/alice',
      ownershipRefs: ['user:default/alice', ...groups],
    });

    it.each([
      ['as she was when she read', ['group:default/analysts'], true],
      [
        'in another group besides',
        ['group:default/x', 'Group:Default/Analysts'],
        true,
      ],
      ['no longer in the group that let her', [], false],
      ['in another group instead', ['group:default/x'], false],
    ])('%s', (_what, groups, expected) => {
      expect(mayReadInCluster.apply(read, alice(...groups))).toBe(expected);
    });

    it('is not met by who has not read, or where nobody has', () => {
      const bob = { userRef: 'user:default/bob', ownershipRefs: [] };
      expect(mayReadInCluster.apply(read, bob)).toBe(false);
      expect(mayReadInCluster.apply(resource(), alice())).toBe(false);
    });
  });
});
