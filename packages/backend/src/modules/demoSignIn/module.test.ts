import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { assertDevelopment, demoSignInModule } from './module';

const people = ['alice', 'bob'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { memberOf: ['group:default/team'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/team' }],
}));

describe('demo sign-in', () => {
  const { env } = process;
  // A database that the tests close: the default one in memory stays open and keeps the process.
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  beforeEach(() => {
    process.env = { ...env, NODE_ENV: 'development' };
  });

  afterEach(() => {
    process.env = env;
  });

  it.each(['production', 'test', '', undefined])(
    'refuses to load with NODE_ENV=%s',
    async nodeEnv => {
      expect(() => assertDevelopment(nodeEnv)).toThrow(
        /lets anyone be anyone, so it loads only with NODE_ENV=development/,
      );
      process.env = { ...env, NODE_ENV: nodeEnv };
      await expect(
        startTestBackend({ features: [authPlugin, demoSignInModule] }),
      ).rejects.toThrow(/demo sign-in/);
    },
  );

  it('signs in exactly its two people, by name', async () => {
    const { server } = await startTestBackend({
      features: [
        authPlugin,
        demoSignInModule,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        catalogServiceMock.factory({ entities: people }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost' },
            auth: { providers: { demo: {} } },
          },
        }),
      ],
    });
    const signIn = (name?: string) => {
      const get = request(server).get('/api/auth/demo/refresh');
      return name === undefined ? get : get.set('x-demo-user', name);
    };
    for (const name of ['alice', 'bob']) {
      const { status, body } = await signIn(name);
      expect(status).toBe(200);
      expect(body.backstageIdentity.identity).toEqual({
        type: 'user',
        userEntityRef: `user:default/${name}`,
        ownershipEntityRefs: [`user:default/${name}`, 'group:default/team'],
      });
    }
    for (const name of [undefined, '', 'eve', 'Alice', 'constructor']) {
      expect((await signIn(name)).status).toBe(401);
    }
  });
});
