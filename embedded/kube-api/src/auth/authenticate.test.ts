import { describe, expect, it } from '@jest/globals';
import { Store } from '../store/store';
import { Authenticator } from './authenticate';
import type { AuthorizationAttributes, RbacAuthorizer } from './rbac';
import { TokenSigner } from './tokens';

function setUp(allowed: (attributes: AuthorizationAttributes) => boolean) {
  const asked: AuthorizationAttributes[] = [];
  const authorizer = {
    authorize: (_user: unknown, attributes: AuthorizationAttributes) => {
      asked.push(attributes);
      return allowed(attributes);
    },
  } as RbacAuthorizer;
  const authenticator = new Authenticator({
    store: Store.open(':memory:'),
    signer: new TokenSigner(Buffer.from('key')),
    authorizer,
    adminToken: 'admin',
  });
  return { authenticator, asked };
}
const headers = (more: Record<string, string[]> = {}) => ({
  authorization: ['Bearer admin'],
  ...more,
});

describe('authentication', () => {
  it('takes one bearer token and nothing else', () => {
    const { authenticator } = setUp(() => true);
    expect(authenticator.authenticate({}).username).toBe('system:anonymous');
    expect(authenticator.authenticate(headers()).username).toBe(
      'kubernetes-admin',
    );
    for (const value of ['Basic YTpi', 'Bearer', 'Bearer other', 'admin']) {
      expect(() =>
        authenticator.authenticate({ authorization: [value] }),
      ).toThrow('Unauthorized');
    }
  });

  it('asks for each part of an impersonation', () => {
    const { authenticator, asked } = setUp(() => true);
    const user = authenticator.authenticate(
      headers({
        'impersonate-user': ['ann'],
        'impersonate-group': ['a', 'b, c'],
        'impersonate-uid': ['7'],
        'impersonate-extra-a.io%2fscope': ['x', 'y'],
      }),
    );
    expect(user).toEqual({
      username: 'ann',
      uid: '7',
      groups: ['a', 'b, c', 'system:authenticated'],
      extra: { 'a.io/scope': ['x', 'y'] },
    });
    expect(
      asked.map(({ verb, resource, subresource, name }) =>
        [verb, resource, subresource, name].filter(Boolean).join(' '),
      ),
    ).toEqual([
      'impersonate users ann',
      'impersonate groups a',
      'impersonate groups b, c',
      'impersonate uids 7',
      'impersonate userextras a.io/scope x',
      'impersonate userextras a.io/scope y',
    ]);
  });

  it('stops at the first part that is refused', () => {
    const { authenticator } = setUp(({ resource }) => resource === 'users');
    expect(() =>
      authenticator.authenticate(
        headers({
          'impersonate-user': ['ann'],
          'impersonate-group': ['system:masters'],
        }),
      ),
    ).toThrow(
      'groups "system:masters" is forbidden: User "kubernetes-admin" cannot impersonate resource "groups" in API group "" at the cluster scope',
    );
  });
});
