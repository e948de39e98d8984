import type { Config } from '@backstage/config';
import {
  githubAuthApiRef,
  googleAuthApiRef,
  microsoftAuthApiRef,
  type ApiRef,
  type BackstageIdentityApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/frontend-plugin-api';
import { oidcAuthApiRef } from './oidcAuth';
import { DEMO_PROVIDER } from './demoPeople';

export interface SignInProvider {
  /** Its name below `auth.providers`. */
  id: string;
  title: string;
  explanation: string;
  apiRef: ApiRef<ProfileInfoApi & BackstageIdentityApi & SessionApi>;
}

const KNOWN: readonly SignInProvider[] = [
  {
    id: 'oidc',
    title: 'Single sign-on',
    explanation: 'With your account at',
    apiRef: oidcAuthApiRef,
  },
  {
    id: 'microsoft',
    title: 'Microsoft',
    explanation: 'With your work account of Microsoft, for',
    apiRef: microsoftAuthApiRef,
  },
  {
    id: 'google',
    title: 'Google',
    explanation: 'With your work account of Google, for',
    apiRef: googleAuthApiRef,
  },
  {
    id: 'github',
    title: 'GitHub',
    explanation: 'With your account of GitHub, for',
    apiRef: githubAuthApiRef,
  },
];

export interface Offer {
  providers: SignInProvider[];
  /** The two demo people, without a password. */
  demo: boolean;
}

/**
 * Exactly what `auth.providers` has for this environment. The configuration that a browser gets names the providers and
 * their sections, and nothing that is in them.
 */
export function offerOf(config: Config): Offer {
  const environment =
    config.getOptionalString('auth.environment') ?? 'development';
  const has = (...keys: string[]) =>
    config.has(['auth.providers', ...keys].join('.'));
  return {
    providers: KNOWN.filter(({ id }) => has(id, environment)),
    demo: has(DEMO_PROVIDER),
  };
}
