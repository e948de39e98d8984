import { ServiceUnavailableError } from '@backstage/errors';
import {
  createOAuthAuthenticator,
  type OAuthAuthenticator,
} from '@backstage/plugin-auth-node';
import type { OidcAuthResult } from '@backstage/plugin-auth-backend-module-oidc-provider';

interface Discovered {
  promise: Promise<unknown>;
}

type Oidc<Inner> = OAuthAuthenticator<Inner, OidcAuthResult>;

/** The context of Backstage's authenticator, asked for when it is needed, and again after it could not be had. */
type Context<Inner> = () => Promise<Inner>;

/**
 * Backstage's OIDC authenticator reads the provider's metadata once, when the portal starts; a provider that is away in
 * that moment would stay away until the next start. This one reads it when somebody signs in, until it has it. And it lets
 * the provider ask for a password where nothing is said (`prompt: auto`); Backstage's `none` refuses whoever is not signed
 * in there already.
 */
export function patientOidc<Inner extends Discovered>(
  inner: Oidc<Inner>,
): Oidc<Context<Inner>> {
  return createOAuthAuthenticator<Context<Inner>, OidcAuthResult>({
    defaultProfileTransform: inner.defaultProfileTransform,
    scopes: inner.scopes,
    shouldPersistScopes: inner.shouldPersistScopes,
    initialize(options) {
      const metadataUrl = options.config.getString('metadataUrl');
      let known: Promise<Inner> | undefined;
      return () => {
        known ??= (async () => {
          const context = inner.initialize(options);
          try {
            await context.promise;
            return context;
          } catch (error) {
            known = undefined;
            throw new ServiceUnavailableError(
              `The identity provider can’t be asked now: ${metadataUrl} gave ${
                (error as Error).message
              }. Try again in a minute; if it stays so, whoever runs this portal must look at auth.providers.oidc.`,
            );
          }
        })();
        return known;
      };
    },
    async start(input, context) {
      return inner.start(input, await context());
    },
    async authenticate(input, context) {
      return inner.authenticate(input, await context());
    },
    async refresh(input, context) {
      return inner.refresh(input, await context());
    },
    async logout(input, context) {
      return inner.logout?.(input, await context());
    },
  });
}
