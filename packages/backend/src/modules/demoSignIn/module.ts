import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './authenticator';

/** @throws Error unless the process runs with NODE_ENV=development */
export function assertDevelopment(nodeEnv: string | undefined): void {
  if (nodeEnv !== 'development') {
    throw new Error(
      `The demo sign-in lets anyone be anyone, so it loads only with NODE_ENV=development (now: ${
        nodeEnv ?? 'unset'
      }). Configure a real provider under auth.providers instead.`,
    );
  }
}

/** Sign-in of the two demo people, by name and without a password. */
export const demoSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(env) {
    assertDevelopment(process.env.NODE_ENV);
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            async signInResolver({ result }, ctx) {
              return ctx.signInWithCatalogUser({
                entityRef: {
                  kind: 'User',
                  namespace: 'default',
                  name: result.name,
                },
              });
            },
          }),
        });
      },
    });
  },
});
