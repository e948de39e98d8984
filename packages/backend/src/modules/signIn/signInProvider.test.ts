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

  const start = async (providers: object) =>
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
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost' },
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

  it('does not start with what would let nobody in', async () => {
    await expect(
      start({ github: { production: { ...github, clientSecret: '' } } }),
    ).rejects.toThrow(/github\.production\.clientSecret is missing/);
  });
});
