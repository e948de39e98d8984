import { sayWhoIsMissing } from './sayWhoIsMissing';

const said = async (
  provider: string,
  resolvers: string[],
  profile: object,
  fullProfile: object,
) => {
  const resolve = sayWhoIsMissing(provider, 'The provider', resolvers);
  const error = await Promise.resolve(
    resolve({ profile, result: { fullProfile } }, {} as never),
  ).catch((reason: Error) => reason);
  return (error as Error).message;
};

const erin = { email: 'erin@example.com' };

describe('somebody who is not in the catalog', () => {
  it.each<[string, string, string[], object, object, string]>([
    [
      'by the address',
      'oidc',
      ['emailMatchingUserEntityProfileEmail'],
      erin,
      { userinfo: { sub: '1' } },
      'erin@example.com, but nobody in this portal’s catalog is that. Ask whoever looks after the catalog to add a User with spec.profile.email "erin@example.com".',
    ],
    [
      'by two ways',
      'google',
      [
        'emailMatchingUserEntityAnnotation',
        'emailLocalPartMatchingUserEntityName',
      ],
      erin,
      { id: '1' },
      'a User with the annotation google.com/email "erin@example.com" or the name "erin".',
    ],
    [
      'by the login',
      'github',
      ['usernameMatchingUserEntityName'],
      {},
      { username: 'erin-m' },
      'knows you as erin-m, but nobody in this portal’s catalog is that. Ask whoever looks after the catalog to add a User with the name "erin-m".',
    ],
    [
      'by the identifier',
      'microsoft',
      ['userIdMatchingUserEntityAnnotation'],
      erin,
      { id: 'b1e0' },
      'a User with the annotation graph.microsoft.com/user-id "b1e0".',
    ],
    [
      'without anything that they look for',
      'oidc',
      ['emailMatchingUserEntityProfileEmail'],
      {},
      {},
      'knows you as somebody without a name, but nobody in this portal’s catalog is that. Ask whoever looks after the catalog to add a User with your account.',
    ],
  ])(
    'is told, looked for %s, who must add them and how',
    async (_how, provider, resolvers, profile, fullProfile, sentence) => {
      expect(await said(provider, resolvers, profile, fullProfile)).toContain(
        sentence,
      );
    },
  );
});
