import { createBackendModule } from '@backstage/backend-plugin-api';
import { ConfigReader, type Config } from '@backstage/config';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
  createSignInResolverFactory,
  sendWebMessageResponse,
  type AuthProviderFactory,
  type AuthProviderRouteHandlers,
} from '@backstage/plugin-auth-node';
import type { JsonObject } from '@backstage/types';
import { sayWhoIsMissing } from './sayWhoIsMissing';
import { PROVIDERS, type Provider, type ProviderName } from './providers';

const LAST = 'sayWhoIsMissing';

interface Section extends JsonObject {
  signIn: { resolvers: { resolver: string }[] };
}

/** Each section with our own resolver after those that it names. */
function withLastResolver(config: Config, name: string): Config {
  const sections = config.get<Record<string, Section>>();
  return new ConfigReader(
    Object.fromEntries(
      Object.entries(sections).map(([environment, section]) => [
        environment,
        {
          ...(name === 'oidc' && { prompt: 'auto' }),
          ...section,
          signIn: {
            ...section.signIn,
            resolvers: [...section.signIn.resolvers, { resolver: LAST }],
          },
        },
      ]),
    ),
    'sign-in',
    undefined,
    `auth.providers.${name}`,
  );
}

/**
 * What goes wrong before the provider is reached would stand as JSON in the window that was opened for it: like every
 * other problem it goes to the sign-in page.
 */
function tellThePage(
  handlers: AuthProviderRouteHandlers,
  appUrl: string,
): AuthProviderRouteHandlers {
  return {
    frameHandler: handlers.frameHandler.bind(handlers),
    refresh: handlers.refresh?.bind(handlers),
    logout: handlers.logout?.bind(handlers),
    async start(request, response) {
      try {
        await handlers.start(request, response);
      } catch (error) {
        if (request.query.flow === 'redirect') throw error;
        const { name, message } = error as Error;
        sendWebMessageResponse(response, new URL(appUrl).origin, {
          type: 'authorization_response',
          error: { name, message },
        });
      }
    },
  };
}

/** The provider as Backstage has it, with words for whoever it lets in and the catalog does not know. */
function factoryOf(
  name: ProviderName,
  { authenticator, resolvers }: Provider,
): AuthProviderFactory {
  return context => {
    const named = Object.values(
      context.config.get<Record<string, Section>>(),
    ).flatMap(({ signIn }) => signIn.resolvers.map(one => one.resolver));
    const last = createSignInResolverFactory({
      create: () =>
        sayWhoIsMissing(name, PROVIDERS[name].title, [...new Set(named)]),
    });
    const factory = createOAuthProviderFactory({
      authenticator,
      signInResolverFactories: { ...resolvers, [LAST]: last },
    });
    return tellThePage(
      factory({ ...context, config: withLastResolver(context.config, name) }),
      context.appUrl,
    );
  };
}

/** The backend module of one provider. */
export const providerModule = (name: ProviderName, provider: Provider) =>
  createBackendModule({
    pluginId: 'auth',
    moduleId: `sign-in-${name}`,
    register(env) {
      env.registerInit({
        deps: { registry: authProvidersExtensionPoint },
        async init({ registry }) {
          registry.registerProvider({
            providerId: name,
            factory: factoryOf(name, provider),
          });
        },
      });
    },
  });
