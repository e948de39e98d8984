import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { checkModule } from './check';
import githubModule from './github';
import oidcModule from './oidc';

const oidc = {
  clientId: 'portal',
  clientSecret: 's',
  // Nobody listens there.
  metadataUrl: 'http://127.0.0.1:9/.well-known/openid-configuration',
  signIn: { resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }] },
};
const github = {
  clientId: 'client-of-github',
  clientSecret: 's',
  signIn: { resolvers: [{ resolver: 'usernameMatchingUserEntityName' }] },
};

describe('sign-in by configuration', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  const start = async (providers: object, baseUrl = 'http://localhost') =>
    startTestBackend({
      features: [
        authPlugin,
        checkModule,
        oidcModule,
        githubModule,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.discovery.mock({
          getBaseUrl: async plugin => `${baseUrl}/api/${plugin}`,
          getExternalBaseUrl: async plugin => `${baseUrl}/api/${plugin}`,
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl },
            backend: { baseUrl },
            auth: {
              environment: 'production',
              session: { secret: 'x'.repeat(44) },
              providers,
            } as never,
          },
        }),
      ],
    });

  it('sends people to the providers that are named, and knows no others', async () => {
    const { server } = await start({
      oidc: { production: oidc },
      github: { production: github },
    });
    const ask = (provider: string) =>
      request(server).get(
        `/api/auth/${provider}/start?env=production&origin=http://localhost&flow=popup`,
      );
    const toGithub = await ask('github');
    expect(toGithub.status).toBe(302);
    expect(toGithub.headers.location).toContain('client-of-github');
    expect((await ask('google')).status).toBe(404);
    expect((await ask('demo')).status).toBe(404);

    // To the page that opened the window, in words: not as JSON in that window.
    const { status, text } = await ask('oidc');
    expect(status).toBe(200);
    expect(decodeURIComponent(text)).toContain(
      'The identity provider can’t be asked now: http://127.0.0.1:9/',
    );
    expect(text).not.toContain('node_modules');
  });

  it('gives the answer of a provider to nobody but the portal, and to whom began', async () => {
    const PORTAL = 'https://portal.example';
    const { server } = await start({ github: { production: github } }, PORTAL);
    const begin = (origin: string) =>
      request(server).get(
        `/api/auth/github/start?env=production&flow=popup&origin=${origin}`,
      );
    const begun = await begin(PORTAL);
    const to = new URL(begun.headers.location);
    expect(to.searchParams.get('redirect_uri')).toBe(
      `${PORTAL}/api/auth/github/handler/frame`,
    );
    // Beside it one of the same name is taken away, which older releases had for a wider path.
    const cookies = begun.headers['set-cookie'] as unknown as string[];
    expect(cookies.filter(one => !one.includes('Max-Age=0;'))).toEqual([
      expect.stringMatching(
        /^github-nonce=.+Path=\/api\/auth\/github\/handler;.*HttpOnly; Secure/,
      ),
    ]);

    const elsewhere = await begin('https://elsewhere.example');
    expect(elsewhere.headers.location).toBeUndefined();
    expect(decodeURIComponent(elsewhere.text)).toContain(
      "Origin 'https://elsewhere.example' is not allowed",
    );

    // Somebody else's code in the browser of a person who began nothing.
    const state = to.searchParams.get('state');
    const slipped = await request(server).get(
      `/api/auth/github/handler/frame?code=theirs&state=${state}`,
    );
    expect(decodeURIComponent(slipped.text)).toContain('missing cookie nonce');

    // A form or a picture of another site can't send this header.
    const refresh = '/api/auth/github/refresh?env=production';
    const { status, body } = await request(server).get(refresh);
    expect(status).toBe(401);
    expect(body.error.message).toContain('X-Requested-With');
  });

  it('does not start with what would let nobody in', async () => {
    await expect(
      start({ github: { production: { ...github, clientSecret: '' } } }),
    ).rejects.toThrow(/github\.production\.clientSecret is missing/);
  });
});
