import type {
  OAuthAuthenticator,
  SignInResolverFactory,
} from '@backstage/plugin-auth-node';

/** What the module of a provider gives: how people are asked, and the ways to find them in the catalog by name. */
export interface Provider {
  authenticator: OAuthAuthenticator<any, any>;
  resolvers: Record<string, SignInResolverFactory<any, any>>;
}

export interface KnownProvider {
  /** As people know it. */
  title: string;
  /** Keys of a section without which nobody can sign in. */
  required: readonly string[];
  /** The resolver that a message proposes. */
  proposed: string;
  resolvers: readonly string[];
}

const COMMON = [
  'emailMatchingUserEntityProfileEmail',
  'emailLocalPartMatchingUserEntityName',
];

/** What `auth.providers` may name outside of the demo. */
export const PROVIDERS = {
  oidc: {
    title: 'OpenID Connect',
    required: ['clientId', 'clientSecret', 'metadataUrl'],
    proposed: 'emailMatchingUserEntityProfileEmail',
    resolvers: COMMON,
  },
  github: {
    title: 'GitHub',
    required: ['clientId', 'clientSecret'],
    proposed: 'usernameMatchingUserEntityName',
    resolvers: [
      ...COMMON,
      'usernameMatchingUserEntityName',
      'userIdMatchingUserEntityAnnotation',
    ],
  },
  microsoft: {
    title: 'Microsoft',
    required: ['clientId', 'clientSecret', 'tenantId'],
    proposed: 'userIdMatchingUserEntityAnnotation',
    resolvers: [
      ...COMMON,
      'emailMatchingUserEntityAnnotation',
      'userIdMatchingUserEntityAnnotation',
    ],
  },
  google: {
    title: 'Google',
    required: ['clientId', 'clientSecret'],
    proposed: 'emailMatchingUserEntityProfileEmail',
    resolvers: [...COMMON, 'emailMatchingUserEntityAnnotation'],
  },
} satisfies Record<string, KnownProvider>;

export type ProviderName = keyof typeof PROVIDERS;
