import { ConfigReader } from '@backstage/config';
import { github } from './github';
import { google } from './google';
import { microsoft } from './microsoft';
import { oidc as oidcProvider } from './oidc';
import { PROVIDERS, type ProviderName } from './providers';
import { readSignIn } from './readSignIn';

const SECRET = 'x'.repeat(44);
const oidc = {
  clientId: 'portal',
  clientSecret: 's',
  metadataUrl: 'https://id.example/.well-known/openid-configuration',
  signIn: { resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }] },
};

const read = (
  auth: object,
  nodeEnv = 'production',
  baseUrl = 'https://portal.example',
) =>
  readSignIn(
    new ConfigReader({
      backend: { baseUrl },
      auth: { environment: 'production', session: { secret: SECRET }, ...auth },
    } as never),
    nodeEnv,
  );

const oidcWith = (changed: object) => ({
  providers: { oidc: { production: { ...oidc, ...changed } } },
});

describe('sign-in as configured', () => {
  it('is that of each provider that is named', () => {
    expect(
      read({
        providers: {
          oidc: { production: oidc },
          github: {
            production: {
              clientId: 'c',
              clientSecret: 's',
              signIn: {
                resolvers: [{ resolver: 'usernameMatchingUserEntityName' }],
              },
            },
          },
        },
      }),
    ).toEqual({ problems: [], warnings: [] });
  });

  it('is the demo’s in development, and nothing to complain of', () => {
    const demo = { providers: { demo: {} } };
    expect(read(demo, 'development', 'http://localhost:7007')).toEqual({
      problems: [],
      warnings: [],
    });
    expect(read(demo).problems).toEqual([
      expect.stringMatching(/demo lets anyone be anyone.*take it out/),
    ]);
  });

  it('is said to be nobody’s where no provider is named', () => {
    expect(read({}).warnings).toEqual([
      expect.stringMatching(
        /Nobody can sign in.*oidc, github, microsoft, google/,
      ),
    ]);
  });

  it('is said to be open on the way where the portal has no https', () => {
    const { problems, warnings } = read(
      { providers: { oidc: { production: oidc } } },
      'production',
      'http://portal.example',
    );
    expect({ problems, warnings }).toEqual({
      problems: [],
      warnings: [expect.stringMatching(/without https.*cookie/)],
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown provider',
      { providers: { okta: {} } },
      /auth\.providers\.okta is not in this portal\. It has: oidc/,
    ],
    [
      'a section for another environment',
      { providers: { oidc: { staging: oidc } } },
      /no section "production", which auth\.environment names; it has "staging"/,
    ],
    [
      'no section at all',
      { providers: { oidc: {} } },
      /no section "production".*it has none/,
    ],
    [
      'keys without a section around them',
      { providers: { github: { production: 'c' } } },
      /no section "production".*github\.production is no section/,
    ],
    [
      'a secret that is not set',
      oidcWith({ clientSecret: undefined }),
      /oidc\.production\.clientSecret is missing.*environment variable/,
    ],
    [
      'no way to find people',
      oidcWith({ signIn: undefined }),
      /signIn\.resolvers is missing.*emailMatchingUserEntityProfileEmail/,
    ],
    [
      'an unknown way to find people',
      oidcWith({ signIn: { resolvers: [{ resolver: 'byHeart' }] } }),
      /"byHeart"; there are: emailMatching/,
    ],
    [
      'an entry that names no way',
      oidcWith({ signIn: { resolvers: ['emailMatching'] } }),
      /an entry without a "resolver"/,
    ],
    [
      'names that somebody of another company could have',
      oidcWith({
        signIn: {
          resolvers: [{ resolver: 'emailLocalPartMatchingUserEntityName' }],
        },
      }),
      /needs allowedDomains; without it alice@anywhere\.example signs in as alice/,
    ],
    [
      'no secret for the sessions',
      { ...oidcWith({}), session: {} },
      /needs auth\.session\.secret, the same for all replicas/,
    ],
    [
      'a secret that can be guessed',
      { ...oidcWith({}), session: { secret: 'hunter2' } },
      /has 7 characters; it takes at least 32/,
    ],
  ])('does not start with %s, and says so', (_what, auth, problem) => {
    expect(read(auth).problems.join(' ')).toMatch(problem);
  });

  it('says all that is wrong at once', () => {
    expect(
      read(oidcWith({ clientId: ' ', metadataUrl: undefined })).problems,
    ).toHaveLength(2);
  });

  it.each(Object.entries({ oidc: oidcProvider, github, microsoft, google }))(
    'knows by name what the module of %s has',
    (name, { resolvers }) => {
      const known = PROVIDERS[name as ProviderName];
      expect([...known.resolvers].sort()).toEqual(
        Object.keys(resolvers).sort(),
      );
      expect(known.resolvers).toContain(known.proposed);
    },
  );
});
