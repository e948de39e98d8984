import {
  oidcAuthenticator,
  oidcSignInResolvers,
} from '@backstage/plugin-auth-backend-module-oidc-provider';
import type { Provider } from './providers';
import { patientOidc } from './patientOidc';
import { providerModule } from './signInProvider';

export const oidc: Provider = {
  authenticator: patientOidc(oidcAuthenticator),
  resolvers: oidcSignInResolvers,
};

export default providerModule('oidc', oidc);
