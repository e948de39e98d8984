import {
  microsoftAuthenticator,
  microsoftSignInResolvers,
} from '@backstage/plugin-auth-backend-module-microsoft-provider';
import { commonSignInResolvers } from '@backstage/plugin-auth-node';
import type { Provider } from './providers';
import { providerModule } from './signInProvider';

export const microsoft: Provider = {
  authenticator: microsoftAuthenticator,
  resolvers: { ...commonSignInResolvers, ...microsoftSignInResolvers },
};

export default providerModule('microsoft', microsoft);
