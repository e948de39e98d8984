import { IdentityMapper } from './identity';

const mapper = (
  settings: Partial<ConstructorParameters<typeof IdentityMapper>[0]> = {},
) => new IdentityMapper({ users: [], groups: [], ...settings });

describe('IdentityMapper', () => {
  it.each([
    ['user:default/alice', 'alice'],
    ['user:default/Alice', 'alice'],
    ['User:Default/alice', 'alice'],
    ['user:other/alice', 'other/alice'],
  ])('calls %s %s, and finds the way back', (ref, name) => {
    expect(mapper().username(ref)).toBe(name);
    expect(mapper().userRef(name)).toBe(ref.toLowerCase());
  });

  it('uses the name that is listed, and gives it to nobody else', () => {
    const listed = mapper({
      users: [
        { ref: 'user:default/alice', name: 'alice@example.com' },
        { ref: 'user:default/bob', name: 'carol' },
      ],
    });
    expect(listed.username('user:default/alice')).toBe('alice@example.com');
    expect(listed.userRef('alice@example.com')).toBe('user:default/alice');
    // "alice" is a name of the cluster, but of nobody in the catalog.
    expect(listed.userRef('alice')).toBeUndefined();
    expect(() => listed.username('user:default/carol')).toThrow(
      /gives to somebody else/,
    );
  });

  it.each([
    'system:masters',
    'System:admin',
    'system:serviceaccount:kube-system:x',
  ])('refuses %s', name => {
    expect(() =>
      mapper({ users: [{ ref: 'user:default/eve', name }] }),
    ).toThrow(/begins with "system:"/);
    expect(() =>
      mapper({ groups: [{ ref: 'group:default/eves', name }] }),
    ).toThrow(/begins with "system:"/);
  });

  it.each(['', 'two words', 'line\nbreak', 'Zoë', 'x'.repeat(257)])(
    'refuses the name %j, which no header carries',
    name => {
      expect(() =>
        mapper({ users: [{ ref: 'user:default/eve', name }] }),
      ).toThrow(/can't be told/);
    },
  );

  it('makes one catalog group several groups of the cluster', () => {
    const listed = mapper({
      groups: [
        { ref: 'group:default/all', name: 'agentworkloads:requesters' },
        { ref: 'group:default/all', name: 'agentworkloads:approvers' },
        { ref: 'group:default/legal', name: 'agentworkloads:approvers' },
      ],
    });
    expect(listed.groupNames(['group:default/all'])).toEqual([
      'agentworkloads:requesters',
      'agentworkloads:approvers',
    ]);
    expect(listed.allGroupNames()).toHaveLength(2);
    expect(listed.groupRefs('agentworkloads:approvers')).toEqual([
      'group:default/all',
      'group:default/legal',
    ]);
  });

  it('refuses two names for one person', () => {
    expect(() =>
      mapper({
        users: [
          { ref: 'user:default/a', name: 'x' },
          { ref: 'user:default/A', name: 'y' },
        ],
      }),
    ).toThrow(/names a person twice/);
  });

  it('refuses one name for two people', () => {
    expect(() =>
      mapper({
        users: [
          { ref: 'user:default/a', name: 'x' },
          { ref: 'user:default/b', name: 'x' },
        ],
      }),
    ).toThrow(/four eyes could not tell them apart/);
  });

  it('passes on only the groups of the list', () => {
    const person = mapper({
      groups: [
        { ref: 'group:default/approvers', name: 'agentworkloads:approvers' },
      ],
    }).person('user:default/alice', [
      'user:default/alice',
      'group:default/approvers',
      'group:default/admins',
      'Group:default/Approvers',
    ]);
    expect(person).toEqual({
      username: 'alice',
      groups: ['agentworkloads:approvers'],
    });
  });

  it.each(['system:serviceaccount:a:b', 'a b', 'a/b/c', 'alice@example.com'])(
    'knows nobody of the catalog called %s',
    name => {
      expect(mapper().userRef(name)).toBeUndefined();
    },
  );
});
